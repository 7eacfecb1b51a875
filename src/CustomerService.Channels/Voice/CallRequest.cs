using System.Collections.Immutable;
using CustomerService.Channels.Intake;
using CustomerService.Grains.Turns;

namespace CustomerService.Channels.Voice;

/// <summary>A provider asks what to do in a call.</summary>
public sealed record CallRequest
{
    internal CallRequest(string conversationId, CallMoment moment) => (ConversationId, Moment) = (conversationId, moment);

    /// <summary>Each call is a conversation.</summary>
    public string ConversationId { get; }

    /// <summary>What is spoken, ISO 639-1.</summary>
    public string Language => Moment.Language;

    /// <summary>The place in the transcript up to which the caller has heard it.</summary>
    public long After => Moment.After;

    /// <summary>From which likely wait on they are offered to be called back; zero: always.</summary>
    public TimeSpan CallbackFrom { get; init; }

    /// <summary>What the caller said or left; to be taken in before anything is decided.</summary>
    public ImmutableArray<ChannelEvent> Events { get; init; } = [];

    /// <summary>What the conversation is told besides; see <see cref="ICallAccount"/>.</summary>
    public ImmutableArray<Command> Reports { get; init; } = [];

    internal CallMoment Moment { get; }
}

/// <summary>Where a call stands. The provider keeps it for us, in the addresses that it calls: so any process can answer the next step.</summary>
/// <param name="Step">What has just happened.</param>
/// <param name="Home">The account's own address; those of the steps are below it.</param>
/// <param name="CallId">The provider's.</param>
/// <param name="Caller">In E.164; null: withheld.</param>
internal sealed record CallMoment(CallStep Step, string Home, string CallId, string? Caller, string Language)
{
    public long After { get; init; }

    /// <summary>How often the caller was listened to.</summary>
    public int Turn { get; init; }

    /// <summary>How often they said nothing, in a row.</summary>
    public int Silences { get; init; }

    /// <summary>How often they were put off since they last heard something.</summary>
    public int Round { get; init; }

    /// <summary>The place in line that they were last told; 0: none.</summary>
    public int Told { get; init; }

    /// <summary>The agent whose telephone is rung; null: none's.</summary>
    public string? Rung { get; init; }

    /// <summary>The keys that were pressed.</summary>
    public string Digits { get; init; } = "";

    /// <summary>Whether the agent took the call.</summary>
    public bool WasTaken { get; init; }
}

/// <summary>What has just happened in a call.</summary>
internal enum CallStep
{
    Began,

    /// <summary>They chose a language.</summary>
    Chose,

    /// <summary>They said something.</summary>
    Spoke,

    /// <summary>They said nothing.</summary>
    WasSilent,

    /// <summary>They heard what there was to hear, and wait.</summary>
    Waited,

    /// <summary>They pressed a key while they stood in line.</summary>
    PressedInLine,

    /// <summary>An agent's telephone was rung, and that is over.</summary>
    Dialed,

    /// <summary>An agent picked up, and does not hear the caller yet.</summary>
    Whispers,

    /// <summary>The agent pressed a key.</summary>
    TookIt,

    /// <summary>They left a message after the tone.</summary>
    LeftMessage,

    /// <summary>The recording of a message, or its words, came in; nothing is to be done in the call.</summary>
    Kept,

    /// <summary>It is over.</summary>
    Ended,
}
