using CustomerService.AgentConsole.Layout;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using Radzen;

namespace CustomerService.AgentConsole.Floor;

/// <summary>Gives conversations to another queue or agent, in a supervisor's name.</summary>
internal sealed class GivingAway(Acting acting, DialogService dialogs)
{
    /// <summary>Asks where to, and does it.</summary>
    /// <param name="from">The queue where it is now; null: in none.</param>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> AskAndGiveAsync(Me me, string conversationId, string? from)
    {
        var parameters = new Dictionary<string, object?> { [nameof(GiveDialog.Me)] = me, [nameof(GiveDialog.From)] = from };
        return await dialogs.OpenAsync<GiveDialog>(me.Words["floor.give"], parameters) is Transfer transfer
            && await acting.DoAsync(me, Grain.Conversation(conversationId), transfer);
    }

    /// <summary>Puts all that lies on an agent's desk back into its queues, each with its place kept; others go first there.</summary>
    /// <returns>How many went.</returns>
    public async Task<int> MoveAllAsync(Me me, AgentOnFloor agent, string reason)
    {
        var moved = 0;
        foreach (var work in agent.Work.Where(work => !work.WrappingUp))
        {
            var queue = work.Queue ?? agent.Queues.FirstOrDefault() ?? Grains.Queues.QueueNames.General;
            if (await acting.DoAsync(me, Grain.Conversation(work.ConversationId), new Transfer(queue, 0, reason, me.Member.Id) { KeepPriority = true }))
                moved++;
        }

        return moved;
    }
}
