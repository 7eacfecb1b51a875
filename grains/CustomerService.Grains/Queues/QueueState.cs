using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CustomerService.Grains.Queues;

/// <summary>A queue's own record. The line itself is in the index, one entry per conversation, and here only in memory.</summary>
public sealed record QueueState
{
    public required string Name { get; init; }

    /// <summary>The number of the last offer made.</summary>
    public long LastOffer { get; init; }

    /// <summary>The agents who can take something, by id.</summary>
    public ImmutableDictionary<string, ReadyAgent> Agents { get; init; } = ImmutableDictionary<string, ReadyAgent>.Empty;

    /// <summary>The offers that nobody answered yet, by id.</summary>
    public ImmutableDictionary<string, PendingOffer> Offers { get; init; } = ImmutableDictionary<string, PendingOffer>.Empty;

    /// <summary>The last waits that ended with an agent, at most <see cref="WaitEstimate.Window"/>.</summary>
    public ImmutableArray<EndedWait> EndedWaits { get; init; } = [];

    /// <summary>Who waits.</summary>
    [JsonIgnore]
    public WaitingLine Line { get; init; } = WaitingLine.Empty;
}

/// <summary>What an agent told last about themselves.</summary>
public sealed record ReadyAgent(int FreeUnits, ImmutableArray<string> Skills, DateTimeOffset IdleSince, long SeenOffer);

/// <summary>An offer on its way to, or on the desk of, an agent.</summary>
public sealed record PendingOffer(string ConversationId, string AgentId, DateTimeOffset ExpiresAt);

/// <summary>How long a conversation waited for its agent, and its place in the line when it joined.</summary>
public readonly record struct EndedWait(double Seconds, int Place);
