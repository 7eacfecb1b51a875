using System.Threading.Channels;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.Runtime.Effects;

/// <summary>
/// In a host that shares its store: sees to it that what was committed is carried out, whoever dies. It looks when a host has come or gone, and every
/// few seconds.
/// <list type="bullet">
/// <item>Alarms of dead hosts that are due soon become this host's own.</item>
/// <item>Grains with effects of dead hosts are woken, each by one of the living; the grain takes its effects up, wherever it then lives.</item>
/// <item>Effects of its own that nobody here carries (their commit's answer was lost, and the grain has left) are taken up.</item>
/// </list>
/// </summary>
/// <param name="wake">Has the grain's host call <see cref="Activation.ResumeAsync"/>.</param>
public sealed partial class OrphanWatch(
    StoreSharing sharing, TurnEnvironment environment, IEffectCarrier carrier, Func<GrainId, CancellationToken, Task> wake, ILogger logger) : IDisposable
{
    /// <summary>How often it looks although no host has come or gone.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource stopping = new();
    private readonly OrphanLook look = new(sharing, environment, carrier, wake, logger);
    private Task running = Task.CompletedTask;

    private IHostRoster Roster => sharing.Roster;

    public void Start()
    {
        Roster.Changed += Look;
        running = Task.Run(RunAsync);
    }

    public async Task StopAsync()
    {
        Roster.Changed -= Look;
        await stopping.CancelAsync();
        await running;
    }

    public void Dispose()
    {
        Roster.Changed -= Look;
        stopping.Cancel();
        stopping.Dispose();
    }

    private void Look() => news.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await look.RunAsync(stopping.Token);
                await WaitAsync(stopping.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever goes wrong, the next look may go well; without looks a dead host's work would stay.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                LogFault(fault);
                await Task.Delay(Interval, environment.Time, stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        }
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(Interval, environment.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            await news.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // It is time anyway.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not look for what hosts that are gone have left; looking again soon")]
    private partial void LogFault(Exception fault);
}
