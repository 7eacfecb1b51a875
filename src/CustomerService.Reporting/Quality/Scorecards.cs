using System.Collections.Immutable;
using CustomerService.Grains.Reviews;

namespace CustomerService.Reporting.Quality;

/// <summary>What the owner wants of reviews: <c>content/scorecards.yaml</c>.</summary>
public sealed record Scorecards(ImmutableArray<QueueScorecard> Cards, SampleRules Sample)
{
    public static Scorecards None { get; } = new([], new SampleRules());

    /// <summary>The first card that is for that queue; null: there is none.</summary>
    public ReviewCard? For(string? queue) => Cards.FirstOrDefault(each => each.Queues.IsEmpty || (queue is not null && each.Queues.Contains(queue)))?.Card;
}

/// <param name="Queues">Empty: for all that no card before is for.</param>
public sealed record QueueScorecard(ReviewCard Card, ImmutableArray<string> Queues);

/// <summary>Which of a day's conversations are to be reviewed.</summary>
public sealed record SampleRules
{
    /// <summary>At most so many a day. Default 12.</summary>
    public int MostADay { get; init; } = 12;

    /// <summary>Of each agent so many by chance. Default 1.</summary>
    public int RandomPerAgent { get; init; } = 1;

    /// <summary>All that were rated so or worse, 0 to 5; 0: none. Default 2.</summary>
    public int RatedAtMost { get; init; } = 2;

    /// <summary>All that took longer until they were settled, in seconds; 0: none. Default 0.</summary>
    public double LongerThanSeconds { get; init; }

    /// <summary>All that went so often from one agent's hands on; 0: none. Default 2.</summary>
    public int PassedOnAtLeast { get; init; } = 2;
}

/// <summary>The owner's scorecards in use.</summary>
public interface IScorecards
{
    Scorecards Current { get; }
}
