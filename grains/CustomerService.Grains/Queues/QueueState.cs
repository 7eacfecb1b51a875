using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Queues.Matching;
using CustomerService.Grains.Waiting;

namespace CustomerService.Grains.Queues;

/// <summary>
/// A queue's own record: what changes at each turn and stays small. Who waits, the agents and the policy are index entries
/// (<see cref="QueueEntries"/>), and here only in memory.
/// </summary>
public sealed record QueueState
{
    public required string Name { get; init; }

    /// <summary>The number of the last offer made.</summary>
    public long LastOffer { get; init; }

    /// <summary>Null: it is not paused.</summary>
    public QueuePause? Pause { get; init; }

    /// <summary>When the last pause ended; null: there was none.</summary>
    public DateTimeOffset? ResumedAt { get; init; }

    /// <summary>When the alarm <c>review</c> is set for, at the latest; null: it is not set.</summary>
    public DateTimeOffset? ReviewAt { get; init; }

    /// <summary>What the waits so far have taught.</summary>
    public WaitRecord Waits { get; init; } = WaitRecord.None;

    /// <summary>How many join, lately and usually.</summary>
    public ArrivalTrend Arrivals { get; init; }

    /// <summary>The trouble that was noticed, in words; null: none is.</summary>
    public string? Strain { get; init; }

    /// <summary>What a state of version 1 held itself, until the first turn puts it into entries; null: nothing.</summary>
    public UnmovedEntries? Unmoved { get; init; }

    [JsonIgnore]
    public QueuePolicy Policy { get; init; } = QueuePolicy.Default;

    /// <summary>Who waits, with the offers of them that are pending, and who is there.</summary>
    [JsonIgnore]
    public Floor Floor { get; init; } = Floor.Empty(QueuePolicy.Default);

    /// <summary>All pending offers, the first to run out first.</summary>
    [JsonIgnore]
    internal ImmutableSortedSet<Lease> Leases { get; init; } = [];

    /// <summary>How many of those who wait are on offer.</summary>
    [JsonIgnore]
    internal int OnOffer { get; init; }

    /// <summary>How many agents are there, busy ones included.</summary>
    [JsonIgnore]
    internal int AgentsThere { get; init; }

    /// <summary>How many wait and are not on offer.</summary>
    internal int Unoffered => Floor.Count - OnOffer;

    /// <summary>With this conversation in the line, or with this instead of what was known of it.</summary>
    internal QueueState With(WaitingConversation waiting, DateTimeOffset now)
    {
        var (leases, onOffer) = WithoutOffersOf(waiting.ConversationId);
        foreach (var offer in waiting.Pending)
            leases = leases.Add(Lease.Of(offer));
        return this with { Floor = Floor.Put(waiting, now), Leases = leases, OnOffer = onOffer + (waiting.Pending.IsEmpty ? 0 : 1) };
    }

    internal QueueState Without(string conversationId)
    {
        var (leases, onOffer) = WithoutOffersOf(conversationId);
        return this with { Floor = Floor.Remove(conversationId), Leases = leases, OnOffer = onOffer };
    }

    /// <summary>With what an agent told last; one who is not there is not kept.</summary>
    internal QueueState With(FloorAgent agent) => this with
    {
        Floor = agent.IsThere ? Floor.Put(agent) : Floor.RemoveAgent(agent.Id),
        AgentsThere = AgentsThere - (Floor.FindAgent(agent.Id) is null ? 0 : 1) + (agent.IsThere ? 1 : 0),
    };

    private (ImmutableSortedSet<Lease> Leases, int OnOffer) WithoutOffersOf(string conversationId)
    {
        if (Floor.Find(conversationId) is not { Pending: { IsEmpty: false } pending })
            return (Leases, OnOffer);
        var leases = Leases;
        foreach (var offer in pending)
            leases = leases.Remove(Lease.Of(offer));
        return (leases, OnOffer - 1);
    }
}

/// <summary>A supervisor's word that nothing is to be offered.</summary>
public sealed record QueuePause(string By, string Reason, DateTimeOffset Since);

/// <summary>The agents and pending offers of a queue as version 1 kept them, by their ids.</summary>
public sealed record UnmovedEntries(ImmutableDictionary<string, FloorAgent> Agents, ImmutableDictionary<string, UnmovedOffer> Offers);

public sealed record UnmovedOffer(string ConversationId, string AgentId, DateTimeOffset ExpiresAt);

/// <summary>When a pending offer runs out.</summary>
internal readonly record struct Lease(DateTimeOffset ExpiresAt, string OfferId) : IComparable<Lease>
{
    public static Lease Of(OpenOffer offer) => new(offer.ExpiresAt, offer.OfferId);

    public int CompareTo(Lease other) =>
        ExpiresAt.CompareTo(other.ExpiresAt) is not 0 and var byTime ? byTime : string.CompareOrdinal(OfferId, other.OfferId);
}
