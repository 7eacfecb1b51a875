using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Turns;

namespace CustomerService.Runtime.Parked;

/// <summary>What an operator may do with what failed: look, try again, or drop it.</summary>
public interface IParkedItems
{
    /// <summary>What is parked, the oldest first.</summary>
    ValueTask<IReadOnlyList<ParkedItem>> ListAsync(int limit, CancellationToken cancellation = default);

    /// <summary>Tries an item again; when it succeeds it is no longer parked.</summary>
    /// <exception cref="StoreUnavailableException">The store can't be used now; the item stays parked.</exception>
    ValueTask<ParkedRetry> RetryAsync(string id, CancellationToken cancellation = default);

    /// <summary>Forgets an item for good.</summary>
    /// <returns>False when nothing is parked under that id.</returns>
    ValueTask<bool> DropAsync(string id, CancellationToken cancellation = default);
}

/// <summary>What is parked, tried again by this process's own performers.</summary>
public sealed class ParkedItems : IParkedItems
{
    private readonly TurnEnvironment environment;
    private readonly EffectCarrier carrier;
    private readonly IGrainClient inside;

    internal ParkedItems(TurnEnvironment environment, EffectCarrier carrier, IGrainClient inside)
    {
        this.environment = environment;
        this.carrier = carrier;
        this.inside = inside;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ParkedItem>> ListAsync(int limit, CancellationToken cancellation = default) =>
        environment.Store.ReadParkedAsync(limit, cancellation);

    /// <inheritdoc/>
    public async ValueTask<ParkedRetry> RetryAsync(string id, CancellationToken cancellation = default)
    {
        if (await environment.Store.FindParkedAsync(id, cancellation) is not { } item)
            return new ParkedRetry(ParkedRetryResult.NotFound, $"Nothing is parked as {id}.");
        try
        {
            switch (environment.Format.ReadEffect(item.Body))
            {
                case Tell tell:
                    await inside.AskAsync(tell.To, tell.Command, cancellation);
                    break;
                case Perform perform:
                    await carrier.PerformOnceAsync(item.Grain, perform.Work, inside, cancellation);
                    break;
            }
        }
        catch (Exception fault) when (fault is not (StoreUnavailableException or OperationCanceledException))
        {
            return new ParkedRetry(ParkedRetryResult.StillFails, (fault.InnerException ?? fault).Message);
        }

        await environment.Store.UnparkAsync(id);
        return new ParkedRetry(ParkedRetryResult.Succeeded, $"{id} was carried out.");
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DropAsync(string id, CancellationToken cancellation = default)
    {
        if (await environment.Store.FindParkedAsync(id, cancellation) is null)
            return false;
        await environment.Store.UnparkAsync(id);
        return true;
    }
}

/// <summary>What came of trying a parked item again.</summary>
/// <param name="Message">One sentence for the operator.</param>
public readonly record struct ParkedRetry(ParkedRetryResult Result, string Message);

public enum ParkedRetryResult
{
    Succeeded,
    StillFails,
    NotFound,
}
