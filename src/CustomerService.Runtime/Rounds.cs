using System.Data.Common;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.Runtime;

/// <summary>
/// Work that comes round again for as long as a process lives. A round that fails ends neither the rounds after it nor the process, whatever it failed by:
/// the log says so once, and once that it goes on.
/// </summary>
/// <param name="what">What each round does, for the log: "following the floor".</param>
public sealed partial class Rounds(string what, TimeProvider time, ILogger logger)
{
    private bool _isFailing;

    /// <summary>Does a round now and then at each <paramref name="pace"/>, until stopped; then it returns.</summary>
    public async Task NowAndEachAsync(TimeSpan pace, Func<CancellationToken, Task> round, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(pace, time);
        await OnceAsync(round, stopping);
        await GoOnAsync(timer, round, stopping);
    }

    /// <summary>Does the first round after <paramref name="pace"/>, and then at each, until stopped; then it returns.</summary>
    public async Task EachAsync(TimeSpan pace, Func<CancellationToken, Task> round, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(pace, time);
        await GoOnAsync(timer, round, stopping);
    }

    /// <summary>Does one round.</summary>
    public async Task OnceAsync(Func<CancellationToken, Task> round, CancellationToken stopping)
    {
        try
        {
            await round(stopping);
            if (_isFailing)
                LogGoesOn(what);
            _isFailing = false;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Whoever stops it needs no fault for that.
        }
#pragma warning disable CA1031 // Whatever it is, the next round must come.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            if (!_isFailing)
                Tell(fault);
            _isFailing = true;
        }
    }

    private async Task GoOnAsync(PeriodicTimer timer, Func<CancellationToken, Task> round, CancellationToken stopping)
    {
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
                await OnceAsync(round, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // As above.
        }
    }

    /// <summary>A store or a server that is away is told in a sentence; of anything else, whoever mends it needs the place.</summary>
    private void Tell(Exception fault)
    {
        if (fault is StoreUnavailableException or HostBusyException or DbException or TimeoutException or IOException or UnauthorizedAccessException)
            LogAway(what, fault.Message);
        else
            LogFault(what, fault);
    }

    [LoggerMessage(LogLevel.Warning, "{What} must wait, and is tried again: {Reason}")]
    private partial void LogAway(string what, string reason);

    [LoggerMessage(LogLevel.Error, "{What} failed, and is tried again")]
    private partial void LogFault(string what, Exception fault);

    [LoggerMessage(LogLevel.Information, "{What} goes on")]
    private partial void LogGoesOn(string what);
}
