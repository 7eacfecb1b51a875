namespace CustomerService.Reporting.Figures;

/// <summary>Something that an agent's figures show, told only where enough cases stand behind it.</summary>
/// <param name="Key">Which sentence: <c>slower_answers</c>, <c>faster_answers</c>, <c>passes_on_more</c>, <c>comes_back_more</c>, <c>rated_lower</c>, <c>rated_higher</c>.</param>
/// <param name="Own">The agent's value.</param>
/// <param name="Team">Everybody's, the agent's with it.</param>
/// <param name="Count">Of how many of the agent's cases, answers or ratings.</param>
public sealed record Improvement(string Key, double Own, double Team, int Count)
{
    /// <summary>Fewer cases or answers show nothing.</summary>
    public const int LeastCases = 20;

    /// <summary>Fewer ratings show nothing.</summary>
    public const int LeastRatings = 10;

    public static IEnumerable<Improvement> Of(AgentMeasures own, AgentMeasures team)
    {
        if (own.Response is { Count: >= LeastCases } mine && team.Response is { } theirs)
        {
            if (mine.P50 >= theirs.P50 * 1.25 && mine.P50 - theirs.P50 >= 5)
                yield return new Improvement("slower_answers", mine.P50, theirs.P50, mine.Count);
            else if (mine.P50 <= theirs.P50 * 0.8 && theirs.P50 - mine.P50 >= 5)
                yield return new Improvement("faster_answers", mine.P50, theirs.P50, mine.Count);
        }

        if (own.Cases >= LeastCases && own.PassedOnRate is { } passed && team.PassedOnRate is { } usual && passed >= usual + Margin(usual, own.Cases))
            yield return new Improvement("passes_on_more", passed, usual, own.Cases);
        if (own.Settled >= LeastCases && own.SettledAtOnceRate is { } atOnce && team.SettledAtOnceRate is { } often && atOnce <= often - Margin(often, own.Settled))
            yield return new Improvement("comes_back_more", atOnce, often, own.Settled);
        if (own.Ratings >= LeastRatings && own.Satisfaction is { } mark && team.Satisfaction is { } mean)
        {
            if (mark <= mean - 0.3)
                yield return new Improvement("rated_lower", mark, mean, own.Ratings);
            else if (mark >= mean + 0.3)
                yield return new Improvement("rated_higher", mark, mean, own.Ratings);
        }
    }

    /// <summary>What chance alone seldom makes of so many: two standard deviations of a share, and never less than five points in a hundred.</summary>
    private static double Margin(double share, int count) => Math.Max(0.05, 2 * Math.Sqrt(share * Math.Max(0, 1 - share) / count));
}
