using System.Collections.Concurrent;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.MailThreads;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;

namespace CustomerService.Tests.Scenarios;

/// <summary>Stands in for who clears away what lies beside an erased conversation: here no other has its mails and its address.</summary>
public sealed class ScriptedClearing
{
    private readonly ConcurrentDictionary<string, ClearAway> cleared = new();

    /// <summary>What was cleared away of a conversation last; null: nothing.</summary>
    public ClearAway? Of(GrainId conversation) => cleared.GetValueOrDefault(conversation.Key);

    /// <summary>One that works in a host which asks grains in this way.</summary>
    public IWorkPerformer WorkingFor(IGrainClient grains) => new Performer(this, grains);

    private sealed class Performer(ScriptedClearing clearing, IGrainClient grains) : IWorkPerformer
    {
        public Type Handles => typeof(ClearAway);

        public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
        {
            var clear = (ClearAway)work;
            foreach (var mail in clear.Mails)
                await grains.AskAsync(Grain.MailThread(mail), new ForgetMail(), cancellation);
            await grains.AskAsync(Grain.Address(clear.Channel, clear.Address), new ForgetAddress(), cancellation);
            clearing.cleared[clear.ConversationId] = clear;
            return null;
        }
    }
}
