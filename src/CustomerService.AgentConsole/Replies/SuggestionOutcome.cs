using System.Collections.Immutable;
using CustomerService.Grains.Conversations;

namespace CustomerService.AgentConsole.Replies;

/// <summary>Tells from the text that was sent what an agent did with the one that was suggested.</summary>
internal static class SuggestionOutcome
{
    /// <summary>From this share of changed words on, a change is heavy.</summary>
    private const double Heavy = 0.25;

    /// <summary>From this share on, nothing of it is left to speak of: the agent wrote a reply of their own.</summary>
    private const double Gone = 0.8;

    /// <summary>Beyond so many words the ends are not compared, since the time grows with the square.</summary>
    private const int MostWords = 1_000;

    /// <param name="suggested">Its text as the agent saw it.</param>
    /// <param name="sent">What went to the customer.</param>
    public static SuggestionUse Of(string id, string suggested, string sent) => Changed(suggested, sent) switch
    {
        0 => new SuggestionUse(id, SuggestionOutcomes.Accepted, "none"),
        < Heavy => new SuggestionUse(id, SuggestionOutcomes.Edited, "light"),
        < Gone => new SuggestionUse(id, SuggestionOutcomes.Edited, "heavy"),
        _ => new SuggestionUse(id, SuggestionOutcomes.Rejected, "none"),
    };

    /// <summary>The share of words that were put in, taken out or replaced, 0…1. Spaces do not count.</summary>
    internal static double Changed(string from, string to)
    {
        var (a, b) = (Words(from), Words(to));
        return a.Length + b.Length == 0 ? 0 : (double)Distance(a, b) / Math.Max(a.Length, b.Length);
    }

    private static int Distance(ImmutableArray<string> a, ImmutableArray<string> b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                (diagonal, row[j]) = (row[j], Math.Min(change, Math.Min(row[j], row[j - 1]) + 1));
            }
        }

        return row[b.Length];
    }

    /// <summary>Words and marks; where nothing parts words, as in Japanese, each letter is one.</summary>
    private static ImmutableArray<string> Words(string text)
    {
        const char firstOfEastAsia = '\u3000';
        var words = ImmutableArray.CreateBuilder<string>();
        for (var at = 0; at < text.Length && words.Count < MostWords;)
        {
            var end = at + 1;
            if (char.IsWhiteSpace(text[at]))
            {
                at = end;
                continue;
            }

            while (text[at] < firstOfEastAsia && char.IsLetterOrDigit(text[at]) && end < text.Length && text[end] < firstOfEastAsia && char.IsLetterOrDigit(text[end]))
                end++;
            words.Add(text[at..end]);
            at = end;
        }

        return words.ToImmutable();
    }
}
