using System.Collections.Immutable;
using CustomerService.Gateway.Errors;
using CustomerService.Grains.Agents;

namespace CustomerService.Gateway.Staff;

/// <summary>Who an agent is and what they can take.</summary>
/// <param name="Queues">The most important first.</param>
/// <param name="Capacity">How many units of work they hold at once; a conversation takes one, unless its queue says otherwise.</param>
public sealed record AgentSettings(string? Name, ImmutableArray<string>? Queues, ImmutableArray<string>? Skills, int? Capacity)
{
    /// <summary>Levels of skills, 1 to 5; a skill without one is at level 5.</summary>
    public ImmutableDictionary<string, int>? Levels { get; init; }

    /// <summary>Left out: one that suits most.</summary>
    public DeskSettings? Desk { get; init; }

    /// <exception cref="ProblemException">Something is missing or can't be.</exception>
    internal ConfigureAgent ToCommand()
    {
        if (string.IsNullOrWhiteSpace(Name))
            throw Problems.InvalidField("name", "An agent needs a name, which customers see.");
        if (Capacity is not (>= 0 and <= AgentBehaviour.MaxCapacity))
            throw Problems.InvalidField("capacity", $"Capacity must be given and lie between 0 and {AgentBehaviour.MaxCapacity}.");
        return new ConfigureAgent(Name, Queues ?? [], Skills ?? [], Capacity.Value) { Levels = Levels, Desk = Desk?.ToPolicy() };
    }
}

/// <summary>How an agent's desk works; what is left out is as usual. See <see cref="DeskPolicy"/>.</summary>
/// <param name="Activities">What an agent may be doing, such as a break. None.</param>
/// <param name="Channels">Limits by channel. None.</param>
/// <param name="QueueUnits">By queue, how many units its work may fill. All.</param>
/// <param name="QueueDelays">By queue that the agent only helps, how many seconds a conversation must have waited. 0.</param>
/// <param name="GraceSeconds">A lost connection that comes back in time never happened. 30.</param>
/// <param name="StrandedSeconds">Work of an agent who is gone for so long goes back to its queue; 0: never. 120.</param>
/// <param name="IdleSeconds">Without a sign of life for so long an agent gets no new work; 0: idleness does not count. 0.</param>
/// <param name="MaxMissedOffers">After so many unanswered offers in a row an agent gets no more; 0: never mind. 3.</param>
public sealed record DeskSettings(
    ImmutableArray<AgentActivity>? Activities, ImmutableDictionary<string, ChannelSettings>? Channels, ImmutableDictionary<string, int>? QueueUnits,
    ImmutableDictionary<string, double>? QueueDelays, double? GraceSeconds, double? StrandedSeconds, double? IdleSeconds, int? MaxMissedOffers)
{
    internal DeskPolicy ToPolicy()
    {
        var usual = new DeskPolicy();
        return new DeskPolicy
        {
            Activities = Activities ?? usual.Activities,
            Channels = Channels?.ToImmutableDictionary(channel => channel.Key, channel => Capacity(channel.Key, channel.Value)) ?? usual.Channels,
            QueueUnits = QueueUnits ?? usual.QueueUnits,
            QueueDelays = QueueDelays ?? usual.QueueDelays,
            GraceSeconds = GraceSeconds ?? usual.GraceSeconds,
            StrandedSeconds = StrandedSeconds ?? usual.StrandedSeconds,
            IdleSeconds = IdleSeconds ?? usual.IdleSeconds,
            MaxMissedOffers = MaxMissedOffers ?? usual.MaxMissedOffers,
        };
    }

    private static ChannelCapacity Capacity(string channel, ChannelSettings? settings) => settings?.Max is { } max
        ? new ChannelCapacity(max, settings.Exclusive)
        : throw Problems.InvalidField($"desk.channels.{channel}", $"The channel {channel} needs 'max': how many at once; 0 switches it off.");
}

/// <param name="Max">How many at once; 0: the channel is switched off for this agent.</param>
/// <param name="Exclusive">It wants the whole desk, as a telephone call does.</param>
public sealed record ChannelSettings(int? Max, bool Exclusive);
