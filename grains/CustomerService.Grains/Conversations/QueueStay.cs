using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

/// <summary>A conversation's stay in one queue's line, from joining to leaving. What it asks for is in its handoff.</summary>
public sealed record QueueStay
{
    public required string Queue { get; init; }

    /// <summary>Which of the conversation's stays this is; rises with each.</summary>
    public long Hop { get; init; }

    public int Priority { get; init; }

    public string? PreferredAgent { get; init; }

    public DateTimeOffset? PreferredUntil { get; init; }

    /// <summary>Who had it last and let it go: not offered to them again while somebody else is there.</summary>
    public string? LetGoBy { get; init; }

    public SkipIf? SkipIf { get; init; }

    /// <summary>There is nowhere else to go: the queue keeps it, however full.</summary>
    public bool Keep { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The customer was told that the queue is closed.</summary>
    public bool ClosedTold { get; init; }

    /// <summary>The number of the last offer told of; an older one is a repetition.</summary>
    public long LastOffer { get; init; }

    /// <summary>The offers that nobody answered yet.</summary>
    public ImmutableArray<KnownOffer> Offers { get; init => field = value.OrEmpty(); } = [];

    /// <summary>First of all for this agent, for so long; nobody in particular when there is no agent or no time.</summary>
    internal QueueStay Preferring(string? agent, double seconds, Consequences then) => agent is null || seconds <= 0
        ? this with { PreferredAgent = null, PreferredUntil = null }
        : this with { PreferredAgent = agent, PreferredUntil = then.After(seconds) };
}

/// <summary>An offer that the queue told of.</summary>
public readonly record struct KnownOffer(string OfferId, string AgentId);

/// <summary>A warm transfer under way: the conversation stands in the next queue's line while its agent keeps it.</summary>
/// <param name="Package">What the next agent gets.</param>
/// <param name="Terms">What the next queue promises; it counts from the acceptance on. Null: the same as now.</param>
public sealed record WarmTransfer(HandoffPackage Package, string By, QueueTerms? Terms);
