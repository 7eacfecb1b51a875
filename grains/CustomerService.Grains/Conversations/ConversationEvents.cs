using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations
{
    /// <summary>A customer's message was accepted.</summary>
    public sealed record MessageReceived(long MessageSequence, Interaction Interaction) : Journal.JournalEvent;

    /// <summary>A message was sent to the customer. <paramref name="InReplyTo"/> is the customer's message id, if it answers one.</summary>
    public sealed record MessageSent(
        long MessageSequence, string MessageId, Author Author, string? AgentId, string Text, ImmutableArray<string> Actions,
        ImmutableArray<string> Sources, string? InReplyTo) : Journal.JournalEvent
    {
        public ImmutableArray<Attachment> Attachments { get; init => field = value.OrEmpty(); } = [];
    }

    /// <summary>The customer said how it went. The last one of a matter counts.</summary>
    /// <param name="Score">1 (bad) to 5 (very good).</param>
    /// <param name="AgentId">Who had it last in this matter; null: the assistant alone.</param>
    public sealed record ConversationRated(int Score, string? Comment, string? AgentId) : Journal.JournalEvent;

    /// <summary>A pipeline run ended. What it decided, and its trace as JSON.</summary>
    public sealed record RunCompleted(
        string MessageId, MessageSignals Signals, string ResolutionType, string Channel, double Seconds,
        [property: JsonConverter(typeof(Journal.EmbeddedJson))] string? Trace) : Journal.JournalEvent;

    /// <summary>A pipeline run failed for good: the customer got a fallback reply and a person the conversation.</summary>
    public sealed record RunFailed(string MessageId, string Channel, double Seconds, string Reason) : Journal.JournalEvent;

    /// <summary>The conversation went to a queue.</summary>
    public sealed record HandedOff(HandoffPackage Package) : Journal.JournalEvent;

    public sealed record AgentAssigned(string AgentId, string OfferId) : Journal.JournalEvent;

    /// <summary>The quality gate held an agent's draft back; nothing was sent.</summary>
    /// <param name="Kinds">What was found, without the findings themselves.</param>
    public sealed record DraftHeld(string AgentId, ImmutableArray<string> Kinds) : Journal.JournalEvent;

    /// <summary>An agent sent a message that the quality gate advised against.</summary>
    /// <param name="Kinds">What was found, without the findings themselves.</param>
    public sealed record DraftSentAnyway(string AgentId, string MessageId, ImmutableArray<string> Kinds, string Reason) : Journal.JournalEvent;

    /// <summary>An agent sent a reply that was suggested, changed it, or left it.</summary>
    /// <param name="MessageId">The reply; null: it was left.</param>
    public sealed record SuggestionUsed(string AgentId, string? MessageId, SuggestionUse Suggestion) : Journal.JournalEvent;

    public sealed record NoteAdded(string AgentId, string Text) : Journal.JournalEvent
    {
        /// <summary>Ids of the people who were told of it.</summary>
        public ImmutableArray<string> Mentions { get; init => field = value.OrEmpty(); } = [];

        /// <summary>The agent to whom a supervisor whispers it; null: it is for whoever reads the conversation.</summary>
        public string? WhisperTo { get; init; }
    }

    /// <summary>A supervisor took it over.</summary>
    /// <param name="From">The agent who had it; null: no person had.</param>
    public sealed record TakenOver(string By, string? From, string Reason) : Journal.JournalEvent;

    /// <summary>A person said what a customer's message really wanted.</summary>
    /// <param name="Language">ISO 639-1, where that was wrong too.</param>
    public sealed record MessageCorrected(long MessageSequence, string By, string Intent, string? Language) : Journal.JournalEvent;

    public sealed record ConversationResolved(string By) : Journal.JournalEvent;

    public sealed record ConversationReopened : Journal.JournalEvent;

    /// <summary>The customer's side received (<c>delivered</c>) or read (<c>read</c>) messages up to a sequence.</summary>
    public sealed record ReceiptReported(long UpToSequence, string Status) : Journal.JournalEvent;

    public sealed record IdentityProven(string CustomerId, string Level) : Journal.JournalEvent;

    /// <summary>Another program called a tool on the conversation's behalf: who, which and how it ended, and nothing of what was asked and told.</summary>
    public sealed record ToolCalled(string By, string Tool, string Outcome) : Journal.JournalEvent;

    /// <summary>The conversation's history of states, each with its reason.</summary>
    public sealed record StatusChanged(ConversationStatus From, ConversationStatus To, string Reason) : Journal.JournalEvent;

    // Why it went where: read together they explain the whole way (see the gateway's explanation).

    /// <summary>It stands in a queue's line.</summary>
    /// <param name="Why">The rule, transfer, escalation, overflow or return that brought it there.</param>
    public sealed record QueueEntered(string Queue, long Hop, int Priority, DateTimeOffset Since, string Why) : Journal.JournalEvent;

    /// <summary>A queue did not keep it.</summary>
    public sealed record QueueLeft(string Queue, long Hop, string Why) : Journal.JournalEvent;

    public sealed record OfferExplained(string OfferId, string AgentId, MatchView Match) : Journal.JournalEvent;

    public sealed record OfferOver(string OfferId, string AgentId, string Outcome, string? Reason) : Journal.JournalEvent;

    public sealed record NeedsRelaxed(string Queue, string What) : Journal.JournalEvent;

    public sealed record Escalated(string FromQueue, string ToQueue, string By, string Reason) : Journal.JournalEvent;

    public sealed record CallbackRequested(string By, string To, DateTimeOffset? NotBefore) : Journal.JournalEvent;

    public sealed record CalledBack(string AgentId, bool Reached, int Attempts) : Journal.JournalEvent;

    /// <summary>The agent took the customer's call.</summary>
    public sealed record CustomerSpokenWith(string AgentId) : Journal.JournalEvent;

    public sealed record WrappedUp(string AgentId, string? Code, string? Note) : Journal.JournalEvent;

    public sealed record PriorityChanged(string By, int Priority, string Reason) : Journal.JournalEvent;

    /// <param name="Kind">One of <see cref="ServiceClocks"/>.</param>
    public sealed record ServiceClockStarted(string Kind, double TargetSeconds, DateTimeOffset DueAt) : Journal.JournalEvent;

    /// <param name="SpentSeconds">Of business time.</param>
    public sealed record ServiceClockStopped(string Kind, double SpentSeconds, bool Met) : Journal.JournalEvent
    {
        /// <summary>The queue that was in charge; null: not known.</summary>
        public string? Queue { get; init; }

        /// <summary>A response that nobody gave: the conversation was settled without one. In time, such a promise was neither kept nor broken.</summary>
        public bool Unanswered { get; init; }
    }

    /// <param name="Running">False: it stands still from now on.</param>
    public sealed record ServiceClockPaused(string Kind, bool Running, double SpentSeconds) : Journal.JournalEvent;

    /// <summary>Under another queue's terms it is due at another time.</summary>
    /// <param name="DueAt">Null: the calendar never opens so long.</param>
    public sealed record ServiceClockMoved(string Kind, DateTimeOffset? DueAt) : Journal.JournalEvent;

    public sealed record ServiceWarned(string Kind, DateTimeOffset DueAt) : Journal.JournalEvent;

    public sealed record ServiceBreached(string Kind, DateTimeOffset DueAt) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(MessageReceived), "conversation.message_received")]
    [JsonDerivedType(typeof(MessageSent), "conversation.message_sent")]
    [JsonDerivedType(typeof(RunCompleted), "conversation.run_completed")]
    [JsonDerivedType(typeof(RunFailed), "conversation.run_failed")]
    [JsonDerivedType(typeof(HandedOff), "conversation.handed_off")]
    [JsonDerivedType(typeof(AgentAssigned), "conversation.agent_assigned")]
    [JsonDerivedType(typeof(DraftHeld), "conversation.draft_held")]
    [JsonDerivedType(typeof(DraftSentAnyway), "conversation.draft_sent_anyway")]
    [JsonDerivedType(typeof(SuggestionUsed), "conversation.suggestion_used")]
    [JsonDerivedType(typeof(NoteAdded), "conversation.note_added")]
    [JsonDerivedType(typeof(TakenOver), "conversation.taken_over")]
    [JsonDerivedType(typeof(MessageCorrected), "conversation.message_corrected")]
    [JsonDerivedType(typeof(ConversationResolved), "conversation.resolved")]
    [JsonDerivedType(typeof(ConversationReopened), "conversation.reopened")]
    [JsonDerivedType(typeof(ReceiptReported), "conversation.receipt_reported")]
    [JsonDerivedType(typeof(IdentityProven), "conversation.identity_proven")]
    [JsonDerivedType(typeof(ToolCalled), "conversation.tool_called")]
    [JsonDerivedType(typeof(StatusChanged), "conversation.status_changed")]
    [JsonDerivedType(typeof(QueueEntered), "conversation.queue_entered")]
    [JsonDerivedType(typeof(QueueLeft), "conversation.queue_left")]
    [JsonDerivedType(typeof(OfferExplained), "conversation.offer_explained")]
    [JsonDerivedType(typeof(OfferOver), "conversation.offer_over")]
    [JsonDerivedType(typeof(NeedsRelaxed), "conversation.needs_relaxed")]
    [JsonDerivedType(typeof(Escalated), "conversation.escalated")]
    [JsonDerivedType(typeof(CallbackRequested), "conversation.callback_requested")]
    [JsonDerivedType(typeof(CalledBack), "conversation.called_back")]
    [JsonDerivedType(typeof(CustomerSpokenWith), "conversation.spoken_with")]
    [JsonDerivedType(typeof(WrappedUp), "conversation.wrapped_up")]
    [JsonDerivedType(typeof(ConversationRated), "conversation.rated")]
    [JsonDerivedType(typeof(PriorityChanged), "conversation.priority_changed")]
    [JsonDerivedType(typeof(ServiceClockStarted), "conversation.service_clock_started")]
    [JsonDerivedType(typeof(ServiceClockStopped), "conversation.service_clock_stopped")]
    [JsonDerivedType(typeof(ServiceClockPaused), "conversation.service_clock_paused")]
    [JsonDerivedType(typeof(ServiceClockMoved), "conversation.service_clock_moved")]
    [JsonDerivedType(typeof(ServiceWarned), "conversation.service_warned")]
    [JsonDerivedType(typeof(ServiceBreached), "conversation.service_breached")]
    public partial record JournalEvent;
}
