using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.Runtime.Effects;

/// <summary>Brings one command to its grain, however often that takes.</summary>
internal sealed class Courier(IGrainClient inside, Backoff backoff, CancellationToken stopping)
{
    /// <summary>Ended when the host stops. What is under way then stays stored, and is carried out after the next start.</summary>
    public CancellationToken Stopping => stopping;

    public required TurnEnvironment Environment { get; init; }

    /// <summary>Kept only where others might take up an effect that is under way here; else null.</summary>
    public EffectsUnderWay? UnderWay { get; init; }

    /// <summary>Ticks off an effect that was carried out; when that fails it is carried out again, which changes nothing.</summary>
    public void Finish(EffectId effect)
    {
        var ticked = Environment.Store.FinishAsync(effect);
        _ = ticked.Observed();
        if (UnderWay is { } underWay)
            _ = ticked.ContinueWith((_, _) => underWay.Remove(effect), null, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>
    /// Returns when the grain has handled the command (or it was parked), or with false when the host stops first.
    /// A refusal is an answer: the grain has decided.
    /// </summary>
    public async ValueTask<bool> BringAsync(GrainId to, Command command)
    {
        for (var failures = 1; !stopping.IsCancellationRequested; failures++)
        {
            try
            {
                // Not given up half-way when the host stops: every ask is answered soon, if only by a failing store.
                await inside.AskAsync(to, command, CancellationToken.None);
                return true;
            }
            catch (CommandParkedException)
            {
                return true;
            }
            catch (Exception fault) when (fault is StoreUnavailableException or HostBusyException)
            {
                await PauseAsync(failures);
            }
#pragma warning disable CA1031 // A command that can't even be put to its grain must not hold up what comes after it.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                if (await ParkAsync(to, new Tell(to, command), fault))
                    return true;
                await PauseAsync(failures);
            }
        }

        return false;
    }

    /// <returns>False when it could not be kept now.</returns>
    public async ValueTask<bool> ParkAsync(GrainId grain, Effect effect, Exception fault)
    {
        try
        {
            await Environment.ParkAsync(grain, effect, fault);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
        catch (NotSupportedException unwritable)
        {
            Environment.Logger.LogCritical(unwritable, "A command to {Grain} is lost: it can be neither handled nor stored", grain);
            return true;
        }
    }

    /// <summary>Waits for longer after each failure; returns at once when the host stops.</summary>
    public async ValueTask PauseAsync(int failures)
    {
        try
        {
            await Task.Delay(backoff.After(failures), Environment.Time, stopping);
        }
        catch (OperationCanceledException)
        {
            // The caller looks at the same token.
        }
    }
}
