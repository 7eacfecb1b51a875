using System.Collections.Immutable;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Centre;

/// <summary>Everything that a report is made of: what became of every contact, and what every agent did when.</summary>
public sealed record CentreLog
{
    public required Arrivals Arrivals { get; init; }

    public required Roster Roster { get; init; }

    public required CentrePolicy Policy { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset Until { get; init; }

    public required IReadOnlyList<ContactOutcome> Contacts { get; init; }

    /// <summary>In the order of their ends.</summary>
    public required IReadOnlyList<AgentSpan> AgentTime { get; init; }

    /// <summary>By queue, the seconds of undivided work that agents did for it.</summary>
    public required IReadOnlyDictionary<string, double> WorkSeconds { get; init; }

    /// <summary>By their codes, commands of simulated people that were refused; losing a race for an offer is not among them.</summary>
    public required ImmutableSortedDictionary<string, int> Refusals { get; init; }

    /// <summary>How many commands the grains handled.</summary>
    public required long Turns { get; init; }

    /// <summary>What could not be handled: always a fault of the product.</summary>
    public required int Parked { get; init; }
}

/// <summary>What an agent does.</summary>
public enum AgentDoing
{
    /// <summary>Available, with nothing to do.</summary>
    Idle,

    /// <summary>At least one customer is served.</summary>
    Serving,

    /// <summary>Nobody is served, and at least one conversation's paperwork is done.</summary>
    WrappingUp,

    /// <summary>On a break, or otherwise not to be reached in a shift.</summary>
    Away,
}

/// <summary>An agent did one thing for a time.</summary>
/// <param name="Agent">The place on the roster.</param>
/// <param name="Conversations">How many were served at once.</param>
public readonly record struct AgentSpan(int Agent, DateTimeOffset From, DateTimeOffset Until, AgentDoing Doing, int Conversations);
