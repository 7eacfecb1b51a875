using System.Globalization;

namespace CustomerService.Channels.Email.Answering;

/// <summary>What is told to whom a mail is too large. It was not read, so nobody knows its language: it is said in all of ours.</summary>
internal static class TooLargeNotice
{
    public static string Text(long bytes, int mostMegabytes)
    {
        var size = (bytes / (double)EmailSettings.Megabyte).ToString("0", CultureInfo.InvariantCulture);
        return $"""
            Your message of {size} MB is too large for us to receive, so nobody has read it. Please send it again with less than {mostMegabytes} MB, for example without large files.

            Ihre Nachricht ist mit {size} MB zu groß für uns; niemand hat sie gelesen. Bitte senden Sie sie noch einmal mit weniger als {mostMegabytes} MB, etwa ohne große Dateien.

            Votre message de {size} Mo est trop volumineux pour nous parvenir ; personne ne l'a lu. Merci de le renvoyer avec moins de {mostMegabytes} Mo, par exemple sans gros fichiers.

            Su mensaje de {size} MB es demasiado grande para nosotros y nadie lo ha leído. Envíelo de nuevo con menos de {mostMegabytes} MB, por ejemplo sin archivos grandes.

            お送りいただいたメール（{size} MB）は大きすぎるため受信できず、まだ読まれていません。大きなファイルを除くなどして、{mostMegabytes} MB 未満でもう一度お送りください。

            """;
    }
}
