using CustomerService.Grains.Journal;

namespace CustomerService.Reporting.Following;

/// <summary>Finds times in the journal, by asking it for single entries.</summary>
public static class JournalTimes
{
    /// <summary>The position before the first entry of that time or later. Positions may have gaps, of any length in a shared store.</summary>
    public static async Task<long> PositionAtAsync(IJournal journal, DateTimeOffset from, CancellationToken cancellation)
    {
        async Task<JournalEntry?> FirstAfter(long position) => await journal.ReadAllAsync(position, 1, cancellation) is [var entry] ? entry : null;

        if (await FirstAfter(0) is not { } first || first.At >= from)
            return 0;
        var (before, stride) = (first.Position, 1L);
        while (await FirstAfter(before + stride) is { } later && later.At < from)
            (before, stride) = (later.Position, stride * 2);
        for (var after = before + stride; after - before > 1;)
        {
            var middle = before + (after - before) / 2;
            if (await FirstAfter(middle) is { } entry && entry.At < from)
                before = Math.Min(Math.Max(entry.Position, middle), after - 1);
            else
                after = middle;
        }

        return before;
    }
}
