using System.Collections.Immutable;

namespace CustomerService.Channels.Voice;

/// <summary>What a provider tells of a call, in nobody's own words.</summary>
/// <param name="Step">Which of <see cref="CallLinks"/>; empty: the call begins.</param>
/// <param name="Home">What the addresses of the next steps begin with.</param>
/// <param name="CallId">The provider's. The agent's side is a call of its own at some; this is the caller's.</param>
/// <param name="From">The caller, as the provider writes it.</param>
/// <param name="Link">What stands in the address of this step.</param>
internal sealed record CallPost(string Step, string Home, string CallId, string From, ImmutableDictionary<string, string> Link, DateTimeOffset At)
{
    public string Speech { get; init; } = "";

    /// <summary>How sure the provider is of the speech, 0 to 1 in its own writing; empty: it does not say.</summary>
    public string Confidence { get; init; } = "";

    public string Keys { get; init; } = "";

    /// <summary>Whether the agent whose telephone was rung took the call.</summary>
    public bool WasTaken { get; init; }

    /// <summary>A message after the tone can be had.</summary>
    public RecordedMessage? Recorded { get; init; }

    /// <summary>What was said after the tone.</summary>
    public WrittenMessage? Written { get; init; }

    /// <summary>How the call ended, such as <c>completed</c>; null: it goes on.</summary>
    public string? Ended { get; init; }

    /// <summary>How long the whole call was.</summary>
    public int Seconds { get; init; }
}

/// <param name="Seconds">How long it is, as the provider writes it.</param>
internal sealed record RecordedMessage(string Id, string Address, string Seconds);

/// <param name="Text">Empty: the provider could not write it down.</param>
internal sealed record WrittenMessage(string Id, string Text);
