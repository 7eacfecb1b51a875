using System.Collections.Immutable;
using CustomerService.Grains.Reviews;

namespace CustomerService.Reporting.Quality;

/// <summary>What reviews of somebody's work come to.</summary>
/// <param name="Reviews">How many have a score; those for calibration do not count.</param>
/// <param name="Mean">Of the scores, 0 to 100; null: there is none.</param>
public sealed record AgentMark(int Reviews, double? Mean)
{
    /// <summary>By whose work they are about.</summary>
    public static ImmutableDictionary<string, AgentMark> ByAgent(IEnumerable<Review> reviews) => reviews
        .Where(review => review is { Calibration: false, Score: not null })
        .GroupBy(review => review.AgentId, StringComparer.Ordinal)
        .ToImmutableDictionary(agent => agent.Key, agent => new AgentMark(agent.Count(), agent.Average(review => review.Score)), StringComparer.Ordinal);

    /// <summary>All of them together, each review counting once.</summary>
    public static AgentMark Whole(IEnumerable<AgentMark> marks)
    {
        var all = marks.ToList();
        var reviews = all.Sum(mark => mark.Reviews);
        return new AgentMark(reviews, reviews == 0 ? null : all.Sum(mark => mark.Mean.GetValueOrDefault() * mark.Reviews) / reviews);
    }
}
