using System.Collections.Immutable;
using System.Globalization;

namespace CustomerService.Grains.Conversations;

/// <summary>What a customer is told whom nobody reached by telephone.</summary>
public static class UnreachableNotices
{
    private static readonly ImmutableDictionary<string, string> Texts = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
    [
        KeyValuePair.Create("en", "We tried several times to call you back at {0} and could not reach you. Write to us here whenever it suits you, and we will go on from where we were."),
        KeyValuePair.Create("es", "Hemos intentado llamarle varias veces al {0} y no hemos podido localizarle. Escríbanos aquí cuando le venga bien y seguiremos donde lo dejamos."),
        KeyValuePair.Create("fr", "Nous avons essayé plusieurs fois de vous rappeler au {0} sans vous joindre. Écrivez-nous ici quand cela vous convient et nous reprendrons où nous en étions."),
        KeyValuePair.Create("de", "Wir haben mehrmals versucht, Sie unter {0} zurückzurufen, und Sie nicht erreicht. Schreiben Sie uns hier, wann es Ihnen passt; dann machen wir dort weiter, wo wir waren."),
        KeyValuePair.Create("ja", "{0} に何度かお電話を差し上げましたが、つながりませんでした。ご都合のよいときにこちらへご連絡ください。続きから対応いたします。"),
    ]);

    /// <summary>In that language (ISO 639-1), else in English.</summary>
    public static OutgoingMessage For(string? language, string calledAt) => new(
        string.Format(CultureInfo.InvariantCulture, Texts.GetValueOrDefault(language ?? "en") ?? Texts["en"], calledAt), Actions: [], Sources: []);
}
