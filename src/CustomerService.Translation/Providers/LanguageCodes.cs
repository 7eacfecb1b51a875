using System.Collections.Frozen;

namespace CustomerService.Translation.Providers;

/// <summary>ISO 639-1 and 639-3 codes of the same languages.</summary>
internal static class LanguageCodes
{
    private static readonly FrozenDictionary<string, string> Three = new Dictionary<string, string>
    {
        ["af"] = "afr",
        ["ar"] = "ara",
        ["be"] = "bel",
        ["bg"] = "bul",
        ["br"] = "bre",
        ["ca"] = "cat",
        ["cs"] = "ces",
        ["cy"] = "cym",
        ["da"] = "dan",
        ["de"] = "deu",
        ["en"] = "eng",
        ["eo"] = "epo",
        ["es"] = "spa",
        ["eu"] = "eus",
        ["fr"] = "fra",
        ["gl"] = "glg",
        ["hi"] = "hin",
        ["hr"] = "hrv",
        ["id"] = "ind",
        ["is"] = "isl",
        ["it"] = "ita",
        ["ja"] = "jpn",
        ["kk"] = "kaz",
        ["mk"] = "mkd",
        ["mt"] = "mlt",
        ["nb"] = "nob",
        ["nl"] = "nld",
        ["nn"] = "nno",
        ["oc"] = "oci",
        ["pl"] = "pol",
        ["pt"] = "por",
        ["ro"] = "ron",
        ["ru"] = "rus",
        ["sc"] = "srd",
        ["sl"] = "slv",
        ["sr"] = "srp",
        ["sv"] = "swe",
        ["tr"] = "tur",
        ["uk"] = "ukr",
        ["ur"] = "urd",
        ["zh"] = "zho",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Two = Three.ToFrozenDictionary(code => code.Value, code => code.Key, StringComparer.Ordinal);

    public static string ToThree(string two) => Three.GetValueOrDefault(two, two);

    /// <summary>Null for a language without a short code, and for a variant such as <c>eng_US</c>.</summary>
    public static string? ToTwo(string? three) => three is null ? null : Two.GetValueOrDefault(three, three.Length == 2 ? three : "") is { Length: > 0 } two ? two : null;
}
