using System.Collections.Immutable;
using System.Globalization;

namespace CustomerService.Channels.Sms;

/// <summary>Cuts a text into messages that Twilio takes: at paragraphs, sentences or words, never within a character. The same text is always cut the same.</summary>
internal static class SmsParts
{
    /// <summary>Twilio's limit of one message. It sends it as several that phones join again.</summary>
    public const int Longest = 1600;

    /// <summary>Room for <c>(12/34) </c>: they may arrive in any order.</summary>
    private const int Numbering = 10;

    private static readonly string[][] Breaks = [["\n\n"], ["\n"], [". ", "! ", "? ", "。", "！", "？"], [" "]];

    public static ImmutableArray<string> Of(string text)
    {
        var whole = text.Trim();
        if (whole.Length <= Longest)
            return [whole];
        var parts = new List<string>();
        while (whole.Length > 0)
        {
            var length = whole.Length <= Longest - Numbering ? whole.Length : Cut(whole.AsSpan(0, Longest - Numbering));
            parts.Add(whole[..length].TrimEnd());
            whole = whole[length..].TrimStart();
        }

        return [.. parts.Select((part, index) => string.Create(CultureInfo.InvariantCulture, $"({index + 1}/{parts.Count}) {part}"))];
    }

    /// <summary>After the best place in the last third.</summary>
    private static int Cut(ReadOnlySpan<char> window)
    {
        var earliest = window.Length * 2 / 3;
        foreach (var kind in Breaks)
        {
            var best = 0;
            foreach (var mark in kind)
                best = Math.Max(best, window.LastIndexOf(mark) is >= 0 and var found ? found + mark.Length : 0);
            if (best > earliest)
                return best;
        }

        return WholeCharacters(window);
    }

    private static int WholeCharacters(ReadOnlySpan<char> window)
    {
        // The last one may go on behind the window.
        var (end, before) = (0, 0);
        while (end < window.Length)
            (before, end) = (end, end + StringInfo.GetNextTextElementLength(window[end..]));
        return before > 0 ? before : window.Length;
    }
}
