using System.Collections.Immutable;
using CustomerService.Grains.Conversations;

namespace CustomerService.Grains.Tests.Conversations;

/// <summary>Messages and outcomes that tests need often.</summary>
internal static class Examples
{
    public static MessageSignals Signals { get; } = new("en", "order_status", 0.93, -0.2, ["impatience"], "normal");

    public static Interaction Message(string id, string text = "Where is my parcel?", string address = "visitor-1", int priority = 0) =>
        new(id, ChannelNames.Chat, address, text, Subject<ConversationBehaviour, ConversationState>.Start) { Priority = priority };

    public static ReceiveMessage Receive(string id, string text = "Where is my parcel?", int priority = 0) => new(Message(id, text, priority: priority));

    public static RunOutcome Answered(string text = "It arrives tomorrow.") => new()
    {
        Answer = new OutgoingMessage(text, ["Track it"], ["article-7"]),
        Signals = Signals,
        ResolutionType = ResolutionTypes.Automated,
        Trace = "{}",
    };

    public static RunOutcome HandedOff(string queue = "billing", int priority = 3, params ImmutableArray<string> skills) => new()
    {
        Answer = new OutgoingMessage("A colleague takes over.", [], []),
        Handoff = new HandoffPackage(queue, priority, "asked for a person", "Wants a refund.", skills, []),
        Signals = Signals,
        ResolutionType = ResolutionTypes.Human,
    };
}
