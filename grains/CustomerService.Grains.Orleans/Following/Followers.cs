using CustomerService.Grains.Orleans.Wire;
using CustomerService.Runtime.Journal;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans.Following;

/// <summary>Who follows one grain, each for as long as its lease. Used on the grain's own scheduler only, where the feed tells of its events too.</summary>
public sealed class Followers
{
    /// <summary>Whoever does not renew for so long is gone, and is told no more.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly Dictionary<IJournalObserver, long> renewed = [];
    private readonly List<WireEntry> news = [];
    private readonly GrainId grain;
    private readonly JournalFeed feed;
    private readonly TimeProvider time;
    private IDisposable? subscription;

    internal Followers(GrainId grain, JournalFeed feed, TimeProvider time) => (this.grain, this.feed, this.time) = (grain, feed, time);

    internal void Add(IJournalObserver follower)
    {
        renewed[follower] = time.GetTimestamp();
        subscription ??= feed.Subscribe(grain, entry => news.Add(WireEntry.Of(entry)));
    }

    internal void Remove(IJournalObserver follower)
    {
        renewed.Remove(follower);
        ListenOnlyForSomebody();
    }

    /// <summary>Tells what has happened since the last call.</summary>
    internal void TellNews()
    {
        if (news.Count == 0)
            return;
        var entries = new WireEntries { Grain = grain.ToString(), Entries = [.. news] };
        news.Clear();
        foreach (var follower in Present())
            follower.OnEntries(entries);
    }

    internal void Tell(WireHint hint)
    {
        foreach (var follower in Present())
            follower.OnHint(hint);
    }

    /// <summary>The grain leaves memory.</summary>
    internal void Leave()
    {
        TellNews();
        foreach (var follower in Present())
            follower.OnMoved(grain.ToString());
        renewed.Clear();
        ListenOnlyForSomebody();
    }

    private List<IJournalObserver> Present()
    {
        foreach (var (follower, at) in renewed)
        {
            if (time.GetElapsedTime(at) > Lease)
                renewed.Remove(follower);
        }

        ListenOnlyForSomebody();
        return [.. renewed.Keys];
    }

    private void ListenOnlyForSomebody()
    {
        if (renewed.Count > 0)
            return;
        subscription?.Dispose();
        subscription = null;
    }
}
