using CustomerService.Grains.Conversations;

namespace CustomerService.Grains.Queues;

// Colleagues for a question: those who have most room, as they are least disturbed by it.
public sealed partial class QueueBehaviour
{
    private static void FindFor(QueueTurn turn, FindColleagues find) => turn.TellConversation(find.ConversationId, new NoteColleagues(find.ConsultId,
    [
        .. turn.Floor.Agents.Where(agent => agent.IsThere && agent.Id != find.Except)
            .OrderByDescending(agent => agent.FreeUnits).ThenBy(agent => agent.IdleSince).ThenBy(agent => agent.Id, StringComparer.Ordinal)
            .Take(FindColleagues.Most).Select(agent => agent.Id),
    ]));
}
