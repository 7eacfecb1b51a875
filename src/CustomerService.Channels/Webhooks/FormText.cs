using System.Collections.Immutable;
using System.Net;

namespace CustomerService.Channels.Webhooks;

/// <summary><c>a=1&amp;b=2</c>, percent-encoded. Whatever the text is, it reads what it can.</summary>
internal static class FormText
{
    /// <summary>The first of each name. The zero character is no part of any text, and databases don't take it.</summary>
    public static ImmutableDictionary<string, string> Read(string text) => Pairs(text.Replace("%00", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal))
        .DistinctBy(pair => pair.Key, StringComparer.Ordinal)
        .ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>All pairs, in their order, as they were signed.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(string text)
    {
        foreach (var part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0
                ? KeyValuePair.Create(WebUtility.UrlDecode(part), "")
                : KeyValuePair.Create(WebUtility.UrlDecode(part[..equals]), WebUtility.UrlDecode(part[(equals + 1)..]));
        }
    }
}
