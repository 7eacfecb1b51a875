using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// What happens between two messages of the customer: questions of our own accord, and the calls of other programs.
public sealed partial class ConversationBehaviour
{
    private static Turn<ConversationState> PutQuestion(ConversationState state, PutQuestion question, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        if (state.Status.IsSettled())
            return AlreadySettled(state);
        if (state.Status != ConversationStatus.Assistant)
            return Refuse(state, "with_people", "People have the conversation: what is to be done is theirs to ask.");
        if (!state.Waiting.IsEmpty)
            return Refuse(state, "run_in_progress", "The customer's last message is being answered; ask when that is done.");
        if (state.Pending is not null || state.Procedure?.AwaitsYesTo is not null)
            return Refuse(state, "question_open", "The customer was asked something and has not answered; ask when they have.");

        var next = Send(state, $"question:{state.LastSequence + 1}", inReplyTo: null, question.Question, then);
        return then.Turn(next with { Procedure = question.Procedure, Pending = question.Pending });
    }

    private static Turn<ConversationState> NoteToolCall(ConversationState state, NoteToolCall call, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return NoSuchConversation(state);
        then.Record(new ToolCalled(call.By, call.Tool, call.Outcome));
        return then.Turn(state);
    }
}
