using CustomerService.Grains.Agents;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// A colleague is asked, and the conversation stays where it is.
public sealed partial class ConversationBehaviour
{
    private static Turn<ConversationState> Consult(ConversationState state, Consult consult, Consequences then)
    {
        if (NotWithPeople(state) is { } refusal)
            return refusal;
        if (string.IsNullOrWhiteSpace(consult.Agent) == string.IsNullOrWhiteSpace(consult.Queue))
            return Refuse(state, "nobody_asked", "A question goes to an agent or to a queue: name one of them.");
        if (consult.Agent == consult.By)
            return Refuse(state, "asks_themselves", "That is you: ask a colleague.");
        if (TextFault(consult.Question) is { } fault)
            return Turn.Unchanged(state, fault);
        if (state.Consults.Length >= Conversations.Consult.MaxOpen)
            return Refuse(state, "too_many_questions", $"{Conversations.Consult.MaxOpen} questions are open already; take one back first.");

        var asked = new OpenConsult($"q-{state.LastConsult + 1}", consult.By, consult.Question.Trim(), then.Now)
        {
            Queue = consult.Queue,
            Asked = consult.Agent is { } agent ? [agent] : [],
        };
        then.Record(new ColleagueAsked(asked.Id, consult.By, consult.Agent, consult.Queue));
        then.Record(new NoteAdded(consult.By, asked.Question));
        if (asked.Queue is { } queue)
            then.Tell(Grain.Queue(queue), new FindColleagues(state.Id, asked.Id, consult.By));
        TellAsked(state, asked, then);
        return then.Turn(state with { LastConsult = state.LastConsult + 1, Consults = state.Consults.Add(asked) });
    }

    private static Turn<ConversationState> NoteColleagues(ConversationState state, NoteColleagues note, Consequences then)
    {
        // Over meanwhile, or told again.
        if (FindConsult(state, note.ConsultId) is not { Asked.IsEmpty: true } consult)
            return Done(state);

        var found = consult with { Asked = note.Agents.OrEmpty() };
        then.Record(new ColleaguesFound(found.Id, found.Asked));
        TellAsked(state, found, then);
        return then.Turn(state with { Consults = state.Consults.Replace(consult, found) });
    }

    private static Turn<ConversationState> AnswerConsult(ConversationState state, AnswerConsult answer, Consequences then)
    {
        if (FindConsult(state, answer.ConsultId) is not { } consult)
            return ConsultOver(state);
        if (!consult.Asked.Contains(answer.By))
            return Refuse(state, "not_asked", $"{consult.By} asked {(consult.Asked.IsEmpty ? consult.Queue : string.Join(", ", consult.Asked))}; write a private note instead.");
        if (TextFault(answer.Text) is { } fault)
            return Turn.Unchanged(state, fault);

        then.Record(new NoteAdded(answer.By, answer.Text));
        then.Record(new ConsultAnswered(consult.Id, answer.By));
        return then.Turn(WithoutConsult(state, consult, then));
    }

    private static Turn<ConversationState> EndConsult(ConversationState state, EndConsult end, Consequences then)
    {
        if (FindConsult(state, end.ConsultId) is not { } consult)
            return ConsultOver(state);
        if (end.By != consult.By && end.By != state.AgentId)
            return Refuse(state, "not_your_question", $"{consult.By} asked it; only they, or who has the conversation, take it back.");

        then.Record(new ConsultEnded(consult.Id, end.By));
        return then.Turn(WithoutConsult(state, consult, then));
    }

    /// <summary>With the matter its questions are settled.</summary>
    private static ConversationState WithoutConsults(ConversationState state, string by, Consequences then)
    {
        foreach (var consult in state.Consults)
        {
            then.Record(new ConsultEnded(consult.Id, by));
            state = WithoutConsult(state, consult, then);
        }

        return state;
    }

    private static ConversationState WithoutConsult(ConversationState state, OpenConsult consult, Consequences then)
    {
        foreach (var agent in consult.Asked)
            then.Tell(Grain.Agent(agent), new DropConsult(state.Id, consult.Id));
        return state with { Consults = state.Consults.Remove(consult) };
    }

    private static void TellAsked(ConversationState state, OpenConsult consult, Consequences then)
    {
        foreach (var agent in consult.Asked)
            then.Tell(Grain.Agent(agent), new ReceiveConsult(state.Id, consult.Id, consult.By, consult.Question, consult.At));
    }

    private static OpenConsult? FindConsult(ConversationState state, string id) => state.Consults.FirstOrDefault(each => each.Id == id);

    private static Turn<ConversationState> ConsultOver(ConversationState state) =>
        Refuse(state, "consult_over", "The question is answered or taken back already.");
}
