using CustomerService.Grains.Journal;
using CustomerService.Runtime.Journal;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans.Following;

/// <summary>
/// The journal in a cluster: what was is read from the store that all share; what happens to one grain now is heard of through that grain, wherever it
/// lives. <c>Subscribe(null)</c> hears of the grains that live in this process, and so of none in a process that is only a client.
/// </summary>
/// <param name="own">What this process's own grains do.</param>
internal sealed class ClusterJournal(Follows follows, JournalFeed own) : IJournal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default)
    {
        // Whoever subscribes first and then reads is to miss nothing: what is read must be what was when the grain knew of the subscriber already.
        var follow = follows.Find(grain);
        if (follow is not null)
            await EstablishedAsync(follow, cancellation);
        var page = await follows.Reader.ReadAsync(grain, afterSequence, limit, cancellation);
        follow?.SeenUpTo(page.Count > 0 ? page[^1].Sequence : afterSequence);
        return page;
    }

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
        follows.Reader.ReadAllAsync(afterPosition, limit, cancellation);

    public IDisposable Subscribe(GrainId? grain, Action<JournalEntry> onEntry) =>
        grain is { } one ? new Listening(follows.News.Subscribe(one, onEntry), follows.Hold(one)) : own.Subscribe(null, onEntry);

    /// <summary>A grain whose silo has just died can't be asked for some seconds; what was can be read meanwhile, and the rest is told later.</summary>
    private async Task EstablishedAsync(Follow follow, CancellationToken cancellation)
    {
        follow.WillBeRead();
        try
        {
            await follow.Established.WaitAsync(Patience, follows.Time, cancellation);
        }
        catch (TimeoutException)
        {
            // Then from where this read ends.
        }
    }
}

/// <summary>A listener, and the hold on the grain that it listens to.</summary>
internal sealed class Listening(IDisposable listener, IDisposable hold) : IDisposable
{
    public void Dispose()
    {
        listener.Dispose();
        hold.Dispose();
    }
}
