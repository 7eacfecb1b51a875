using CustomerService.Grains.Journal;

namespace CustomerService.Runtime.Journal;

/// <summary>Finds where a journal ends, by asking it for single entries.</summary>
public static class JournalEnd
{
    private const int PageSize = 1000;

    /// <summary>The last entry's position; where it starts to look when nothing comes after. Takes about 2 log₂ n reads for n entries ahead, and one for none.</summary>
    public static async ValueTask<long> FindAsync(IJournal journal, CancellationToken cancellation, long from = 0)
    {
        var reached = from;
        var grows = true;

        // The strides grow until one finds nothing ahead, and shrink from there.
        for (var stride = 1L; stride > 0; stride = grows ? stride * 2 : stride / 2)
        {
            if (await journal.ReadAllAsync(reached + stride - 1, 1, cancellation) is [var entry])
                reached = entry.Position;
            else
                grows = false;
        }

        return reached;
    }

    /// <summary>The last entries, in their order: at most so many. Positions may have gaps, of any length in a shared store.</summary>
    public static async ValueTask<IReadOnlyList<JournalEntry>> ReadLastAsync(IJournal journal, int count, CancellationToken cancellation)
    {
        if (count == 0)
            return [];
        var end = await FindAsync(journal, cancellation);
        var start = end;
        for (long stride = count; start > 0; stride *= 2)
        {
            start = Math.Max(0, end - stride);
            if ((await journal.ReadAllAsync(start, count, cancellation)).Count == count)
                break;
        }

        var last = new Queue<JournalEntry>();
        for (var position = start; await journal.ReadAllAsync(position, PageSize, cancellation) is { Count: > 0 } page; position = page[^1].Position)
        {
            foreach (var entry in page)
            {
                last.Enqueue(entry);
                if (last.Count > count)
                    last.Dequeue();
            }

            if (page.Count < PageSize)
                break;
        }

        return [.. last];
    }
}
