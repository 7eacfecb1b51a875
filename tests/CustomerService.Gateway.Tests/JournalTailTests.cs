using CustomerService.Gateway.Sockets;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Tests;

public sealed class JournalTailTests
{
    private static readonly GrainId Conversation = Grain.Conversation("c-1");
    private readonly OneJournal _journal = new(Conversation);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Asked_whenever_something_came_it_gives_every_event_once_and_in_order(int seed)
    {
        const int events = 5_000;
        var random = new Random(seed);
        _journal.Append(random.Next(0, 600));
        using var arrived = new SemaphoreSlim(1);
        using var tail = new JournalTail(_journal, Conversation, 100, () => arrived.Release());
        tail.Begin();
        var writing = Task.Run(() =>
        {
            while (_journal.Count < events)
                _journal.Append(Math.Min(random.Next(1, 3 * JournalTail.BufferedEvents), events - _journal.Count));
        });

        var seen = new List<long>();
        while (seen.Count < events - 100)
        {
            await arrived.WaitAsync();
            while (await tail.NextAsync(CancellationToken.None) is { Count: > 0 } batch)
                seen.AddRange(batch.Select(entry => entry.Sequence));
        }

        await writing;
        Assert.Equal(Enumerable.Range(101, events - 100).Select(number => (long)number), seen);
        Assert.Empty(await tail.NextAsync(CancellationToken.None));
        Assert.True(tail.IsCaughtUp);
    }

    [Fact]
    public async Task What_came_live_needs_no_reading()
    {
        using var tail = Begun();
        Assert.Empty(await tail.NextAsync(CancellationToken.None));
        var reads = _journal.Reads;

        _journal.Append(3);

        Assert.Equal([1, 2, 3], (await tail.NextAsync(CancellationToken.None)).Select(entry => entry.Sequence));
        Assert.Empty(await tail.NextAsync(CancellationToken.None));
        Assert.Equal(reads, _journal.Reads);
    }

    [Fact]
    public async Task More_than_it_keeps_is_read_from_the_journal()
    {
        const int many = (2 * JournalTail.BufferedEvents) + 1;
        using var tail = Begun();
        Assert.Empty(await tail.NextAsync(CancellationToken.None));
        var reads = _journal.Reads;

        _journal.Append(many);

        Assert.Equal(Enumerable.Range(1, many).Select(number => (long)number), (await tail.NextAsync(CancellationToken.None)).Select(entry => entry.Sequence));
        Assert.Empty(await tail.NextAsync(CancellationToken.None));
        Assert.Equal(reads + 1, _journal.Reads);
    }

    [Fact]
    public async Task A_long_past_comes_in_pages_and_only_after_the_last_is_it_caught_up()
    {
        _journal.Append(300);
        using var tail = Begun();

        var first = await tail.NextAsync(CancellationToken.None);
        Assert.False(tail.IsCaughtUp);
        var second = await tail.NextAsync(CancellationToken.None);

        Assert.Equal(300, first.Count + second.Count);
        Assert.True(tail.IsCaughtUp);
    }

    [Fact]
    public void Nobody_listens_after_its_end()
    {
        Begun().Dispose();

        Assert.Equal(0, _journal.Subscribers);
    }

    private JournalTail Begun()
    {
        var tail = new JournalTail(_journal, Conversation, 0, () => { });
        tail.Begin();
        return tail;
    }
}
