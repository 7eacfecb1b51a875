using CustomerService.Grains.Journal;
using CustomerService.Grains.Orleans.Wire;
using Microsoft.Extensions.Logging;

namespace CustomerService.Grains.Orleans.Following;

// What there is to do about a followed grain is done by one task at a time, which ends when nothing is left: to renew, to tell what arrived, to read what is lacking.
internal sealed partial class Follow
{
    private const int Page = 256;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private void Work()
    {
        lock (gate)
        {
            if (isWorking || isOver || !HasWork())
                return;
            isWorking = true;
        }

        _ = Task.Run(WorkAsync);
    }

    private bool HasWork() =>
        (failedAt == 0 || all.Time.GetElapsedTime(failedAt) >= RetryAfter) && (mustRenew || (told is not null && (isBehind || arrived.Count > 0)));

    private async Task WorkAsync()
    {
        while (true)
        {
            bool renews;
            WireEntries? entries = null;
            lock (gate)
            {
                if (isOver || !HasWork())
                {
                    isWorking = false;
                    return;
                }

                renews = mustRenew;
                mustRenew = false;
                if (!renews && !isBehind)
                    entries = arrived.Dequeue();
            }

            try
            {
                if (renews)
                    await RenewAsync();
                else if (entries is not null)
                    await TellAsync(entries);
                else
                    await CatchUpAsync();
                failedAt = 0;
            }
#pragma warning disable CA1031 // The cluster or the store has its troubles: it is tried again soon.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                all.Logger.LogDebug(fault, "{Grain} can't be followed now", grain);
                lock (gate)
                {
                    mustRenew |= renews;
                    isBehind |= !renews;
                    failedAt = all.Time.GetTimestamp();
                }
            }
        }
    }

    private async Task RenewAsync()
    {
        var answer = await all.FollowAsync(grain);
        var from = told ?? await FirstAsync(answer.LastSequence);
        lock (gate)
        {
            (silo, renewedAt) = (answer.Silo, all.Time.GetTimestamp());
            told ??= Math.Min(read ?? long.MaxValue, from);
            isBehind |= told < answer.LastSequence;
        }

        established.TrySetResult();
    }

    /// <summary>
    /// After which event listeners are told, at the first time. A reader sees for itself what was. Whoever only listens is told what has happened since it
    /// began to, which the grain did not know yet; and rather something from before, as machines' clocks differ.
    /// </summary>
    private async ValueTask<long> FirstAsync(long last)
    {
        if (isRead && failedAt == 0)
            return last;
        var recent = await all.Reader.ReadAsync(grain, Math.Max(0, last - MaxArrived), MaxArrived);
        return recent.FirstOrDefault(entry => entry.At >= since)?.Sequence - 1 ?? last;
    }

    private async Task TellAsync(WireEntries entries)
    {
        foreach (var entry in entries.Entries)
        {
            if (entry.Sequence > told + 1)
                await CatchUpAsync();
            if (entry.Sequence == told + 1)
                Tell(entry.ToEntry(grain));
        }
    }

    private async Task CatchUpAsync()
    {
        lock (gate)
            isBehind = false;
        IReadOnlyList<JournalEntry> page;
        do
        {
            page = await all.Reader.ReadAsync(grain, told ?? 0, Page);
            foreach (var entry in page)
                Tell(entry);
        }
        while (page.Count == Page);
    }

    private void Tell(JournalEntry entry)
    {
        told = entry.Sequence;
        all.News.Publish(entry);
    }
}
