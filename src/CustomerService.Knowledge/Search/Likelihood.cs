namespace CustomerService.Knowledge;

/// <summary>
/// How likely an article answers a question, from what speaks for it. One article answers or none does, so that a rival's strength is
/// doubt about the first. The constants are fitted to question lists that have been read (multinomial logistic regression), so that
/// of a hundred answers given with 0.8 about eighty are right; <c>knowledge evaluate</c> shows how well that holds.
/// </summary>
internal static class Likelihood
{
    private static readonly Constants WordsAlone = new(Offset: -7, Evidence: 2.5, Share: 6, Fits: 0, Elsewhere: 0, Unknown: 0);

    // Fitted while the words of these lists were in no tags yet: words that were added for a question say more of it than of any new one.
    private static readonly Constants WithIntents = new(Offset: -4, Evidence: 2, Share: 4, Fits: 2.7, Elsewhere: -1.5, Unknown: -4.5);

    /// <summary>How much more likely it answers than no article does, as a logarithm.</summary>
    /// <param name="evidence">Of the question's terms.</param>
    /// <param name="intent">How the article fits what was understood; null where its words alone tell.</param>
    /// <param name="prior">What is known of the article whatever the question.</param>
    internal static double LogOdds(Evidence evidence, IntentFit? intent, double prior) =>
        intent is { } fit ? WithIntents.LogOdds(evidence, fit) + prior : WordsAlone.LogOdds(evidence, default) + prior;

    /// <summary>The probability of each, where one of them answers or none does.</summary>
    internal static IEnumerable<double> Of(IReadOnlyList<double> logOdds)
    {
        var all = 1 + logOdds.Sum(Math.Exp);
        return logOdds.Select(odds => Math.Exp(odds) / all);
    }

    private sealed record Constants(double Offset, double Evidence, double Share, double Fits, double Elsewhere, double Unknown)
    {
        internal double LogOdds(Evidence evidence, IntentFit intent) =>
            Offset + Evidence * Math.Log(1 + evidence.Found) + Share * evidence.Share + Fits * intent.Fits + Elsewhere * intent.Elsewhere + Unknown * intent.Unknown;
    }
}
