using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.ServiceLevels;

/// <summary>How quickly people shall serve a customer, in seconds of business time; 0 means no target.</summary>
/// <param name="FirstResponse">From the handoff until a person's first reply.</param>
/// <param name="NextResponse">From a customer's later message until a person's reply.</param>
/// <param name="Resolution">From the handoff until the conversation is resolved; time on hold and snoozed does not count.</param>
public sealed record ServiceTargets(double FirstResponse, double NextResponse, double Resolution)
{
    /// <summary>The entry of a table of targets that serves every tier without one of its own.</summary>
    public const string EveryTier = "*";

    /// <summary>The defaults of a queue that sets none: 60 s, 300 s, one hour.</summary>
    public static ServiceTargets Default { get; } = new(60, 300, 3600);
}

/// <summary>The kinds of service-level clocks.</summary>
public static class ServiceClocks
{
    public const string FirstResponse = "first_response";
    public const string NextResponse = "next_response";
    public const string Resolution = "resolution";
}

/// <summary>What a queue promises to those who wait in it; the queue tells it to each conversation that joins.</summary>
public sealed record QueueTerms
{
    /// <summary>Changes whenever anything of the terms changes.</summary>
    public required string Version { get; init; }

    /// <summary>By the customer's tier; the entry <c>*</c> serves every other one.</summary>
    public ImmutableDictionary<string, ServiceTargets> Targets { get; init; } = ImmutableDictionary<string, ServiceTargets>.Empty;

    /// <summary>What a customer of a tier is promised: the entry of the tier, else <c>*</c>, else the defaults.</summary>
    public ServiceTargets TargetsFor(string? tier)
    {
        // Absent members of a stored record arrive as null, whatever their type says.
        if (Targets is not { } targets)
            return ServiceTargets.Default;
        return (tier is not null && targets.TryGetValue(tier, out var own)) || targets.TryGetValue(ServiceTargets.EveryTier, out own) ? own : ServiceTargets.Default;
    }

    /// <summary>The hours that count; null: every hour.</summary>
    public BusinessCalendar? Calendar { get; init; }

    /// <summary>A warning comes after this part of a target, between 0 and 1; 0 and 1: no warning.</summary>
    public double WarnAt { get; init; }

    /// <summary>Whether a breach escalates.</summary>
    public bool EscalateOnBreach { get; init; }

    /// <summary>The queue's tier, such as <c>tier1</c>; empty when it has none.</summary>
    public string Tier { get; init; } = "";

    /// <summary>The queue of the next tier; null when there is none above.</summary>
    public string? EscalateTo { get; init; }

    /// <summary>For how long a customer who comes back gets the same agent first, if there; in seconds.</summary>
    public double LastAgentSeconds { get; init; }

    /// <summary>Who gets a message to a resolved conversation: <c>assistant</c>, <c>agent</c> (the same one if there, else the queue) or <c>queue</c>.</summary>
    public string Reopen { get; init; } = "assistant";

    /// <summary>Whether work follows a conversation: then it is in wrap-up until its agent has finished.</summary>
    public bool WrapUp { get; init; }

    /// <summary>After how many seconds a resolved conversation is closed; 0: never. A message after that begins a new matter.</summary>
    public double CloseAfterSeconds { get; init; }

    /// <summary>What its agents read and write, ISO 639-1, the main one first: customers who write in another are translated. Empty: nobody is.</summary>
    public ImmutableArray<string> WorkLanguages { get; init => field = value.OrEmpty(); } = [];
}
