namespace CustomerService.Knowledge;

/// <summary>The distinct terms of a question, the words before the grams.</summary>
/// <param name="Keys">By <see cref="Term.Key"/>.</param>
/// <param name="Words">How many of the keys are words.</param>
internal sealed record QueryTerms(IReadOnlyList<string> Keys, int Words)
{
    /// <summary>Characters looked at. What a customer wants is said by then.</summary>
    internal const int MaxText = 4_000;

    // More blur the search and cost time.
    private const int MaxWords = 32;
    private const int MaxGrams = 160;

    internal static QueryTerms Of(string text, string language)
    {
        var words = new List<string>();
        var grams = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var term in TextTerms.Of(text.Length <= MaxText ? text : text[..MaxText], language))
        {
            var (list, most) = term.IsGram ? (grams, MaxGrams) : (words, MaxWords);
            if (list.Count < most && seen.Add(term.Key))
                list.Add(term.Key);
            else if (words.Count == MaxWords && grams.Count == MaxGrams)
                break;
        }
        return new QueryTerms([.. words, .. grams], words.Count);
    }
}
