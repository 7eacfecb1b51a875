using System.Collections.Frozen;
using System.Globalization;

namespace CustomerService.Pipelines.Handoffs;

/// <summary>What a customer is told when a person takes over, in the five languages; English for any other.</summary>
public static class HandoffMessages
{
    private static readonly FrozenDictionary<string, Wording> Wordings = new Dictionary<string, Wording>
    {
        ["en"] = new(
            "I am passing you to a colleague who can help you with this.",
            "You are next in line.",
            "You are number {0} in line.",
            "It should take less than a minute.",
            "The wait is about {0} minutes.",
            "Everything you told me is passed on, so you will not have to repeat it."),
        ["es"] = new(
            "Le paso con un compañero que puede ayudarle con esto.",
            "Es usted la siguiente persona en la cola.",
            "Ocupa el lugar {0} en la cola.",
            "Debería tardar menos de un minuto.",
            "La espera es de unos {0} minutos.",
            "Le transmito todo lo que me ha contado, así no tendrá que repetirlo."),
        ["fr"] = new(
            "Je vous mets en relation avec un collègue qui pourra vous aider.",
            "Vous êtes la prochaine personne dans la file.",
            "Vous êtes en position {0} dans la file.",
            "Cela devrait prendre moins d'une minute.",
            "L'attente est d'environ {0} minutes.",
            "Je lui transmets tout ce que vous m'avez dit, vous n'aurez pas à le répéter."),
        ["de"] = new(
            "Ich gebe Sie an eine Kollegin oder einen Kollegen weiter, die Ihnen dabei helfen können.",
            "Sie sind als Nächstes an der Reihe.",
            "Sie sind auf Platz {0} der Warteschlange.",
            "Es sollte weniger als eine Minute dauern.",
            "Die Wartezeit beträgt etwa {0} Minuten.",
            "Alles, was Sie mir gesagt haben, gebe ich weiter; Sie müssen es nicht wiederholen."),
        ["ja"] = new(
            "担当者におつなぎいたします。",
            "次にご案内いたします。",
            "現在{0}番目にお待ちいただいております。",
            "1分以内にご案内できる見込みです。",
            "お待ち時間は約{0}分です。",
            "これまでの内容は担当者に引き継ぎますので、繰り返しお話しいただく必要はございません。",
            ""),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="language">ISO 639-1.</param>
    /// <param name="position">The place in line, from 1; null when not known.</param>
    /// <param name="waitSeconds">The estimated wait; null when not known.</param>
    public static string For(string? language, int? position = null, double? waitSeconds = null)
    {
        var words = Wordings.GetValueOrDefault(language ?? "en") ?? Wordings["en"];
        return Join(words, words.Passing, Place(words, position), Wait(words, waitSeconds), words.PassedOn);
    }

    private static string? Place(Wording words, int? position) => position switch
    {
        null or < 1 => null,
        1 => words.Next,
        _ => string.Format(CultureInfo.InvariantCulture, words.Position, position),
    };

    private static string? Wait(Wording words, double? seconds) => seconds switch
    {
        null or < 0 or double.NaN => null,
        < 60 => words.SoonThere,
        _ => string.Format(CultureInfo.InvariantCulture, words.Minutes, Math.Max(2, Math.Ceiling(seconds.Value / 60))),
    };

    private static string Join(Wording words, params ReadOnlySpan<string?> sentences)
    {
        var said = new List<string>(sentences.Length);
        foreach (var sentence in sentences)
        {
            if (sentence is not null)
                said.Add(sentence);
        }

        return string.Join(words.Between, said);
    }

    private sealed record Wording(
        string Passing, string Next, string Position, string SoonThere, string Minutes, string PassedOn, string Between = " ");
}
