using System.Collections.Immutable;

namespace CustomerService.Channels.Sending;

/// <summary>What came of one attempt to send.</summary>
/// <param name="Parts">The ids of the parts that the other side took in this attempt, in their order.</param>
public abstract record SendOutcome(ImmutableArray<string> Parts)
{
    /// <summary>The other side has taken all of it.</summary>
    public sealed record Accepted(ImmutableArray<string> Parts) : SendOutcome(Parts);

    /// <summary>It was surely not taken, and may be later.</summary>
    /// <param name="After">How long the other side wants to be left alone; null: it does not say.</param>
    public sealed record Later(string Reason, TimeSpan? After = null) : SendOutcome([]);

    /// <summary>It was surely not taken, and never will be.</summary>
    public sealed record Failed(string Reason) : SendOutcome([]);

    /// <summary>Nobody can tell: the connection broke off after all of it was sent.</summary>
    public sealed record Unknown(string Reason) : SendOutcome([]);
}

/// <summary>What is found of an earlier attempt.</summary>
public abstract record SendTrace
{
    private SendTrace()
    {
    }

    /// <summary>The other side has it.</summary>
    public sealed record Found(ImmutableArray<string> Parts) : SendTrace;

    /// <summary>The other side has its first parts, and surely not the rest, which can be sent.</summary>
    public sealed record Partly(ImmutableArray<string> Parts) : SendTrace;

    /// <summary>The other side surely does not have it: it can be sent.</summary>
    public sealed record NotThere : SendTrace;

    /// <summary>There is no way to tell.</summary>
    public sealed record NoWayToTell : SendTrace;
}
