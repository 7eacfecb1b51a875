using System.Collections.Immutable;

namespace CustomerService.Channels.Voice;

/// <summary>What callers of a country usually speak, of the languages that there are texts for. Longer beginnings of a number count before shorter ones.</summary>
internal static class CallerLanguages
{
    private static readonly ImmutableArray<(string Prefix, string Language)> Usual =
    [
        ("+1787", "es"), ("+1939", "es"), ("+1809", "es"), ("+1829", "es"), ("+1849", "es"), ("+1", "en"), ("+44", "en"), ("+353", "en"), ("+61", "en"), ("+64", "en"),
        ("+34", "es"), ("+52", "es"), ("+54", "es"), ("+56", "es"), ("+57", "es"), ("+51", "es"), ("+58", "es"), ("+591", "es"), ("+593", "es"), ("+595", "es"), ("+598", "es"),
        ("+502", "es"), ("+503", "es"), ("+504", "es"), ("+505", "es"), ("+506", "es"), ("+507", "es"), ("+53", "es"),
        ("+33", "fr"), ("+377", "fr"), ("+221", "fr"), ("+225", "fr"), ("+262", "fr"), ("+590", "fr"), ("+594", "fr"), ("+596", "fr"),
        ("+49", "de"), ("+43", "de"), ("+41", "de"), ("+423", "de"), ("+81", "ja"),
    ];

    /// <param name="caller">In E.164; null: withheld.</param>
    /// <param name="own">What the owner says of numbers that begin so, which counts first.</param>
    /// <param name="spoken">The languages that the account speaks; the first one for who is not known.</param>
    public static string Of(string? caller, ImmutableArray<(string Prefix, string Language)> own, ImmutableArray<string> spoken) =>
        Find(caller, own, spoken) ?? Find(caller, Usual, spoken) ?? spoken[0];

    private static string? Find(string? caller, ImmutableArray<(string Prefix, string Language)> by, ImmutableArray<string> spoken) => by
        .Where(each => caller?.StartsWith(each.Prefix, StringComparison.Ordinal) == true && spoken.Contains(each.Language))
        .OrderByDescending(each => each.Prefix.Length)
        .Select(each => each.Language)
        .FirstOrDefault();
}
