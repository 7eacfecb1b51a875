namespace CustomerService.Knowledge;

/// <summary>How far words and intent speak for an article. Pure; the constants are held in place by the tests' question list.</summary>
internal static class Relevance
{
    // An article listing the intent is worth this much alone: the intent may be wrong, and several articles may share it.
    private const double IntentWeight = 0.55;

    // Evidence at which words alone are half convincing: about one rare word in the title.
    private const double HalfEvidence = 2.0;

    /// <param name="evidence">Σ over the words found: weight × saturation.</param>
    /// <param name="total">Σ over all the query's words: weight.</param>
    /// <returns>0…1: much was found, and little was left unfound.</returns>
    internal static double OfWords(double evidence, double total) =>
        total <= 0 ? 0 : Math.Sqrt(evidence / (evidence + HalfEvidence) * Math.Min(1, evidence / total));

    /// <summary>Two witnesses: each alone leaves doubt, together they leave the product of their doubts.</summary>
    internal static double Combine(double words, bool intentMatches) =>
        1 - (1 - words) * (intentMatches ? 1 - IntentWeight : 1);

    /// <summary>The best score, less when a rival is close to it and the words hardly tell them apart.</summary>
    internal static double Confidence(double best, double second)
    {
        if (best <= 0)
            return 0;
        var lead = (best - second) / best;
        return best * (0.8 + 0.2 * Math.Min(1, lead / 0.3));
    }
}
