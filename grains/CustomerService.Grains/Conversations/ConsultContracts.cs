using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations
{
    /// <summary>
    /// A colleague is asked about a conversation, which stays with whoever has it. The question is a private note; it is answered by another. Refused with
    /// <c>nobody_asked</c>, <c>asks_themselves</c>, <c>empty_message</c>, <c>message_too_long</c>, <c>too_many_questions</c> or <c>not_with_people</c>.
    /// </summary>
    public sealed record Consult(string By, string Question) : Turns.Command
    {
        /// <summary>The most questions of a conversation that are open at once.</summary>
        public const int MaxOpen = 5;

        /// <summary>This agent; null: some of <see cref="Queue"/>.</summary>
        public string? Agent { get; init; }

        /// <summary>Those of this queue's agents who are there and have most room, at most <see cref="FindColleagues.Most"/>; the first answer counts.</summary>
        public string? Queue { get; init; }
    }

    /// <summary>The answer, as a private note. Refused with <c>consult_over</c>, <c>not_asked</c>, <c>empty_message</c> or <c>message_too_long</c>.</summary>
    public sealed record AnswerConsult(string By, string ConsultId, string Text) : Turns.Command;

    /// <summary>The question is taken back, by who asked it or who has the conversation now. Refused with <c>consult_over</c> or <c>not_your_question</c>.</summary>
    public sealed record EndConsult(string By, string ConsultId) : Turns.Command;

    /// <summary>A queue says whom it found for a question.</summary>
    /// <param name="Agents">None: nobody is there, and the question stays open until it is taken back.</param>
    public sealed record NoteColleagues(string ConsultId, ImmutableArray<string> Agents) : Turns.Command;

    /// <summary>A question to a colleague that nobody has answered yet.</summary>
    /// <param name="By">Who asked.</param>
    public sealed record OpenConsult(string Id, string By, string Question, DateTimeOffset At)
    {
        /// <summary>The queue that was asked; null: an agent was.</summary>
        public string? Queue { get; init; }

        /// <summary>On whose desks it lies; none where a queue was asked: it looks, or nobody is there.</summary>
        public ImmutableArray<string> Asked { get; init => field = value.OrEmpty(); } = [];
    }

    /// <param name="Agent">Null: the queue's.</param>
    /// <param name="Queue">Null: the agent alone.</param>
    public sealed record ColleagueAsked(string ConsultId, string By, string? Agent, string? Queue) : Journal.JournalEvent;

    /// <summary>The queue found these for a question; none: nobody was there.</summary>
    public sealed record ColleaguesFound(string ConsultId, ImmutableArray<string> Agents) : Journal.JournalEvent;

    public sealed record ConsultAnswered(string ConsultId, string By) : Journal.JournalEvent;

    /// <summary>A question was taken back, or its conversation was settled.</summary>
    public sealed record ConsultEnded(string ConsultId, string By) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Queues
{
    /// <summary>Who of the queue's agents could answer a question? Answer to the conversation: <see cref="NoteColleagues"/>.</summary>
    /// <param name="Except">Who asks.</param>
    public sealed record FindColleagues(string ConversationId, string ConsultId, string Except) : Turns.Command
    {
        /// <summary>So many at most are asked at once.</summary>
        public const int Most = 3;
    }
}

namespace CustomerService.Grains.Agents
{
    /// <summary>A colleague's question comes onto the desk. It takes no room there.</summary>
    public sealed record ReceiveConsult(string ConversationId, string ConsultId, string By, string Question, DateTimeOffset At) : Turns.Command;

    /// <summary>It is answered, or not asked any more.</summary>
    public sealed record DropConsult(string ConversationId, string ConsultId) : Turns.Command;

    /// <summary>A colleague's question on a desk.</summary>
    /// <param name="By">Who asks.</param>
    public sealed record AskedQuestion(string ConversationId, string ConsultId, string By, string Question, DateTimeOffset At);

    public sealed record ConsultReceived(string ConversationId, string ConsultId, string By) : Journal.JournalEvent;

    public sealed record ConsultLeft(string ConversationId, string ConsultId) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(Consult), "conversation.consult")]
    [JsonDerivedType(typeof(AnswerConsult), "conversation.answer_consult")]
    [JsonDerivedType(typeof(EndConsult), "conversation.end_consult")]
    [JsonDerivedType(typeof(NoteColleagues), "conversation.note_colleagues")]
    [JsonDerivedType(typeof(FindColleagues), "queue.find_colleagues")]
    [JsonDerivedType(typeof(ReceiveConsult), "agent.receive_consult")]
    [JsonDerivedType(typeof(DropConsult), "agent.drop_consult")]
    public partial record Command;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(ColleagueAsked), "conversation.colleague_asked")]
    [JsonDerivedType(typeof(ColleaguesFound), "conversation.colleagues_found")]
    [JsonDerivedType(typeof(ConsultAnswered), "conversation.consult_answered")]
    [JsonDerivedType(typeof(ConsultEnded), "conversation.consult_ended")]
    [JsonDerivedType(typeof(ConsultReceived), "agent.consult_received")]
    [JsonDerivedType(typeof(ConsultLeft), "agent.consult_left")]
    public partial record JournalEvent;
}
