using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Conversations;

namespace CustomerService.Grains.Conversations
{
    /// <summary>A customer's message was accepted.</summary>
    public sealed record MessageReceived(long MessageSequence, Interaction Interaction) : Journal.JournalEvent;

    /// <summary>A message was sent to the customer. <paramref name="InReplyTo"/> is the customer's message id, if it answers one.</summary>
    public sealed record MessageSent(
        long MessageSequence, string MessageId, Author Author, string? AgentId, string Text, ImmutableArray<string> Actions,
        ImmutableArray<string> Sources, string? InReplyTo) : Journal.JournalEvent;

    /// <summary>A pipeline run ended. What it decided, and its trace as JSON.</summary>
    public sealed record RunCompleted(
        string MessageId, MessageSignals Signals, string ResolutionType, string Channel, double Seconds,
        [property: JsonConverter(typeof(Journal.EmbeddedJson))] string? Trace) : Journal.JournalEvent;

    /// <summary>A pipeline run failed for good: the customer got a fallback reply and a person the conversation.</summary>
    public sealed record RunFailed(string MessageId, string Channel, double Seconds, string Reason) : Journal.JournalEvent;

    /// <summary>The conversation went to a queue.</summary>
    public sealed record HandedOff(HandoffPackage Package) : Journal.JournalEvent;

    public sealed record AgentAssigned(string AgentId, string OfferId) : Journal.JournalEvent;

    public sealed record NoteAdded(string AgentId, string Text) : Journal.JournalEvent;

    public sealed record ConversationResolved(string By) : Journal.JournalEvent;

    public sealed record ConversationReopened : Journal.JournalEvent;

    /// <summary>The customer's side received (<c>delivered</c>) or read (<c>read</c>) messages up to a sequence.</summary>
    public sealed record ReceiptReported(long UpToSequence, string Status) : Journal.JournalEvent;

    public sealed record IdentityProven(string CustomerId, string Level) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(MessageReceived), "conversation.message_received")]
    [JsonDerivedType(typeof(MessageSent), "conversation.message_sent")]
    [JsonDerivedType(typeof(RunCompleted), "conversation.run_completed")]
    [JsonDerivedType(typeof(RunFailed), "conversation.run_failed")]
    [JsonDerivedType(typeof(HandedOff), "conversation.handed_off")]
    [JsonDerivedType(typeof(AgentAssigned), "conversation.agent_assigned")]
    [JsonDerivedType(typeof(NoteAdded), "conversation.note_added")]
    [JsonDerivedType(typeof(ConversationResolved), "conversation.resolved")]
    [JsonDerivedType(typeof(ConversationReopened), "conversation.reopened")]
    [JsonDerivedType(typeof(ReceiptReported), "conversation.receipt_reported")]
    [JsonDerivedType(typeof(IdentityProven), "conversation.identity_proven")]
    public partial record JournalEvent;
}
