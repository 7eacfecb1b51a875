using System.Collections.Frozen;

namespace CustomerService.Knowledge;

/// <summary>
/// A word without its endings, so that "cancelled", "cancelling" and "cancellation" are one. Light on purpose: rules that a reader can
/// follow, applied alike to articles and questions. What they miss, the letters' n-grams find.
/// </summary>
internal sealed class Stemmer
{
    private readonly FrozenDictionary<string, string> _irregular;
    private readonly Rule[][] _steps;
    private readonly Func<string, string> _finish;

    /// <param name="irregular">Pairs "form=stem".</param>
    /// <param name="finish">What is done last, after the endings.</param>
    /// <param name="steps">In each step the longest ending that fits is taken off: "ending", "ending&gt;instead" or "ending/least letters left".</param>
    internal Stemmer(string irregular, Func<string, string> finish, params string[] steps)
    {
        _irregular = Words(irregular).Select(pair => pair.Split('=')).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        _steps = [.. steps.Select(step => Words(step).Select(Rule.Parse).OrderByDescending(rule => rule.Ending.Length).ToArray())];
        _finish = finish;
    }

    internal string Stem(string word)
    {
        if (word.Length < 4 || char.IsAsciiDigit(word[0]))
            return _irregular.GetValueOrDefault(word, word);
        var stem = _irregular.GetValueOrDefault(word, word);
        foreach (var step in _steps)
        {
            foreach (var rule in step)
            {
                if (stem.Length - rule.Ending.Length >= rule.Least && stem.EndsWith(rule.Ending, StringComparison.Ordinal))
                {
                    stem = string.Concat(stem.AsSpan(0, stem.Length - rule.Ending.Length), rule.Instead);
                    break;
                }
            }
        }
        return _finish(stem);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private readonly record struct Rule(string Ending, string Instead, int Least)
    {
        private const int UsualLeast = 3;

        internal static Rule Parse(string text)
        {
            var (rule, least) = text.Split('/') is [var before, var number] ? (before, number[0] - '0') : (text, UsualLeast);
            return rule.Split('>') is [var ending, var instead] ? new Rule(ending, instead, least) : new Rule(rule, "", least);
        }
    }
}
