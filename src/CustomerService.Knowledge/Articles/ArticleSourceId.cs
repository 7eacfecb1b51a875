using System.Globalization;

namespace CustomerService.Knowledge;

/// <summary>
/// Names a version of an article as the source of an answer: <c>article:return-item@3</c>, with the language where it is not English:
/// <c>article:return-item/de@3</c>.
/// </summary>
public readonly record struct ArticleSourceId(string Id, string Language, int Version)
{
    public const string Prefix = "article:";

    /// <summary>Reads what <see cref="ToString"/> wrote; also one without a version, as former answers gave it.</summary>
    public static bool TryParse(string text, out ArticleSourceId source)
    {
        source = default;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var rest = text[Prefix.Length..];
        var version = 1;
        if (rest.LastIndexOf('@') is >= 0 and var at)
        {
            if (!int.TryParse(rest.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out version) || version < 1)
                return false;
            rest = rest[..at];
        }
        var language = "en";
        if (rest.LastIndexOf('/') is >= 0 and var slash)
            (rest, language) = (rest[..slash], rest[(slash + 1)..]);
        source = new ArticleSourceId(rest, language, version);
        return rest.Length > 0 && language.Length == 2;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Id}{(Language == "en" ? "" : "/" + Language)}@{Version}");
}
