using System.Collections.Immutable;

namespace CustomerService.Grains.Agents;

/// <summary>How an agent's desk works: the owner's settings, told with <see cref="ConfigureAgent"/>.</summary>
public sealed record DeskPolicy
{
    /// <summary>What an agent may be doing, besides the plain presences.</summary>
    public ImmutableArray<AgentActivity> Activities { get; init; } = [];

    /// <summary>By channel; a channel not named takes its units and has no limit of its own.</summary>
    public ImmutableDictionary<string, ChannelCapacity> Channels { get; init; } = ImmutableDictionary<string, ChannelCapacity>.Empty;

    /// <summary>By queue, the units that its work may fill; a queue not named may fill the desk.</summary>
    public ImmutableDictionary<string, int> QueueUnits { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>By queue that the agent only helps: how long a conversation must have waited, in seconds.</summary>
    public ImmutableDictionary<string, double> QueueDelays { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>A lost connection that comes back within so many seconds never happened.</summary>
    public double GraceSeconds { get; init; } = 30;

    /// <summary>After being gone so long, what the agent holds goes back to its queues with its place kept; 0: it stays.</summary>
    public double StrandedSeconds { get; init; } = 120;

    /// <summary>Without a sign of life for so long an agent gets no new work; 0: idleness does not count.</summary>
    public double IdleSeconds { get; init; }

    /// <summary>After so many offers in a row left unanswered the agent gets no more until they say they are there; 0: never.</summary>
    public int MaxMissedOffers { get; init; } = 3;
}

/// <summary>What an agent may be doing, such as a break or a training.</summary>
/// <param name="Available">Whether work is offered meanwhile.</param>
public sealed record AgentActivity(string Name, bool Available);

/// <summary>What one channel means for a desk.</summary>
/// <param name="Max">How many at once; 0: none, the channel is switched off for this agent.</param>
/// <param name="Exclusive">Work of this channel wants the whole desk: it comes only to an empty one, and nothing else comes meanwhile (a telephone call).</param>
public sealed record ChannelCapacity(int Max, bool Exclusive);
