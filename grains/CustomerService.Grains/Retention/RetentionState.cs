using System.Collections.Immutable;

namespace CustomerService.Grains.Retention;

/// <summary>What was erased by the owner's rules, and what is under way.</summary>
public sealed record RetentionState
{
    /// <summary>Beyond so many the oldest goes; the journal keeps it.</summary>
    public const int MostPast = 60;

    /// <summary>Counts the runs.</summary>
    public long LastNumber { get; init; }

    /// <summary>As they were last read; null: never.</summary>
    public RetentionRules? Rules { get; init; }

    public DateTimeOffset? RulesSince { get; init; }

    /// <summary>Who wants a run now.</summary>
    public string? AskedBy { get; init; }

    public ErasingRun? Running { get; init; }

    /// <summary>The oldest first.</summary>
    public ImmutableList<ErasingRun> Past { get; init; } = [];
}
