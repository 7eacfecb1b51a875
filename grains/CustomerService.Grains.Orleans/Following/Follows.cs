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
    private readonly ConcurrentDictionary<GrainId, Follow> follows = new();
    private readonly IGrainFactory grains;
    private readonly Lazy<IJournalObserver> me;
    private readonly SiloWatch silos;

    public Follows(IGrainFactory grains, SiloWatch silos, JournalReader reader, TimeProvider time, ILogger<Follows> logger)
    {
        (this.grains, this.silos) = (grains, silos);
        Reader = reader;
        Time = time;
        Logger = logger;
        News = new JournalFeed(logger);
        me = new Lazy<IJournalObserver>(() => grains.CreateObjectReference<IJournalObserver>(this));
        silos.Looked += Look;
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

    public void Dispose() => silos.Looked -= Look;

    internal Task<WireFollowed> FollowAsync(GrainId grain) => grains.TurnGrainOf(grain).Follow(me.Value);

    /// <summary>Renews what is due, and what lived in a silo that is gone.</summary>
    private void Look()
    {
        foreach (var follow in follows.Values)
            follow.Look(silos.Living);
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
