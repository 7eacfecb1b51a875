using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Grains.Conversations;

namespace CustomerService.Gateway.Conversations;

/// <summary>Where a conversation stands, as its customer is told.</summary>
/// <param name="Status"><c>new</c>, <c>assistant</c>, <c>queued</c>, <c>assigned</c> or <c>resolved</c>.</param>
/// <param name="Working">The assistant is at work on an answer.</param>
/// <param name="LastSequence">The last message's place in the transcript; 0 before the first.</param>
/// <param name="DeliveredUpTo">The customer's side has received the messages up to here.</param>
/// <param name="ReadUpTo">The customer has read the messages up to here.</param>
/// <param name="Queue">The place in the line, while the conversation waits for a person.</param>
/// <param name="Agent">The name of the person who has it.</param>
public sealed record ConversationStanding(
    string Status, bool Working, long LastSequence, long DeliveredUpTo, long ReadUpTo, PlaceInLine? Queue, string? Agent, string? TicketId);

/// <param name="Position">From 1.</param>
/// <param name="EstimatedWaitSeconds">How long it will take, as far as that can be told.</param>
public sealed record PlaceInLine(int Position, int Waiting, double? EstimatedWaitSeconds);

/// <summary>A conversation: where it stands, and its messages after the asked one.</summary>
/// <param name="HasMore">There are more messages than were asked for: ask again after the last one's sequence.</param>
/// <param name="Internal">For agents only.</param>
public sealed record ConversationPage(
    string Id, ConversationStanding Standing, ImmutableArray<ChatMessage> Messages, bool HasMore, InternalSide? Internal);

/// <summary>What an agent sees besides.</summary>
/// <param name="Notes">Private notes written among the given messages.</param>
/// <param name="CustomerTypingAt">When the customer was last seen typing, if they were.</param>
public sealed record InternalSide(
    string Channel, string Address, string CustomerId, string? Queue, string? AgentId, MessageSignals? LastSignals, HandoffPackage? Handoff,
    ImmutableArray<PrivateNote> Notes, DateTimeOffset? CustomerTypingAt);

public sealed record PrivateNote(string AgentId, string Text, DateTimeOffset At);

/// <summary>What the pipeline did in a conversation.</summary>
public sealed record ConversationTrace(string Id, ImmutableArray<TracedRun> Runs);

/// <summary>One run for one message.</summary>
/// <param name="ResolutionType"><c>automated</c>, <c>human</c> or <c>error_fallback</c>.</param>
/// <param name="Seconds">From the message's acceptance to the end of the run.</param>
/// <param name="Reason">Why it failed, if it did.</param>
/// <param name="Trace">Every task with its input, output, time and model.</param>
public sealed record TracedRun(
    string MessageId, DateTimeOffset At, string Channel, string ResolutionType, double Seconds, MessageSignals? Signals, string? Reason, JsonElement? Trace);
