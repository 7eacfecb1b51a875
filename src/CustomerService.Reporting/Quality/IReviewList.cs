using System.Collections.Immutable;

namespace CustomerService.Reporting.Quality;

/// <summary>All reviews side by side. The list follows within moments; whoever acts asks the conversation's reviews themselves.</summary>
public interface IReviewList
{
    /// <summary>Those given since then, newest first, at most 500.</summary>
    ValueTask<ImmutableArray<ReviewRow>> SinceAsync(DateTimeOffset from, CancellationToken cancellation = default);

    /// <summary>Those of an agent's work that they are told of, newest first, at most 100.</summary>
    ValueTask<ImmutableArray<ReviewRow>> OfAgentAsync(string agentId, CancellationToken cancellation = default);

    /// <summary>What the reviews since then come to, by agent; those for calibration do not count.</summary>
    ValueTask<ImmutableDictionary<string, AgentMark>> MarksSinceAsync(DateTimeOffset from, CancellationToken cancellation = default);

    /// <summary>Up to where in the journal the list has come, and the figures with it: while it is the same, nothing of them has changed.</summary>
    ValueTask<long> PositionAsync(CancellationToken cancellation = default);
}
