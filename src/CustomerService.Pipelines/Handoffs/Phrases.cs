using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CustomerService.Pipelines.Handoffs;

/// <summary>Phrases of one language, found in any case and in time that grows with the text alone, whatever a customer writes.</summary>
internal sealed class Phrases
{
    /// <summary>What stands after so many characters is not read: nobody asks for a person on page three only.</summary>
    public const int LongestText = 4_000;

    // One automaton for each: together they would be larger than the engine allows.
    private readonly ImmutableArray<Regex> _patterns;

    private Phrases(ImmutableArray<Regex> patterns) => _patterns = patterns;

    public static Phrases Of(params ReadOnlySpan<string> patterns)
    {
        var compiled = ImmutableArray.CreateBuilder<Regex>(patterns.Length);
        foreach (var pattern in patterns)
            compiled.Add(new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline));
        return new Phrases(compiled.MoveToImmutable());
    }

    /// <summary>The text as the patterns expect it: one line, one kind of apostrophe.</summary>
    public static string Read(string text) => (text.Length <= LongestText ? text : text[..LongestText]).Replace('’', '\'').Replace('\n', ' ');

    public bool IsIn(ReadOnlySpan<char> text)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern.IsMatch(text))
                return true;
        }

        return false;
    }

    /// <summary>Where each of the phrases stands.</summary>
    public IEnumerable<Range> PlacesIn(string text) =>
        _patterns.SelectMany(pattern => pattern.Matches(text)).Select(match => match.Index..(match.Index + match.Length));
}
