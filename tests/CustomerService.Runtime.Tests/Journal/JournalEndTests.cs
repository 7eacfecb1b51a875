using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Runtime.Journal;
using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.Runtime.Tests.Journal;

public sealed class JournalEndTests
{
    [Theory]
    [InlineData]
    [InlineData(1L)]
    [InlineData(9L)]
    [InlineData(1L, 2L, 3L)]
    [InlineData(1L, 2L, 3L, 4L, 5L, 6L, 7L)]
    [InlineData(3L, 4L, 900L, 901L, 5000L)]
    public async Task End_IsTheLastPosition_WhateverGapsThereAre(params long[] positions) =>
        Assert.Equal(positions.LastOrDefault(), await JournalEnd.FindAsync(new ListedJournal(positions), default));

    [Fact]
    public async Task End_OfALongJournal_TakesFewReads()
    {
        var journal = new ListedJournal([.. Enumerable.Range(1, 1_000_000).Select(n => (long)n)]);

        Assert.Equal(1_000_000, await JournalEnd.FindAsync(journal, default));

        Assert.InRange(journal.Reads, 1, 45);
    }

    [Fact]
    public async Task End_ThatIsKnown_TakesOneRead()
    {
        var journal = new ListedJournal([3L, 4L, 900L]);

        Assert.Equal(900, await JournalEnd.FindAsync(journal, default, from: 900));

        Assert.Equal(1, journal.Reads);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(9)]
    public async Task Last_AreTheLastEntries_WhateverGapsThereAre(int count)
    {
        long[] positions = [3, 4, 900, 5L << 40, (5L << 40) + 1];

        var last = await JournalEnd.ReadLastAsync(new ListedJournal(positions), count, default);

        Assert.Equal(positions.TakeLast(count), last.Select(entry => entry.Position));
    }

    [Fact]
    public async Task Last_OfALongJournal_TakesFewReads()
    {
        var journal = new ListedJournal([.. Enumerable.Range(1, 1_000_000).Select(n => (long)n)]);

        var last = await JournalEnd.ReadLastAsync(journal, 50, default);

        Assert.Equal(Enumerable.Range(999_951, 50).Select(n => (long)n), last.Select(entry => entry.Position));
        Assert.InRange(journal.Reads, 1, 50);
    }

    private sealed class ListedJournal(long[] positions) : IJournal
    {
        public int Reads { get; private set; }

        public ValueTask<IReadOnlyList<JournalEntry>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellation = default)
        {
            Reads++;
            var found = Array.BinarySearch(positions, afterPosition + 1);
            return new([.. positions.Skip(found < 0 ? ~found : found).Take(limit).Select(Entry)]);
        }

        public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public IDisposable Subscribe(GrainId? grain, Action<JournalEntry> onEntry) => throw new NotSupportedException();

        private static JournalEntry Entry(long position) => new(position, Grain.Conversation("c"), position, default, new ConversationReopened());
    }
}
