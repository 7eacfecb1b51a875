using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;

namespace CustomerService.Simulation.Traffic;

/// <summary>One customer who needs a person: what was recorded, or drawn, of them.</summary>
public sealed record Contact
{
    /// <summary>Also the conversation's id in the simulation.</summary>
    public required string Id { get; init; }

    /// <summary>When the customer writes or calls.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="ChannelNames.All"/>.</summary>
    public string Channel { get; init; } = ChannelNames.Chat;

    /// <summary>ISO 639-1.</summary>
    public string Language { get; init; } = "en";

    public string Tier { get; init; } = "standard";

    public string Intent { get; init; } = "unknown";

    /// <summary><c>low</c>, <c>normal</c>, <c>high</c> or <c>critical</c>.</summary>
    public string Urgency { get; init; } = "normal";

    /// <summary>−1 to 1.</summary>
    public double Sentiment { get; init; }

    /// <summary>Where it goes whatever the policy says; null: the policy decides.</summary>
    public string? Queue { get; init; }

    /// <summary>0 to 10; null: the policy decides.</summary>
    public int? Priority { get; init; }

    /// <summary>What is asked of the agent beyond what the policy asks.</summary>
    public ImmutableArray<SkillNeed> Needs { get; init; } = [];

    /// <summary>How long an agent takes who does nothing else meanwhile.</summary>
    public required double HandleSeconds { get; init; }

    /// <summary>After waiting so long the customer gives up; null: never.</summary>
    public double? PatienceSeconds { get; init; }

    /// <summary>After waiting so long the customer asks to be called back; null: never.</summary>
    public double? CallbackAfterSeconds { get; init; }
}
