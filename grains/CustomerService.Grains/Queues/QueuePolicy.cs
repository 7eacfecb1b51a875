using System.Collections.Immutable;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues;

/// <summary>What the owner wants of one queue. The settings file says it; <see cref="ConfigureQueue"/> tells it to the queue.</summary>
public sealed record QueuePolicy
{
    /// <summary>One of the two values of <see cref="WhenClosed"/>.</summary>
    public const string TakeMessage = "message";

    /// <summary>One of the two values of <see cref="WhenClosed"/>.</summary>
    public const string OfferCallback = "callback";

    /// <summary>The policy of a queue that nobody configured.</summary>
    public static QueuePolicy Default { get; } = new();

    /// <summary>Such as <c>tier1</c>, <c>tier2</c>, <c>specialist</c>, <c>manager</c>; empty when the queue is in no tier.</summary>
    public string Tier { get; init; } = "";

    /// <summary>The queue of the next tier; null: nowhere to escalate.</summary>
    public string? EscalateTo { get; init; }

    /// <summary>Where those go who find the line full; null: the line never is.</summary>
    public string? Overflow { get; init; }

    /// <summary>How many may wait before others overflow; 0: no limit.</summary>
    public int MaxWaiting { get; init; }

    /// <summary>One point of priority counts as this many seconds of waiting, so that no priority starves another; 0: priority is strict.</summary>
    public double PriorityPointSeconds { get; init; }

    /// <summary>An agent fits whose skills match by more than this, 0…1, and who fully has each required one.</summary>
    public double MatchThreshold { get; init; } = 0.7;

    /// <summary>Among agents who fit: <c>longest_idle</c>, <c>least_loaded</c> or <c>best_skilled</c>; ties go on in this order.</summary>
    public string AgentOrder { get; init; } = AgentOrders.LongestIdle;

    /// <summary>How what is asked of an agent is relaxed as a conversation waits; the last step should leave nothing required.</summary>
    public ImmutableArray<RelaxationStep> Relaxation { get; init; } = [];

    /// <summary>How long an agent has to answer an offer, in seconds.</summary>
    public double OfferSeconds { get; init; } = 30;

    /// <summary>To how many agents one conversation is offered at once, 1 to 50; the first taker wins.</summary>
    public int OfferTo { get; init; } = 1;

    /// <summary>After so many offers that nobody took, the conversation escalates; 0: never.</summary>
    public int MaxOffers { get; init; }

    /// <summary>Units of an agent's capacity by channel; a channel not named takes 1.</summary>
    public ImmutableDictionary<string, int> Units { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>After work on a conversation of this queue; null: none.</summary>
    public WrapUpPolicy? WrapUp { get; init; }

    /// <summary>What is done outside the calendar's hours: <c>message</c> (it waits for the opening) or <c>callback</c> (one is offered).</summary>
    public string WhenClosed { get; init; } = TakeMessage;

    /// <summary>What conversations are promised. Its calendar is the queue's.</summary>
    public QueueTerms Terms { get; init; } = new() { Version = "" };

    /// <summary>The units of an agent's capacity that a conversation of this channel takes; 1 when the channel is not known.</summary>
    public int UnitsOf(string? channel) => channel is null ? 1 : Math.Max(1, Units.GetValueOrDefault(channel, 1));
}

public static class AgentOrders
{
    public const string LongestIdle = "longest_idle";
    public const string LeastLoaded = "least_loaded";
    public const string BestSkilled = "best_skilled";

    public static ImmutableArray<string> All { get; } = [LongestIdle, LeastLoaded, BestSkilled];
}

/// <summary>A skill that a conversation asks of its agent.</summary>
/// <param name="Level">1 (some) to 5 (expert).</param>
/// <param name="Required">Without it at its level the agent does not fit, however well the rest matches.</param>
public sealed record SkillNeed(string Skill, int Level, bool Required);

/// <summary>From an age in line on, less is asked. Steps add up.</summary>
/// <param name="AfterSeconds">Since the conversation began to wait.</param>
/// <param name="LowerBy">Every level is lowered by so many, to 1 at least.</param>
/// <param name="Drop">Skills no longer asked.</param>
/// <param name="DropAll">Nothing is asked any more: the safe fallback.</param>
public sealed record RelaxationStep(double AfterSeconds, int LowerBy, ImmutableArray<string> Drop, bool DropAll);

/// <summary>Work after a conversation.</summary>
/// <param name="Seconds">After so long it completes by itself; 0: never.</param>
/// <param name="Codes">The codes to choose from; none: any text or nothing.</param>
/// <param name="CodeRequired">An agent who completes it must give one.</param>
public sealed record WrapUpPolicy(double Seconds, ImmutableArray<string> Codes, bool CodeRequired);

/// <summary>The ordered targets of a conversation, and the rule that gave them.</summary>
/// <param name="Rule">The name of the filter that fitted.</param>
public sealed record RoutePlan(string Rule, ImmutableArray<RouteTarget> Targets);

/// <summary>One place on a route.</summary>
/// <param name="TimeoutSeconds">It moves on when it has waited, from its handoff on and over all targets, so long; null: it stays.</param>
/// <param name="Priority">0…10; null: that of the handoff.</param>
/// <param name="SkipIf">When the queue passes it on at once; null: never.</param>
public sealed record RouteTarget(string Queue, double? TimeoutSeconds, int? Priority, SkipIf? SkipIf)
{
    /// <summary>Asked of the agent at this target, besides what the handoff asks at every one.</summary>
    public ImmutableArray<SkillNeed> Needs { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>A queue passes a conversation on at once if any of these holds.</summary>
/// <param name="NoAgents">Nobody who serves the queue is there.</param>
/// <param name="Closed">Outside its hours.</param>
/// <param name="Paused">A supervisor paused it.</param>
/// <param name="WaitingOver">More than so many wait; null: not asked.</param>
/// <param name="WaitOverSeconds">The estimated wait is longer; null: not asked.</param>
public sealed record SkipIf(bool NoAgents, bool Closed, bool Paused, int? WaitingOver, double? WaitOverSeconds);
