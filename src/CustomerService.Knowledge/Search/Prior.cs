namespace CustomerService.Knowledge;

/// <summary>What is known of an article whatever the question, in log-odds. It decides between articles that fit alike, and never finds one that does not fit.</summary>
internal static class Prior
{
    // As if each article had been voted on forty times already, seven of ten times with thanks: three votes do not turn a ranking over.
    private const double EarlierVotes = 40;
    private const double EarlierShare = 0.7;
    private const double MostOfFeedback = 1;

    // What nobody has checked for years is less likely right.
    private const double OfYear = -0.1;
    private const double MostYears = 3;

    /// <summary>An article for the customer's own tier is meant for them rather than one for everybody.</summary>
    internal const double OfOwnTier = 0.5;

    internal static double Of(Article article, FeedbackCount votes, DateTimeOffset now) => OfFeedback(votes) + OfAge(article.Updated, now);

    private static double OfFeedback(FeedbackCount votes)
    {
        var helped = (votes.Helped + EarlierVotes * EarlierShare) / (votes.Helped + votes.DidNotHelp + EarlierVotes);
        return Math.Clamp(LogOdds(helped) - LogOdds(EarlierShare), -MostOfFeedback, MostOfFeedback);
    }

    private static double OfAge(DateOnly? updated, DateTimeOffset now)
    {
        if (updated is not { } day)
            return 0;
        var years = (DateOnly.FromDateTime(now.UtcDateTime).DayNumber - day.DayNumber) / 365.25;
        return OfYear * Math.Clamp(years, 0, MostYears);
    }

    private static double LogOdds(double share) => Math.Log(share / (1 - share));
}
