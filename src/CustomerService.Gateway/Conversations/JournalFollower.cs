using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Conversations;

/// <summary>Follows one grain's journal without loss or repetition, however slow the reader is.</summary>
/// <remarks>
/// It subscribes first and reads what was afterwards, so nothing falls between the two; what comes twice is known by its
/// sequence. Live events wait in a small buffer that forgets its oldest when it is full. Sequences have no gaps, so the
/// reader notices that and reads the journal again from where it stood: a slow reader costs memory for a few events only.
/// </remarks>
internal static class JournalFollower
{
    internal const int BufferedEvents = 64;
    private const int PageLength = 256;

    /// <summary>The events after a sequence, in batches as they come, until cancelled. An empty batch says: this is all there is so far.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<JournalEntry>> FollowAsync(
        IJournal journal, GrainId grain, long afterSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var live = Channel.CreateBounded<JournalEntry>(new BoundedChannelOptions(BufferedEvents)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });
        using var subscription = journal.Subscribe(grain, entry => live.Writer.TryWrite(entry));

        var cursor = afterSequence;
        while (true)
        {
            IReadOnlyList<JournalEntry> page;
            do
            {
                page = await journal.ReadAsync(grain, cursor, PageLength, cancellation);
                if (page.Count > 0)
                {
                    cursor = page[^1].Sequence;
                    yield return page;
                }
            }
            while (page.Count == PageLength);
            yield return [];

            var gap = false;
            while (!gap && await live.Reader.WaitToReadAsync(cancellation))
            {
                var batch = new List<JournalEntry>();
                while (!gap && live.Reader.TryRead(out var entry))
                {
                    if (entry.Sequence == cursor + 1)
                    {
                        batch.Add(entry);
                        cursor = entry.Sequence;
                    }
                    else
                    {
                        gap = entry.Sequence > cursor;
                    }
                }

                if (batch.Count > 0)
                    yield return batch;
            }
        }
    }
}
