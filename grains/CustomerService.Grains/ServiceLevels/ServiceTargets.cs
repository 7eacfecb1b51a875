using System.Collections.Immutable;

namespace CustomerService.Grains.ServiceLevels;

/// <summary>How quickly people shall serve a customer, in seconds of business time; 0 means no target.</summary>
/// <param name="FirstResponse">From the handoff until a person's first reply.</param>
/// <param name="NextResponse">From a customer's later message until a person's reply.</param>
/// <param name="Resolution">From the handoff until the conversation is resolved; time on hold and snoozed does not count.</param>
public sealed record ServiceTargets(double FirstResponse, double NextResponse, double Resolution)
{
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

    /// <summary>The hours that count; null: every hour.</summary>
    public BusinessCalendar? Calendar { get; init; }

    /// <summary>A warning comes after this part of a target, 0…1.</summary>
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
}

/// <summary>One service-level clock of a conversation as its record keeps it.</summary>
/// <param name="Kind">One of <see cref="ServiceClocks"/>.</param>
/// <param name="Target">In seconds of business time.</param>
/// <param name="Spent">Seconds of business time spent before <paramref name="RunningSince"/>.</param>
/// <param name="RunningSince">Null while the clock stands still.</param>
public sealed record ServiceClock(string Kind, DateTimeOffset StartedAt, double Target, double Spent, DateTimeOffset? RunningSince)
{
    /// <summary>When it breaches if nothing stops it; null while it stands still.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When the warning is due; null when it was given or the clock stands still.</summary>
    public DateTimeOffset? WarnAt { get; init; }

    public bool Warned { get; init; }

    public bool Breached { get; init; }
}
