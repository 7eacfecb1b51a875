namespace CustomerService.Gateway.Staff;

/// <summary>Names of queues that exist elsewhere: a process that hosts no grains hears of none. The composition's, where there is an elsewhere.</summary>
public interface IQueueNames
{
    /// <exception cref="Grains.Turns.StoreUnavailableException">They can't be read now.</exception>
    ValueTask<IReadOnlyCollection<string>> ReadAsync(CancellationToken cancellation);
}
