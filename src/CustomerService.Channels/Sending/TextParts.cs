using System.Collections.Immutable;
using System.Globalization;

namespace CustomerService.Channels.Sending;

/// <summary>Cuts a text into messages that a provider takes: at paragraphs, sentences or words, and never within a character. The same text is always cut the same.</summary>
internal static class TextParts
{
    private static readonly string[][] Breaks = [["\n\n"], ["\n"], [". ", "! ", "? ", "。", "！", "？"], [" "]];

    /// <param name="longest">Of one message.</param>
    /// <param name="size">How the provider counts: characters, or bytes.</param>
    public static ImmutableArray<string> Of(string text, int longest, Func<string, int> size)
    {
        var rest = text.Trim();
        var parts = ImmutableArray.CreateBuilder<string>();
        while (rest.Length > 0)
        {
            var fits = Fitting(rest, longest, size);
            var length = fits == rest.Length ? fits : BestEnd(rest.AsSpan(0, fits));
            parts.Add(rest[..length].TrimEnd());
            rest = rest[length..].TrimStart();
        }

        return parts.ToImmutable();
    }

    private static int Fitting(string text, int longest, Func<string, int> size)
    {
        var (end, used) = (0, 0);
        while (end < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text, end);
            var more = size(text.Substring(end, length));
            if (used + more > longest)
                break;
            (end, used) = (end + length, used + more);
        }

        return end > 0 ? end : char.IsHighSurrogate(text[0]) && text.Length > 1 ? 2 : 1; // one sign with more marks on it than a message takes
    }

    /// <summary>After the best place in the last third.</summary>
    private static int BestEnd(ReadOnlySpan<char> window)
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

        return window.Length;
    }
}
