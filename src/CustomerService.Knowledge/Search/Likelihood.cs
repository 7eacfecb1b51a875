namespace CustomerService.Knowledge;

/// <summary>
/// How likely an article answers a question, from what speaks for it. One article answers or none does, so that a rival's strength is
/// doubt about the first. The constants are fitted to the development half of the question lists (multinomial logistic regression), so that
/// of a hundred answers given with 0.8 about eighty are right; <c>knowledge evaluate</c> shows how well that holds.
/// </summary>
internal static class Likelihood
{
    private const double Offset = -6.0;
    private const double OfEvidence = 2.9;
    private const double OfShare = 3.8;
    private const double OfIntent = 4.8;

    /// <summary>How much more likely it answers than no article does, as a logarithm.</summary>
    /// <param name="evidence">Of the question's terms.</param>
    /// <param name="intent">0…1: how sure it is that the customer wants what the article is about.</param>
    /// <param name="prior">What is known of the article whatever the question.</param>
    internal static double LogOdds(Evidence evidence, double intent, double prior) =>
        Offset + OfEvidence * Math.Log(1 + evidence.Found) + OfShare * evidence.Share + OfIntent * intent + prior;

    /// <summary>The probability of each, where one of them answers or none does.</summary>
    internal static IEnumerable<double> Of(IReadOnlyList<double> logOdds)
    {
        var all = 1 + logOdds.Sum(Math.Exp);
        return logOdds.Select(odds => Math.Exp(odds) / all);
    }
}
