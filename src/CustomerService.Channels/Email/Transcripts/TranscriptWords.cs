namespace CustomerService.Channels.Email.Transcripts;

/// <summary>The words around what was said.</summary>
/// <param name="Subject">For the shop's name.</param>
/// <param name="Intro">For the shop's name.</param>
/// <param name="Times">For the time zone.</param>
/// <param name="LeftOut">For how many messages.</param>
/// <param name="File">For the file's name.</param>
/// <param name="NotYou">For whoever has not asked for it.</param>
internal sealed record TranscriptWords(
    string You, string Assistant, string Agent, string Notice, string NotYou,
    Func<string, string> Subject, Func<string, string> Intro, Func<string, string> Times, Func<int, string> LeftOut, Func<string, string> File)
{
    private static readonly TranscriptWords English = new(
        "You", "Assistant", "Agent", "Notice",
        "Somebody asked for this copy in the chat and gave your address. If it was not you, nothing needs to be done.",
        shop => $"Your conversation with {shop}",
        shop => $"This is what was said in your conversation with {shop}.",
        zone => $"Times are those of {zone}.",
        count => count == 1 ? "One earlier message is left out." : $"{count} earlier messages are left out.",
        file => $"File: {file}");

    private static readonly TranscriptWords Spanish = new(
        "Usted", "Asistente", "Agente", "Aviso",
        "Alguien pidió esta copia en el chat y dio su dirección. Si no fue usted, no tiene que hacer nada.",
        shop => $"Su conversación con {shop}",
        shop => $"Esto es lo que se dijo en su conversación con {shop}.",
        zone => $"Las horas son las de {zone}.",
        count => count == 1 ? "Se omite un mensaje anterior." : $"Se omiten {count} mensajes anteriores.",
        file => $"Archivo: {file}");

    private static readonly TranscriptWords French = new(
        "Vous", "Assistant", "Conseiller", "Avis",
        "Quelqu’un a demandé cette copie dans la discussion et a donné votre adresse. Si ce n’était pas vous, il n’y a rien à faire.",
        shop => $"Votre conversation avec {shop}",
        shop => $"Voici ce qui s’est dit dans votre conversation avec {shop}.",
        zone => $"Les heures sont celles de {zone}.",
        count => count == 1 ? "Un message plus ancien a été omis." : $"{count} messages plus anciens ont été omis.",
        file => $"Fichier : {file}");

    private static readonly TranscriptWords German = new(
        "Sie", "Assistent", "Mitarbeiter", "Hinweis",
        "Jemand hat im Chat um diese Kopie gebeten und Ihre Adresse angegeben. Wenn Sie es nicht waren, ist nichts zu tun.",
        shop => $"Ihr Gespräch mit {shop}",
        shop => $"Das wurde in Ihrem Gespräch mit {shop} geschrieben.",
        zone => $"Die Zeiten sind die von {zone}.",
        count => count == 1 ? "Eine frühere Nachricht ist weggelassen." : $"{count} frühere Nachrichten sind weggelassen.",
        file => $"Datei: {file}");

    private static readonly TranscriptWords Japanese = new(
        "お客様", "アシスタント", "担当者", "お知らせ",
        "チャットでこの控えの送信が依頼され、こちらのアドレスが入力されました。お心当たりがない場合も、お手続きは不要です。",
        shop => $"{shop}との会話の控え",
        shop => $"{shop}との会話の内容をお送りします。",
        zone => $"時刻は{zone}です。",
        count => $"これより前の{count}件は省略しました。",
        file => $"ファイル：{file}");

    /// <param name="language">ISO 639-1; English where it is none of ours.</param>
    public static TranscriptWords In(string? language) => language switch
    {
        "es" => Spanish,
        "fr" => French,
        "de" => German,
        "ja" => Japanese,
        _ => English,
    };
}
