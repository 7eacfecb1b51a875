using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Agents;

// Colleagues' questions: they lie on the desk and take no room there.
public sealed partial class AgentBehaviour
{
    private static Turn<AgentState> Receive(AgentState state, ReceiveConsult asked)
    {
        if (!state.Configured || Find(state, asked.ConversationId, asked.ConsultId) is not null)
            return Turn.Unchanged(state, Reply.Done);

        var question = new AskedQuestion(asked.ConversationId, asked.ConsultId, asked.By, asked.Question, asked.At);
        return Turn.Of(
            state with { Consults = [.. state.Consults.TakeLast(AgentState.MaxConsults - 1), question] }, Reply.Done,
            new Record(new ConsultReceived(asked.ConversationId, asked.ConsultId, asked.By)));
    }

    private static Turn<AgentState> Drop(AgentState state, DropConsult drop) => Find(state, drop.ConversationId, drop.ConsultId) is { } question
        ? Turn.Of(state with { Consults = state.Consults.Remove(question) }, Reply.Done, new Record(new ConsultLeft(drop.ConversationId, drop.ConsultId)))
        : Turn.Unchanged(state, Reply.Done);

    private static AskedQuestion? Find(AgentState state, string conversation, string consult) =>
        state.Consults.FirstOrDefault(each => each.ConversationId == conversation && each.ConsultId == consult);
}
