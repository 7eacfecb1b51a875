using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Conversations;

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
    public sealed record SendAgentReply(string AgentId, string MessageId, string Text) : Turns.Command;

    /// <summary>A private note, never shown to the customer.</summary>
    public sealed record AddNote(string AgentId, string Text) : Turns.Command;

    /// <summary>Give the conversation to a queue, by an agent or by rule; whoever held it is released.</summary>
    public sealed record Transfer(string Queue, int Priority, string Reason, string By) : Turns.Command;

    /// <summary>The matter is settled; the customer's next message opens it again. Refused with <c>run_in_progress</c> while the assistant answers.</summary>
    public sealed record Resolve(string By) : Turns.Command;

    /// <summary>The customer's side received or read messages up to a sequence. <paramref name="Status"/> is <c>delivered</c> or <c>read</c>.</summary>
    public sealed record ReportReceipt(long UpToSequence, string Status) : Turns.Command;

    /// <summary>Everything a reader needs about the conversation as it stands. Answer: <see cref="ConversationView"/>.</summary>
    public sealed record GetConversation : Turns.Query;

    /// <summary>What a pipeline run needs to know. Answer: <see cref="RunContext"/>, or refused with <c>not_running</c> when that run is over.</summary>
    public sealed record GetRunContext(string MessageId) : Turns.Query;

    /// <summary>Run the pipeline for one message of a conversation.</summary>
    public sealed record RunPipeline(string ConversationId, string MessageId) : Turns.Work;

    /// <summary>The message is durable.</summary>
    /// <param name="Sequence">Its place in the transcript, from 1.</param>
    /// <param name="Duplicate">It had been accepted before, under the same id.</param>
    public sealed record MessageAccepted(long Sequence, bool Duplicate) : Turns.Reply;
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(ReceiveMessage), "conversation.receive_message")]
    [JsonDerivedType(typeof(CompleteRun), "conversation.complete_run")]
    [JsonDerivedType(typeof(AssignAgent), "conversation.assign_agent")]
    [JsonDerivedType(typeof(SendAgentReply), "conversation.send_agent_reply")]
    [JsonDerivedType(typeof(AddNote), "conversation.add_note")]
    [JsonDerivedType(typeof(Transfer), "conversation.transfer")]
    [JsonDerivedType(typeof(Resolve), "conversation.resolve")]
    [JsonDerivedType(typeof(ReportReceipt), "conversation.report_receipt")]
    [JsonDerivedType(typeof(GetConversation), "conversation.get")]
    [JsonDerivedType(typeof(GetRunContext), "conversation.get_run_context")]
    public partial record Command;

    [JsonDerivedType(typeof(RunPipeline), "conversation.run_pipeline")]
    public partial record Work;

    [JsonDerivedType(typeof(MessageAccepted), "conversation.message_accepted")]
    [JsonDerivedType(typeof(ConversationView), "conversation.view")]
    [JsonDerivedType(typeof(RunContext), "conversation.run_context")]
    public partial record Reply;
}
