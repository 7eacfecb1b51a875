namespace CustomerService.Integrations.Orders;

/// <summary>The words by which products are looked for.</summary>
internal static class ProductWords
{
    private const int Most = 8;
    private const int Shortest = 3;

    /// <summary>Lower case, without the ending of the plural, each once: "Two blue lamps" is two, blue, lamp.</summary>
    internal static IEnumerable<string> In(string text) => text
        .Split([.. text.Where(letter => !char.IsLetterOrDigit(letter)).Distinct()], StringSplitOptions.RemoveEmptyEntries)
        .Select(word => word.ToLowerInvariant())
        .Where(word => word.Length >= Shortest)
        .Select(word => word.Length > Shortest && word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1] : word)
        .Distinct(StringComparer.Ordinal).Take(Most);

    // Letters and digits only, so nothing in it is a wildcard.
    internal static string Pattern(string word) => $"%{word}%";
}
