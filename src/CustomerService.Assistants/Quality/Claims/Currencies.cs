namespace CustomerService.Assistants.Quality.Claims;

/// <summary>Signs, codes and names of currencies beside a number, by their codes.</summary>
internal static class Currencies
{
    private static readonly (string Written, string Code)[] Written =
    [
        ("US$", "USD"), ("USD", "USD"), ("EUR", "EUR"), ("GBP", "GBP"), ("JPY", "JPY"), ("CHF", "CHF"), ("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("円", "JPY"),
        ("dollar", "USD"), ("dólar", "USD"), ("ドル", "USD"), ("cents", "USD"), ("euro", "EUR"), ("ユーロ", "EUR"), ("pound", "GBP"), ("libra", "GBP"), ("livre sterling", "GBP"), ("livres sterling", "GBP"),
        ("pfund sterling", "GBP"), ("ポンド", "GBP"), ("yen", "JPY"), ("franken", "CHF"),
    ];

    /// <summary>The currency right before a place, or null.</summary>
    public static string? Before(string plain, int at)
    {
        var before = plain.AsSpan(0, at).TrimEnd(' ');
        foreach (var (written, code) in Written.AsSpan(0, 11))
        {
            if (before.EndsWith(written, StringComparison.Ordinal))
                return code;
        }

        return null;
    }

    /// <summary>The currency right behind a place, or null.</summary>
    public static string? After(string plain, int at)
    {
        var after = plain.AsSpan(at).TrimStart(' ');
        foreach (var (written, code) in Written)
        {
            if (after.StartsWith(written, char.IsAsciiLetterUpper(written[0]) ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase))
                return code;
        }

        return null;
    }
}
