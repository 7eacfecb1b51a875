using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations
{
    /// <summary>A customer's message arrived. Durable before it is acknowledged; the same <see cref="Interaction.Id"/> again changes nothing.</summary>
    /// <remarks>Answer: <see cref="MessageAccepted"/>, or <c>Refused</c> with <c>not_your_conversation</c>, <c>message_too_long</c>, <c>empty_message</c>,
    /// <c>message_id_missing</c>, <c>address_missing</c>, <c>unknown_channel</c> or <c>too_many_waiting</c>.</remarks>
    public sealed record ReceiveMessage(Interaction Interaction) : Turns.Command;

    /// <summary>The pipeline finished with one message. Only the run in progress counts; a late or repeated one changes nothing.</summary>
    public sealed record CompleteRun(string MessageId, RunOutcome Outcome) : Turns.Command;

    /// <summary>A queue gave the conversation to an agent who claimed it.</summary>
    public sealed record AssignAgent(string AgentId, string OfferId) : Turns.Command;

    /// <summary>The assigned agent answers. Answer: <see cref="MessageAccepted"/>; refused (<c>not_assigned</c>) unless that agent holds the conversation.</summary>
    public sealed record SendAgentReply(string AgentId, string MessageId, string Text) : Turns.Command
    {
        /// <summary>What it is written in, ISO 639-1; null: it is told from the text where that matters.</summary>
        public string? Language { get; init; }

        /// <summary>Not to be translated, whatever the customer writes in. For a reply that could not be translated: send it all the same.</summary>
        public bool AsIs { get; init; }

        /// <summary>What the quality gate holds against it, and why the agent sends it all the same; null: nothing is held against it.</summary>
        public DraftOverride? Anyway { get; init; }

        /// <summary>The suggestion that it came from; null: it was written without one.</summary>
        public SuggestionUse? Suggestion { get; init; }

        /// <summary>With files there need be no text.</summary>
        public ImmutableArray<Attachment> Attachments { get; init => field = value.OrEmpty(); } = [];
    }

    /// <summary>Why a message goes out that the quality gate advised against.</summary>
    /// <param name="Kinds">What was found, without the findings themselves.</param>
    public sealed record DraftOverride(ImmutableArray<string> Kinds, string Reason);

    /// <summary>Note that an agent looked at a suggested reply and did not take it.</summary>
    public sealed record NoteSuggestionLeft(string AgentId, SuggestionUse Suggestion) : Turns.Command;

    /// <summary>Note that the quality gate held an agent's draft back.</summary>
    /// <param name="Kinds">What was found, without the findings themselves.</param>
    public sealed record NoteDraftHeld(string AgentId, ImmutableArray<string> Kinds) : Turns.Command;

    /// <summary>
    /// A person says what a customer's message really wanted; nothing changes for the conversation, the understanding learns from it. Refused with
    /// <c>no_such_message</c> where that is no customer's message, and <c>not_an_intent</c>.
    /// </summary>
    /// <param name="Intent">Lower-case letters, digits and '_', or <c>unknown</c>.</param>
    /// <param name="Language">ISO 639-1, where that was wrong too; null: it was right.</param>
    public sealed record CorrectMessage(string By, long MessageSequence, string Intent, string? Language) : Turns.Command;

    /// <summary>A private note, never shown to the customer.</summary>
    public sealed record AddNote(string AgentId, string Text) : Turns.Command
    {
        /// <summary>The most people whom a note names.</summary>
        public const int MostMentions = 20;

        /// <summary>Ids of the people who are told of it.</summary>
        public ImmutableArray<string> Mentions { get; init => field = value.OrEmpty(); } = [];
    }

    /// <summary>
    /// A supervisor says something to the agent who has the conversation, inside it and never to the customer. Refused with <c>not_assigned</c> where no agent
    /// has it, <c>empty_message</c> or <c>message_too_long</c>.
    /// </summary>
    public sealed record Whisper(string By, string Text) : Turns.Command;

    /// <summary>
    /// A supervisor takes the conversation from whoever has it: the assistant, the line, or an agent, who is told by whom and why. It lies on the supervisor's own desk at once,
    /// however full that is; one who has no desk gives it back to the queue. Refused with <c>no_such_conversation</c>, <c>conversation_resolved</c> or
    /// <c>reason_missing</c>.
    /// </summary>
    public sealed record TakeOver(string By, string Reason) : Turns.Command;

    /// <summary>Give the conversation to a queue, by an agent or by rule; whoever held it is released.</summary>
    public sealed record Transfer(string Queue, int Priority, string Reason, string By) : Turns.Command
    {
        /// <summary>Warm: whoever holds it keeps it until the next agent has accepted. Else cold: it goes into the line at once.</summary>
        public bool Warm { get; init; }

        /// <summary>As urgent as it is; <see cref="Priority"/> does not count then.</summary>
        public bool KeepPriority { get; init; }

        /// <summary>To this agent of the queue, if there; null: to whoever fits.</summary>
        public string? ToAgent { get; init; }

        /// <summary>What the next agent must know; null: nothing.</summary>
        public string? Note { get; init; }

        /// <summary>What is asked of the next agent; default: what was asked when the queue stays the same, else nothing.</summary>
        public ImmutableArray<SkillNeed> Needs { get; init => field = value.OrEmpty(); } = [];
    }

    /// <summary>A warm transfer that nobody took yet is called off.</summary>
    public sealed record CancelTransfer(string By) : Turns.Command;

    /// <summary>To the next tier: by hand, by rule, by a breach. Refused with <c>nowhere_to_escalate</c> at the top.</summary>
    public sealed record Escalate(string By, string Reason) : Turns.Command;

    /// <summary>The agent keeps it and the customer waits: the resolution clock stands still.</summary>
    public sealed record Hold(string AgentId) : Turns.Command;

    public sealed record Unhold(string AgentId) : Turns.Command;

    /// <summary>Put away until a time, or until the customer writes; then to the same agent if there, else to the queue.</summary>
    public sealed record Snooze(string By, DateTimeOffset Until, string Reason) : Turns.Command;

    /// <summary>The time has come (alarm), or somebody wants it back now.</summary>
    public sealed record Unsnooze(string By) : Turns.Command;

    /// <summary>
    /// The customer hangs up and is called back, keeping the place in line. By the agent who has it: they promise the call, and it is put away until then.
    /// </summary>
    /// <param name="To">Where: a telephone number or another address.</param>
    /// <param name="NotBefore">Null: as soon as it is their turn. A promise needs one.</param>
    public sealed record RequestCallback(string By, string To, DateTimeOffset? NotBefore) : Turns.Command;

    /// <summary>The agent called back.</summary>
    /// <param name="Reached">Not reached: it is tried again later, keeping the place, at most <see cref="Callback.MaxAttempts"/> times.</param>
    public sealed record ReportCallback(string AgentId, bool Reached) : Turns.Command;

    /// <summary>The agent hears the customer, on the telephone: what was owed is answered, though no message shows it.</summary>
    public sealed record SpeakWithCustomer(string AgentId) : Turns.Command;

    /// <summary>A supervisor moves it up or down the line.</summary>
    public sealed record ChangePriority(string By, int Priority, string Reason) : Turns.Command;

    /// <summary>No more is expected: a resolved conversation is closed (alarm, or by hand).</summary>
    public sealed record Close(string By) : Turns.Command;

    /// <summary>The time of a target on the route is over (alarm).</summary>
    public sealed record NextTarget(long Hop) : Turns.Command;

    /// <summary>A service-level warning or breach may be due (alarm).</summary>
    public sealed record ReviewClocks : Turns.Command;

    // What its queue and its agent tell it. Each names the stay (the hop) or the offer that it is about.

    public sealed record NoteTerms(string Queue, long Hop, QueueTerms Terms) : Turns.Command;

    public sealed record NoteOffer(string OfferId, string AgentId, MatchView Match) : Turns.Command
    {
        /// <summary>The stay in which it was offered.</summary>
        public long Hop { get; init; }
    }

    public sealed record NoteOfferEnd(string OfferId, string AgentId, string Outcome, string? Reason) : Turns.Command;

    /// <summary>What is asked was relaxed, as the queue's policy says.</summary>
    public sealed record NoteRelaxed(string Queue, long Hop, string What) : Turns.Command;

    /// <summary>The queue is closed until then; the customer is told.</summary>
    public sealed record NoteClosed(string Queue, long Hop, DateTimeOffset? OpensAt, bool OfferCallback) : Turns.Command;

    /// <summary>The queue does not keep it: it goes to the next target of its route, or a tier up.</summary>
    public sealed record PassOn(string Queue, long Hop, string Reason, string? To) : Turns.Command
    {
        /// <summary>Not because there is no room here, but because nobody takes it: to the next tier.</summary>
        public bool Escalate { get; init; }
    }

    /// <summary>Its agent is gone: back into the line, with its place kept.</summary>
    public sealed record ReturnToQueue(string AgentId, string OfferId, string Reason) : Turns.Command;

    public sealed record NoteWrapUp(string AgentId, string OfferId, string? Code, string? Note) : Turns.Command;

    /// <summary>The matter is settled; the customer's next message opens it again. Refused with <c>run_in_progress</c> while the assistant answers.</summary>
    public sealed record Resolve(string By) : Turns.Command;

    /// <summary>
    /// The assistant asks the customer something of its own accord, for another program: whether it may do one thing. The answer goes on
    /// with the procedure. Refused with <c>no_such_conversation</c>, <c>conversation_resolved</c>, <c>with_people</c>, <c>run_in_progress</c>
    /// or <c>question_open</c>.
    /// </summary>
    public sealed record PutQuestion(string By, OutgoingMessage Question, ActiveProcedure Procedure, PendingRequest? Pending) : Turns.Command;

    /// <summary>
    /// Another program called a tool on the conversation's behalf. It has no id: calls are many, and their ids would drive out those of messages;
    /// one that is told again is recorded again. Refused with <c>no_such_conversation</c>.
    /// </summary>
    /// <param name="By">Who called, such as <c>mcp:copilot</c>.</param>
    /// <param name="Outcome"><c>done</c>, or the code with which it was refused.</param>
    public sealed record NoteToolCall(string By, string Tool, string Outcome) : Turns.Command;

    /// <summary>The customer's side received or read messages up to a sequence. <paramref name="Status"/> is <c>delivered</c> or <c>read</c>.</summary>
    public sealed record ReportReceipt(long UpToSequence, string Status) : Turns.Command;

    /// <summary>
    /// The customer says how a settled matter went; a later word replaces an earlier one. Refused with <c>not_resolved</c>, <c>rating_out_of_range</c> or
    /// <c>comment_too_long</c>.
    /// </summary>
    /// <param name="Score">1 (bad) to 5 (very good).</param>
    /// <param name="Comment">Up to <see cref="ConversationRating.MaxComment"/> characters; null: none.</param>
    public sealed record RateConversation(int Score, string? Comment) : Turns.Command;

    /// <summary>Everything a reader needs about the conversation as it stands. Answer: <see cref="ConversationView"/>.</summary>
    public sealed record GetConversation : Turns.Query;

    /// <summary>What a pipeline run needs to know. Answer: <see cref="RunContext"/>, or refused with <c>not_running</c> when that run is over.</summary>
    public sealed record GetRunContext(string MessageId) : Turns.Query;

    /// <summary>Run the pipeline for one message of a conversation.</summary>
    public sealed record RunPipeline(string ConversationId, string MessageId) : Turns.Work;

    /// <summary>The message is durable.</summary>
    /// <param name="Sequence">Its place in the transcript, from 1.</param>
    /// <param name="Duplicate">It had been accepted before, under the same id.</param>
    public sealed record MessageAccepted(long Sequence, bool Duplicate) : Turns.Reply
    {
        /// <summary>A reply that is translated before it goes out, or waits behind one: it has no place yet, <see cref="Sequence"/> is 0.</summary>
        public bool Translating { get; init; }
    }
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(ReceiveMessage), "conversation.receive_message")]
    [JsonDerivedType(typeof(CompleteRun), "conversation.complete_run")]
    [JsonDerivedType(typeof(AssignAgent), "conversation.assign_agent")]
    [JsonDerivedType(typeof(SendAgentReply), "conversation.send_agent_reply")]
    [JsonDerivedType(typeof(CorrectMessage), "conversation.correct_message")]
    [JsonDerivedType(typeof(NoteDraftHeld), "conversation.note_draft_held")]
    [JsonDerivedType(typeof(NoteSuggestionLeft), "conversation.note_suggestion_left")]
    [JsonDerivedType(typeof(AddNote), "conversation.add_note")]
    [JsonDerivedType(typeof(Whisper), "conversation.whisper")]
    [JsonDerivedType(typeof(TakeOver), "conversation.take_over")]
    [JsonDerivedType(typeof(Transfer), "conversation.transfer")]
    [JsonDerivedType(typeof(Resolve), "conversation.resolve")]
    [JsonDerivedType(typeof(ReportReceipt), "conversation.report_receipt")]
    [JsonDerivedType(typeof(GetConversation), "conversation.get")]
    [JsonDerivedType(typeof(GetRunContext), "conversation.get_run_context")]
    [JsonDerivedType(typeof(PutQuestion), "conversation.put_question")]
    [JsonDerivedType(typeof(NoteToolCall), "conversation.note_tool_call")]
    [JsonDerivedType(typeof(CancelTransfer), "conversation.cancel_transfer")]
    [JsonDerivedType(typeof(Escalate), "conversation.escalate")]
    [JsonDerivedType(typeof(Hold), "conversation.hold")]
    [JsonDerivedType(typeof(Unhold), "conversation.unhold")]
    [JsonDerivedType(typeof(Snooze), "conversation.snooze")]
    [JsonDerivedType(typeof(Unsnooze), "conversation.unsnooze")]
    [JsonDerivedType(typeof(RequestCallback), "conversation.request_callback")]
    [JsonDerivedType(typeof(ReportCallback), "conversation.report_callback")]
    [JsonDerivedType(typeof(SpeakWithCustomer), "conversation.speak")]
    [JsonDerivedType(typeof(ChangePriority), "conversation.change_priority")]
    [JsonDerivedType(typeof(Close), "conversation.close")]
    [JsonDerivedType(typeof(NextTarget), "conversation.next_target")]
    [JsonDerivedType(typeof(ReviewClocks), "conversation.review_clocks")]
    [JsonDerivedType(typeof(NoteTerms), "conversation.note_terms")]
    [JsonDerivedType(typeof(NoteOffer), "conversation.note_offer")]
    [JsonDerivedType(typeof(NoteOfferEnd), "conversation.note_offer_end")]
    [JsonDerivedType(typeof(NoteRelaxed), "conversation.note_relaxed")]
    [JsonDerivedType(typeof(NoteClosed), "conversation.note_closed")]
    [JsonDerivedType(typeof(PassOn), "conversation.pass_on")]
    [JsonDerivedType(typeof(ReturnToQueue), "conversation.return_to_queue")]
    [JsonDerivedType(typeof(NoteWrapUp), "conversation.note_wrap_up")]
    [JsonDerivedType(typeof(RateConversation), "conversation.rate")]
    public partial record Command;

    [JsonDerivedType(typeof(RunPipeline), "conversation.run_pipeline")]
    public partial record Work;

    [JsonDerivedType(typeof(MessageAccepted), "conversation.message_accepted")]
    [JsonDerivedType(typeof(ConversationView), "conversation.view")]
    [JsonDerivedType(typeof(RunContext), "conversation.run_context")]
    public partial record Reply;
}
