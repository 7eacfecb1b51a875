using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Centre;

/// <summary>Who works when, and what they are like.</summary>
public sealed record Roster
{
    public required string Source { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    public required ImmutableArray<RosterAgent> Agents { get; init; }

    public HumanNature Nature { get; init; } = new();
}

/// <summary>One agent on the roster.</summary>
public sealed record RosterAgent
{
    public required string Id { get; init; }

    /// <summary>The most important first.</summary>
    public required ImmutableArray<string> Queues { get; init; }

    /// <summary>Levels from 1 to 5.</summary>
    public ImmutableDictionary<string, int> Skills { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Units of work at once.</summary>
    public int Capacity { get; init; } = 1;

    public DeskPolicy Desk { get; init; } = new();

    public required DaySpan Shift { get; init; }

    public ImmutableArray<DayOfWeek> Days { get; init; } = [];

    public ImmutableArray<Break> Breaks { get; init; } = [];

    /// <summary>On the roster, but not at work.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>Whether the agent works on that day at all.</summary>
    public bool WorksOn(DateOnly date) => !IsAbsent && (Days.IsEmpty || Days.Contains(date.DayOfWeek));
}

/// <summary>Time away from work within a shift. It begins when the desk is empty.</summary>
/// <param name="Activity">Such as <c>lunch</c>.</param>
/// <param name="At">When it is due, in minutes after local midnight.</param>
public readonly record struct Break(string Activity, int At, TimeSpan Lasts);

/// <summary>What simulated people are like.</summary>
public sealed record HumanNature
{
    /// <summary>From an offer's arrival until the agent takes it.</summary>
    public Distribution Reaction { get; init; } = new Distribution.LogNormal(5, 0.5);

    /// <summary>How long the work after a conversation takes, where the queue has any; its own limit may end it earlier.</summary>
    public Distribution WrapUp { get; init; } = new Distribution.LogNormal(30, 0.5);

    /// <summary>By channel, how much of the agent's attention one conversation takes, 0…1; see <see cref="Attention"/>.</summary>
    public ImmutableDictionary<string, double> Attention { get; init; } = new Dictionary<string, double>
    {
        [ChannelNames.Chat] = 0.5,
        [ChannelNames.Sms] = 0.4,
        [ChannelNames.Social] = 0.4,
        [ChannelNames.Email] = 1,
        [ChannelNames.Voice] = 1,
    }.ToImmutableDictionary();
}
