using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;
using Orleans;
using Orleans.Runtime;

namespace CustomerService.Grains.Orleans;

/// <summary>What is parked in the store that all share. It is tried again in the silo of its grain, where the performers are.</summary>
internal sealed class ClusterParkedItems(IGrainStore store, IGrainFactory grains) : IParkedItems
{
    public ValueTask<IReadOnlyList<ParkedItem>> ListAsync(int limit, CancellationToken cancellation = default) => store.ReadParkedAsync(limit, cancellation);

    public async ValueTask<ParkedRetry> RetryAsync(string id, CancellationToken cancellation = default)
    {
        if (await store.FindParkedAsync(id, cancellation) is not { } item)
            return new ParkedRetry(ParkedRetryResult.NotFound, $"Nothing is parked as {id}.");
        try
        {
            return (await grains.TurnGrainOf(item.Grain).RetryParked(id).WaitAsync(cancellation)).ToRetry();
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            throw new StoreUnavailableException($"The cluster did not answer, so what came of {id} is unknown; look whether it is still parked. {fault.Message}", fault);
        }
        catch (ArgumentException fault)
        {
            return new ParkedRetry(ParkedRetryResult.StillFails, fault.Message);
        }
    }

    public async ValueTask<bool> DropAsync(string id, CancellationToken cancellation = default)
    {
        if (await store.FindParkedAsync(id, cancellation) is null)
            return false;
        await store.UnparkAsync(id);
        return true;
    }
}
