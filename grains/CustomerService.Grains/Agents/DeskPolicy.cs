using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Agents;

/// <summary>How an agent's desk works: the owner's settings, told with <see cref="ConfigureAgent"/>.</summary>
public sealed record DeskPolicy
{
    /// <summary>A week: more is a mistake in the settings.</summary>
    private const double MaxSeconds = 7 * 24 * 3600;

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

    /// <summary>Without nulls, whatever a sender left out.</summary>
    internal DeskPolicy Tidy() => this with
    {
        Activities = Activities.OrEmpty(),
        Channels = Channels ?? ImmutableDictionary<string, ChannelCapacity>.Empty,
        QueueUnits = QueueUnits ?? ImmutableDictionary<string, int>.Empty,
        QueueDelays = QueueDelays ?? ImmutableDictionary<string, double>.Empty,
    };

    /// <summary>What can't be, in one sentence; null: it is well.</summary>
    internal string? Fault() =>
        Activities.Any(activity => string.IsNullOrWhiteSpace(activity.Name)) ? "An activity needs a name."
        : Activities.Select(activity => activity.Name).Distinct(StringComparer.Ordinal).Count() < Activities.Length ? "Each activity needs a name of its own."
        : Channels.FirstOrDefault(channel => channel.Value is null or { Max: < 0 }).Key is { } channel ? $"The channel {channel} needs a max of 0 or more."
        : QueueUnits.FirstOrDefault(queue => queue.Value < 1).Key is { } unfilled ? $"The units of queue {unfilled} must be at least 1; take the queue off the agent instead."
        : QueueDelays.FirstOrDefault(queue => queue.Value is not (>= 0 and <= MaxSeconds)).Key is { } delayed ? $"The delay of queue {delayed} must lie between 0 and {MaxSeconds} seconds."
        : GraceSeconds is not (>= 0 and <= MaxSeconds) ? $"The grace after a lost connection must lie between 0 and {MaxSeconds} seconds."
        : StrandedSeconds is not (>= 0 and <= MaxSeconds) ? $"The time until work counts as stranded must lie between 0 and {MaxSeconds} seconds."
        : IdleSeconds is not (>= 0 and <= MaxSeconds) ? $"The time until an agent counts as idle must lie between 0 and {MaxSeconds} seconds."
        : MaxMissedOffers < 0 ? "The number of offers that may be missed must be 0 or more."
        : null;

    /// <summary>By content, lists and dictionaries too.</summary>
    internal bool Says(DeskPolicy other) =>
        Activities.SequenceEqual(other.Activities) && Same(Channels, other.Channels) && Same(QueueUnits, other.QueueUnits) && Same(QueueDelays, other.QueueDelays)
        && this == other with { Activities = Activities, Channels = Channels, QueueUnits = QueueUnits, QueueDelays = QueueDelays };

    internal static bool Same<T>(ImmutableDictionary<string, T>? one, ImmutableDictionary<string, T>? other) =>
        ReferenceEquals(one, other)
        || (one is not null && other is not null && one.Count == other.Count
            && one.All(entry => other.TryGetValue(entry.Key, out var value) && Equals(entry.Value, value)));
}

/// <summary>What an agent may be doing, such as a break or a training.</summary>
/// <param name="Available">Whether work is offered meanwhile.</param>
public sealed record AgentActivity(string Name, bool Available);

/// <summary>What one channel means for a desk.</summary>
/// <param name="Max">How many at once; 0: none, the channel is switched off for this agent.</param>
/// <param name="Exclusive">Work of this channel wants the whole desk: it comes only to an empty one, and nothing else comes meanwhile (a telephone call).</param>
public sealed record ChannelCapacity(int Max, bool Exclusive);
