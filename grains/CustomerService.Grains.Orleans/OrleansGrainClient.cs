using System.Security.Cryptography;
using CustomerService.Grains.Orleans.Roster;
using CustomerService.Grains.Orleans.Wire;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using Orleans;
using Orleans.Runtime;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans;

/// <summary>Asks grains through Orleans, wherever in the cluster they live.</summary>
/// <remarks>
/// When a silo dies, its calls fail and nobody knows what came of them. Every command is known again by its key, so it is sent again, to wherever the
/// grain lives by then: once in any case, and as long as patience lasts. A call under way when a silo is found gone is not waited for any longer.
/// </remarks>
/// <param name="silos">Null where nobody watches them: then a call to a silo that died is waited for until its timeout.</param>
/// <param name="isOutside">Whether a silo may refuse the commands for load: so for what comes from outside, not for what was accepted once.</param>
public sealed class OrleansGrainClient(IGrainFactory grains, TimeProvider? time = null, SiloWatch? silos = null, bool isOutside = false) : IGrainClient
{
    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such kind of grain, or no such key.</exception>
    public async ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
    {
        var wire = WireCommand.Of(WithKey(command), isOutside);
        return (await CallAsync(grain, target => command is Query ? target.Query(wire) : target.Ask(wire), cancellation)).ToReply();
    }

    /// <summary>Brings the grain into memory, so that it takes up what it once wanted done.</summary>
    /// <exception cref="StoreUnavailableException">It could not be reached, or the store could not.</exception>
    internal Task ResumeAsync(GrainId grain, CancellationToken cancellation) => CallAsync(
        grain,
        async target =>
        {
            await target.Resume();
            return true;
        },
        cancellation);

    /// <summary>Calls the grain, again after a failure that may pass. The call must be one that may be repeated.</summary>
    private async Task<T> CallAsync<T>(GrainId grain, Func<ITurnGrain, Task<T>> call, CancellationToken cancellation)
    {
        var target = grains.TurnGrainOf(grain);
        var began = time.GetTimestamp();
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await WaitAsync(call(target), cancellation);
            }
            catch (GatewayTooBusyException busy)
            {
                throw new HostBusyException($"The cluster is too busy to take a command for {grain}: {busy.Message}", BusyPause);
            }
            catch (Exception fault) when (IsOfTheMoment(fault) && !cancellation.IsCancellationRequested)
            {
                if (failures > 1 && time.GetElapsedTime(began) > Patience)
                    throw new StoreUnavailableException($"The cluster did not answer for {grain}, so the outcome is unknown; send the command again with the same id. {fault.Message}", fault);
            }

            var pause = FirstPause * Math.Pow(2, failures - 1);
            await Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellation);
        }
    }

    /// <exception cref="OperationCanceledException">The caller waits no longer, or a silo is gone.</exception>
    private async Task<T> WaitAsync<T>(Task<T> call, CancellationToken cancellation)
    {
        var loss = silos?.NextLoss ?? CancellationToken.None;
        if (!cancellation.CanBeCanceled)
            return await call.WaitAsync(loss);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, loss);
        return await call.WaitAsync(either.Token);
    }

    /// <summary>A silo that died or leaves, a lost connection, no answer in time: elsewhere or later, it may go well.</summary>
    private static bool IsOfTheMoment(Exception fault) => fault is TimeoutException or OrleansException or OperationCanceledException or ObjectDisposedException;

    /// <summary>
    /// Some commands are known again by nothing but their id, and can be sent twice only if they have one. An id from outside that looks like an effect's is
    /// none: by those grains know what other grains told them.
    /// </summary>
    private Command WithKey(Command command)
    {
        if (command is Query)
            return command;
        if (string.IsNullOrEmpty(command.Id))
            return command with { Id = $"o-{RandomNumberGenerator.GetHexString(32, lowercase: true)}" };
        return isOutside && EffectId.TryParse(command.Id, out _) ? command with { Id = $"outside {command.Id}" } : command;
    }
}
