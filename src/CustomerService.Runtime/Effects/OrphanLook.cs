using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.Runtime.Effects;

/// <summary>
/// One look at what others have left, in a host that shares its store; see <see cref="OrphanWatch"/> for when it looks.
/// <list type="bullet">
/// <item>Alarms of dead hosts that are due soon become this host's own.</item>
/// <item>Grains with effects of dead hosts are woken, each by one of the living, and by whoever finds it at the next look still; the grain takes its effects
/// up, wherever it then lives.</item>
/// <item>Effects of its own that nobody here carries (their commit's answer was lost, and the grain has left) are taken up, and the clock is set for alarms
/// of its own that nobody here knows.</item>
/// </list>
/// </summary>
/// <param name="wake">Has the grain's host call <see cref="Activation.ResumeAsync"/>.</param>
internal sealed partial class OrphanLook(
    StoreSharing sharing, TurnEnvironment environment, IEffectCarrier carrier, Func<GrainId, CancellationToken, Task> wake, ILogger logger)
{
    private const int Page = 1000;
    private const int WokenAtOnce = 32;

    // Later ones are taken over by a later look.
    private static readonly TimeSpan Ahead = 3 * OrphanWatch.Interval;

    private HashSet<EffectId> suspects = [];
    private HashSet<GrainId> orphans = [];

    private ISharedGrainStore Store => sharing.Store;

    private IHostRoster Roster => sharing.Roster;

    /// <summary>Looks once. Where everything it calls answers at once, so does this.</summary>
    /// <exception cref="StoreUnavailableException">The store can't be used now.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await CarryForgottenAsync(cancellation);
        if (await Store.NextAlarmAsync(DateTimeOffset.MinValue, cancellation) is { } first)
            carrier.AlarmSet(first);
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

    /// <summary>
    /// Each of the living wakes its share, so that a large inheritance is spread. One that died before it ever looked may count as living for long: what is
    /// nobody's share, or not woken, is found at the next look.
    /// </summary>
    private async Task WakeOrphansAsync(string[] living, CancellationToken cancellation)
    {
        var share = Array.IndexOf(living, Roster.Me);
        var found = new HashSet<GrainId>();
        GrainId? last = null;
        IReadOnlyList<GrainId> page;
        do
        {
            page = await Store.ReadOrphansAsync(living, last, Page, cancellation);
            found.UnionWith(page);
            var mine = page.Where(grain => Lot(grain) % (uint)living.Length == share || orphans.Contains(grain)).ToArray();
            if (mine.Length > 0)
                LogGrains(mine.Length);
            foreach (var together in mine.Chunk(WokenAtOnce))
                await Task.WhenAll(together.Select(grain => WakeAsync(grain, cancellation)));
            last = page.Count > 0 ? page[^1] : last;
        }
        while (page.Count == Page);
        orphans = found;
    }

    private async Task WakeAsync(GrainId grain, CancellationToken cancellation)
    {
        try
        {
            await wake(grain, cancellation);
            RuntimeInstruments.Orphans.Add(1, new KeyValuePair<string, object?>("what", "grain"));
        }
        catch (Exception fault) when (fault is StoreUnavailableException or HostBusyException or CommandParkedException)
        {
            LogNotWoken(fault, grain); // The next look finds it again.
        }
    }

    /// <summary>What was not under way at two looks is not merely about to be.</summary>
    private async Task CarryForgottenAsync(CancellationToken cancellation)
    {
        var idle = new HashSet<EffectId>();
        var forgotten = new HashSet<EffectId>();
        EffectId? last = null;
        IReadOnlyList<StoredEffect> page;
        do
        {
            page = await Store.ReadOwnEffectsAsync(last, Page, cancellation);
            foreach (var effect in page)
            {
                last = effect.Id;
                if (!carrier.IsUnderWay(effect.Id))
                    (suspects.Contains(effect.Id) ? forgotten : idle).Add(effect.Id);
            }
        }
        while (page.Count == Page);
        suspects = idle;
        foreach (var ofGrain in forgotten.GroupBy(effect => effect.Source))
            await CarryForgottenAsync(ofGrain.Key, forgotten, cancellation);
    }

    /// <summary>A forgotten tell must not overtake an older one, whoever brings that: it is brought from here as well, and before.</summary>
    private async Task CarryForgottenAsync(GrainId grain, HashSet<EffectId> forgotten, CancellationToken cancellation)
    {
        var toCarry = new List<PendingEffect>();
        foreach (var effect in await Store.ReadEffectsAsync(grain, cancellation))
        {
            var isForgotten = forgotten.Contains(effect.Id);
            if ((isForgotten || effect.Owner != Roster.Me) && environment.Read(effect) is { } pending && (isForgotten || pending.Effect is Tell))
                toCarry.Add(pending);
        }

        carrier.Adopt(toCarry.ToArray());
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
}
