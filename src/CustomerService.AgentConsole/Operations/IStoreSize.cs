namespace CustomerService.AgentConsole.Operations;

/// <summary>How much the system's store takes. The composition's, as this page needs it.</summary>
public interface IStoreSize
{
    /// <exception cref="Grains.Turns.StoreUnavailableException">It can't be asked now.</exception>
    ValueTask<StoreSize> LookAsync(CancellationToken cancellation);
}

/// <param name="Where">The folder or the database, without secrets.</param>
/// <param name="Bytes">What grains, journal and indexes take together.</param>
/// <param name="Free">Bytes left on its disk; null: not known from here.</param>
public sealed record StoreSize(string Where, long Bytes, long? Free);
