using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;

namespace CustomerService.Grains.Explanations;

/// <summary>Why one conversation went where it went, as its own journal tells. Every list is in the order in which it happened.</summary>
/// <param name="Handoffs">Each time it was given to people, by the assistant or by a transfer, with the rule and the route.</param>
/// <param name="Stays">Each queue in whose line it stood, with what was offered to whom there.</param>
/// <param name="Acts">What people and rules did with it besides: escalations, priorities, callbacks, assignments.</param>
/// <param name="Promises">The service-level clocks.</param>
/// <param name="States">The history of its states. Journals of old have none.</param>
public sealed record Explanation(
    string ConversationId, ImmutableArray<ExplainedHandoff> Handoffs, ImmutableArray<ExplainedStay> Stays, ImmutableArray<ExplainedAct> Acts,
    ImmutableArray<ExplainedPromise> Promises, ImmutableArray<ExplainedState> States)
{
    /// <summary>Who is considered right now, where it waits; null: it does not wait, or nobody asked.</summary>
    public MatchView? Now { get; init; }
}

/// <summary>It was given to people.</summary>
/// <param name="Package">Why, with what it asks of an agent, and by which rule and route.</param>
public sealed record ExplainedHandoff(DateTimeOffset At, HandoffPackage Package);

/// <summary>It stood in one queue's line.</summary>
/// <param name="Hop">The conversation's own count of its queues; 0 in journals of old.</param>
/// <param name="EnteredAt">When it joined this line.</param>
/// <param name="Since">Its place in time: since when the customer waits.</param>
/// <param name="Why">What brought it here.</param>
public sealed record ExplainedStay(string Queue, long Hop, int Priority, DateTimeOffset EnteredAt, DateTimeOffset Since, string Why)
{
    /// <summary>Null: it still waits.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>Why it left, in words.</summary>
    public string? Left { get; init; }

    public ImmutableArray<ExplainedRelaxation> Relaxed { get; init; } = [];

    public ImmutableArray<ExplainedOffer> Offers { get; init; } = [];
}

/// <summary>Less was asked of an agent from then on.</summary>
public sealed record ExplainedRelaxation(DateTimeOffset At, string What);

/// <summary>It was offered to one agent.</summary>
/// <param name="Match">Who was considered and who skipped, and why; null in journals of old.</param>
public sealed record ExplainedOffer(string OfferId, string AgentId, DateTimeOffset MadeAt, MatchView? Match)
{
    /// <summary>Null: it is not answered yet.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it was answered: one of <see cref="OfferStates"/> up to accepted.</summary>
    public string Outcome { get; init; } = OfferStates.Pending;

    /// <summary>Where it is now, work after it included: as <see cref="Outcome"/>, and then wrapping and completed.</summary>
    public string State { get; init; } = OfferStates.Pending;

    /// <summary>The agent's own words, or the rule's.</summary>
    public string? Reason { get; init; }
}

/// <summary>Something that was done with it.</summary>
/// <param name="Act"><c>assigned</c>, <c>escalated</c>, <c>priority_changed</c>, <c>callback_requested</c>, <c>called_back</c>, <c>wrapped_up</c>,
/// <c>resolved</c>, <c>reopened</c>, <c>processing_failed</c>, and where a message to the customer was held up <c>message_waits</c>, <c>message_failed</c>, <c>message_unknown</c> or <c>message_sent</c>.</param>
/// <param name="By">Who or which rule did it.</param>
/// <param name="Text">In one sentence.</param>
public sealed record ExplainedAct(DateTimeOffset At, string Act, string By, string Text);

/// <summary>One service-level clock, from its start to its end.</summary>
/// <param name="Kind">One of <see cref="ServiceLevels.ServiceClocks"/>.</param>
/// <param name="TargetSeconds">Of business time.</param>
/// <param name="DueAt">As it was when the clock started; pauses move it.</param>
public sealed record ExplainedPromise(string Kind, DateTimeOffset StartedAt, double TargetSeconds, DateTimeOffset DueAt)
{
    public DateTimeOffset? WarnedAt { get; init; }

    public DateTimeOffset? BreachedAt { get; init; }

    /// <summary>Null: it runs, or stands still.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>Of business time; null while it is not stopped.</summary>
    public double? SpentSeconds { get; init; }

    /// <summary>Null while it is not stopped, and where it was settled in time without the response that was owed.</summary>
    public bool? Met { get; init; }

    /// <summary>When it stood still.</summary>
    public ImmutableArray<ExplainedPause> Pauses { get; init; } = [];
}

/// <param name="Until">Null: it still stands.</param>
public sealed record ExplainedPause(DateTimeOffset From, DateTimeOffset? Until);

/// <param name="Until">Null: it is in this state now.</param>
/// <param name="Reason">What brought it there.</param>
public sealed record ExplainedState(ConversationStatus Status, DateTimeOffset From, DateTimeOffset? Until, string Reason);
