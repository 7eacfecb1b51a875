using System.Threading.Channels;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
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
    StoreSharing sharing, TurnEnvironment environment, EffectCarrier carrier, Func<GrainId, CancellationToken, Task> wake, ILogger logger) : IDisposable
{
    private const int Page = 1000;
    private const int WokenAtOnce = 32;

    /// <summary>How often it looks although no host has come or gone.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Later ones are taken over by a later look.
    private static readonly TimeSpan Ahead = 3 * Interval;

    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource stopping = new();
    private HashSet<EffectId> suspects = [];
    private Task running = Task.CompletedTask;

    private ISharedGrainStore Store => sharing.Store;

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
                await LookOnceAsync(stopping.Token);
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

    private async Task LookOnceAsync(CancellationToken cancellation)
    {
        await CarryForgottenAsync(cancellation);
        if (!await Roster.RefreshAsync(cancellation))
            return;
        var living = Roster.Living.Order(StringComparer.Ordinal).ToArray();
        await TakeOverAlarmsAsync(living, cancellation);
        await WakeOrphansAsync(living, cancellation);
    }

    private async Task TakeOverAlarmsAsync(string[] living, CancellationToken cancellation)
    {
        var now = environment.Time.GetUtcNow();
        var taken = 0;
        for (var page = Page; page == Page; taken += page)
            page = await Store.TakeOverAlarmsAsync(living, now + Ahead, Page, cancellation);
        if (taken == 0)
            return;
        LogAlarms(taken);
        RuntimeInstruments.Orphans.Add(taken, new KeyValuePair<string, object?>("what", "alarm"));
        carrier.AlarmSet(now);
    }

    /// <summary>Each of the living wakes its share, so that a large inheritance is spread.</summary>
    private async Task WakeOrphansAsync(string[] living, CancellationToken cancellation)
    {
        var share = Array.IndexOf(living, Roster.Me);
        GrainId? last = null;
        IReadOnlyList<GrainId> page;
        do
        {
            page = await Store.ReadOrphansAsync(living, last, Page, cancellation);
            var mine = page.Where(grain => Lot(grain) % (uint)living.Length == share).ToArray();
            if (mine.Length > 0)
                LogGrains(mine.Length);
            await Parallel.ForEachAsync(
                mine, new ParallelOptions { MaxDegreeOfParallelism = WokenAtOnce, CancellationToken = cancellation }, async (grain, token) =>
                {
                    try
                    {
                        await wake(grain, token);
                        RuntimeInstruments.Orphans.Add(1, new KeyValuePair<string, object?>("what", "grain"));
                    }
                    catch (Exception fault) when (fault is StoreUnavailableException or HostBusyException or CommandParkedException)
                    {
                        LogNotWoken(fault, grain); // The next look finds it again.
                    }
                });
            last = page.Count > 0 ? page[^1] : last;
        }
        while (page.Count == Page);
    }

    /// <summary>What was not under way at two looks is not merely about to be.</summary>
    private async Task CarryForgottenAsync(CancellationToken cancellation)
    {
        var idle = new HashSet<EffectId>();
        EffectId? last = null;
        IReadOnlyList<StoredEffect> page;
        do
        {
            page = await Store.ReadOwnEffectsAsync(last, Page, cancellation);
            foreach (var effect in page)
            {
                last = effect.Id;
                if (carrier.IsUnderWay(effect.Id))
                    continue;
                if (!suspects.Contains(effect.Id))
                    idle.Add(effect.Id);
                else if (environment.Read(effect) is { } forgotten)
                    carrier.Adopt([forgotten]);
            }
        }
        while (page.Count == Page);
        suspects = idle;
    }

    /// <summary>The same in every process (FNV-1a).</summary>
    private static uint Lot(GrainId grain)
    {
        var lot = 2166136261u;
        foreach (var character in $"{grain.Kind}/{grain.Key}")
            lot = (lot ^ character) * 16777619;
        return lot;
    }

    [LoggerMessage(LogLevel.Information, "Took over {Count} alarms of hosts that are gone")]
    private partial void LogAlarms(int count);

    [LoggerMessage(LogLevel.Information, "Waking {Count} grains with unfinished effects of hosts that are gone")]
    private partial void LogGrains(int count);

    [LoggerMessage(LogLevel.Debug, "{Grain} could not be woken now")]
    private partial void LogNotWoken(Exception fault, GrainId grain);

    [LoggerMessage(LogLevel.Warning, "Could not look for what hosts that are gone have left; looking again soon")]
    private partial void LogFault(Exception fault);
}
