using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues.Matching;

/// <summary>An agent as a queue knows them: what they told last with <see cref="AgentReady"/>.</summary>
/// <param name="FreeUnits">Free units of capacity as the agent told; this queue's later offers are not taken off yet.</param>
/// <param name="SeenOffer">The number of this queue's last offer that the agent had seen then.</param>
public sealed record FloorAgent(string Id, int FreeUnits, ImmutableArray<string> Skills, DateTimeOffset IdleSince, long SeenOffer)
{
    /// <summary>The level of a skill that is told without one.</summary>
    public const int FullLevel = 5;

    /// <inheritdoc cref="AgentReady.Present"/>
    public bool Present { get; init; }

    /// <inheritdoc cref="AgentReady.Channels"/>
    public ImmutableDictionary<string, int>? Channels { get; init; }

    /// <inheritdoc cref="AgentReady.Levels"/>
    public ImmutableDictionary<string, int>? Levels { get; init; }

    /// <inheritdoc cref="AgentReady.DelaySeconds"/>
    public double DelaySeconds { get; init; }

    /// <inheritdoc cref="AgentReady.QueueUnits"/>
    public int QueueUnits { get; init; }

    /// <summary>At work, if busy. Who has free units is there, said or not.</summary>
    internal bool IsThere => Present || FreeUnits > 0;

    public static FloorAgent Of(AgentReady ready) => new(ready.AgentId, ready.FreeUnits, ready.Skills.OrEmpty(), ready.IdleSince, ready.SeenOffer)
    {
        Present = ready.Present,
        Channels = ready.Channels,
        Levels = ready.Levels,
        DelaySeconds = ready.DelaySeconds,
        QueueUnits = ready.QueueUnits,
    };
}
