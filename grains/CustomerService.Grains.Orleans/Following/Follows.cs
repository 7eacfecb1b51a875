using System.Collections.Concurrent;
using CustomerService.Grains.Orleans.Roster;
using CustomerService.Grains.Orleans.Wire;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Stores;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans.Following;

/// <summary>
/// Which grains this process follows, wherever they live: each once, however many listen here. It renews in time, and at once when a grain moves or the
/// silo in which it lived is gone.
/// </summary>
internal sealed class Follows : IJournalObserver, IDisposable
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RosterPatience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<GrainId, Follow> follows = new();
    private readonly IGrainFactory grains;
    private readonly Lazy<IJournalObserver> me;
    private readonly ITimer timer;
    private int isLooking;

    public Follows(IGrainFactory grains, JournalReader reader, TimeProvider time, ILogger<Follows> logger)
    {
        this.grains = grains;
        Reader = reader;
        Time = time;
        Logger = logger;
        News = new JournalFeed(logger);
        me = new Lazy<IJournalObserver>(() => grains.CreateObjectReference<IJournalObserver>(this));
        timer = time.CreateTimer(_ => _ = LookAsync(), null, LookPeriod, LookPeriod);
    }

    /// <summary>What happens to the grains that are followed, each grain's events in order and without gaps.</summary>
    public JournalFeed News { get; }

    /// <summary>Signs about the grains that are followed.</summary>
    public InProcessHints Hints { get; } = new();

    public JournalReader Reader { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    /// <summary>Follows the grain until disposed.</summary>
    public IDisposable Hold(GrainId grain)
    {
        while (true)
        {
            var follow = follows.GetOrAdd(grain, static (grain, all) => new Follow(grain, all), this);
            if (follow.TryHold())
                return new Held(this, follow);
        }
    }

    public Follow? Find(GrainId grain) => follows.GetValueOrDefault(grain);

    public void OnEntries(WireEntries entries) => Find(GrainId.Parse(entries.Grain))?.Arrived(entries);

    public void OnHint(WireHint hint) => Hints.Send(GrainId.Parse(hint.Grain), hint.Hint);

    public void OnMoved(string grain) => Find(GrainId.Parse(grain))?.Renew();

    public void Dispose() => timer.Dispose();

    internal Task<WireFollowed> FollowAsync(GrainId grain) => grains.TurnGrainOf(grain).Follow(me.Value);

    /// <summary>Renews what is due, and what lived in a silo that is gone.</summary>
    private async Task LookAsync()
    {
        if (follows.IsEmpty || Interlocked.Exchange(ref isLooking, 1) != 0)
            return;
        try
        {
            var living = await LivingAsync();
            foreach (var follow in follows.Values)
                follow.Look(living);
        }
        finally
        {
            Volatile.Write(ref isLooking, 0);
        }
    }

    /// <returns>Null when nobody can say now.</returns>
    private async Task<HashSet<string>?> LivingAsync()
    {
        try
        {
            var roster = await grains.GetGrain<IRosterGrain>(0).Look().WaitAsync(RosterPatience, Time);
            return roster.Members.Where(member => member.Status != nameof(SiloStatus.Dead)).Select(member => member.Silo).ToHashSet(StringComparer.Ordinal);
        }
#pragma warning disable CA1031 // Without a connection to the cluster nothing can be done; the next look may have one.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Logger.LogDebug(fault, "The cluster does not say who lives");
            return null;
        }
    }

    private void Release(Follow follow)
    {
        if (!follow.Release())
            return;
        try
        {
            // Before it is forgotten here: whoever follows the grain anew must be heard after this.
            grains.TurnGrainOf(follow.Grain).Unfollow(me.Value).Ignore();
        }
        catch (Exception fault) when (fault is OrleansException or InvalidOperationException)
        {
            // There is no connection to the cluster; the lease ends by itself.
        }
        finally
        {
            follows.TryRemove(KeyValuePair.Create(follow.Grain, follow));
        }
    }

    private sealed class Held(Follows all, Follow follow) : IDisposable
    {
        private int released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref released, 1) == 0)
                all.Release(follow);
        }
    }
}
