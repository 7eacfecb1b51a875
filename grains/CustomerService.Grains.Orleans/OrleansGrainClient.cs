using CustomerService.Grains.Orleans.Wire;
using CustomerService.Grains.Turns;
using Orleans;
using Orleans.Runtime;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans;

/// <summary>Asks grains through Orleans, wherever in the cluster they live.</summary>
public sealed class OrleansGrainClient(IGrainFactory grains) : IGrainClient
{
    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such kind of grain, or no such key.</exception>
    public async ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
    {
        var target = Find(grain);
        try
        {
            var answer = await target.Ask(WireCommand.Of(command)).WaitAsync(cancellation);
            return answer.ToReply();
        }
        catch (GatewayTooBusyException busy)
        {
            throw new HostBusyException($"The cluster is too busy to take a command for {grain}: {busy.Message}", BusyPause);
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            throw new StoreUnavailableException(
                $"The cluster did not answer for {grain}, so the outcome is unknown; send the command again with the same id. {fault.Message}", fault);
        }
    }

    private ITurnGrain Find(GrainId grain) => grain.Kind switch
    {
        GrainKinds.Address => grains.GetGrain<IAddressGrain>(grain.Key),
        GrainKinds.Agent => grains.GetGrain<IAgentGrain>(grain.Key),
        GrainKinds.Conversation => grains.GetGrain<IConversationGrain>(grain.Key),
        GrainKinds.Customer => grains.GetGrain<ICustomerGrain>(grain.Key),
        GrainKinds.Queue => grains.GetGrain<IQueueGrain>(grain.Key),
        GrainKinds.Ticket => grains.GetGrain<ITicketGrain>(grain.Key),
        _ => throw new ArgumentException($"There is no kind of grain called '{grain.Kind}'.", nameof(grain)),
    };
}
