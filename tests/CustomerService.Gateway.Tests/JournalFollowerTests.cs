using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Tests;

public sealed class JournalFollowerTests
{
    private static readonly GrainId Conversation = Grain.Conversation("c-1");
    private readonly OneJournal _journal = new(Conversation);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_reader_of_any_pace_gets_every_event_once_and_in_order(int seed)
    {
        const int events = 5_000;
        var random = new Random(seed);
        _journal.Append(random.Next(0, 600));
        var writing = Task.Run(() =>
        {
            while (_journal.Count < events)
                _journal.Append(Math.Min(random.Next(1, 3 * JournalFollower.BufferedEvents), events - _journal.Count));
        });

        var seen = new List<long>();
        await foreach (var batch in JournalFollower.FollowAsync(_journal, Conversation, 100, CancellationToken.None))
        {
            seen.AddRange(batch.Select(entry => entry.Sequence));
            if (seed % 2 == 0)
                await Task.Yield();
            if (seen.Count >= events - 100)
                break;
        }

        await writing;
        Assert.Equal(Enumerable.Range(101, events - 100).Select(number => (long)number), seen);
        Assert.Equal(0, _journal.Subscribers);
    }

    [Fact]
    public async Task When_the_buffer_overflows_the_journal_is_read_again()
    {
        const int late = 3 * JournalFollower.BufferedEvents;
        _journal.Append(1);
        await using var feed = JournalFollower.FollowAsync(_journal, Conversation, 0, CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await feed.MoveNextAsync());
        Assert.Equal(1, feed.Current[^1].Sequence);

        // The reader is busy with its first batch while all these come.
        _journal.Append(late);
        var seen = new List<long>();
        while (seen.Count < late && await feed.MoveNextAsync())
            seen.AddRange(feed.Current.Select(entry => entry.Sequence));

        Assert.Equal(Enumerable.Range(2, late).Select(number => (long)number), seen);
    }

    [Fact]
    public async Task Live_events_need_no_reading()
    {
        await using var feed = JournalFollower.FollowAsync(_journal, Conversation, 0, CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await feed.MoveNextAsync());
        Assert.Empty(feed.Current);
        var next = feed.MoveNextAsync();
        var reads = _journal.Reads;

        _journal.Append(3);
        var seen = new List<long>();
        while (seen.Count < 3)
        {
            Assert.True(await next);
            seen.AddRange(feed.Current.Select(entry => entry.Sequence));
            if (seen.Count < 3)
                next = feed.MoveNextAsync();
        }

        Assert.Equal([1L, 2L, 3L], seen);
        Assert.Equal(reads, _journal.Reads);
    }

    [Fact]
    public async Task Cancelling_ends_it_and_its_subscription()
    {
        using var cancelled = new CancellationTokenSource();
        var following = Task.Run(async () =>
        {
            await foreach (var _ in JournalFollower.FollowAsync(_journal, Conversation, 0, cancelled.Token))
                await cancelled.CancelAsync();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.Equal(0, _journal.Subscribers);
    }
}
