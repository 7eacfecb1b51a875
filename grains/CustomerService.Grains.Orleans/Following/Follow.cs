using CustomerService.Grains.Journal;
using CustomerService.Grains.Orleans.Wire;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans.Following;

/// <summary>
/// One grain that this process follows. What the grain pushes may come late, twice or never: every event has its sequence, and what is lacking is read
/// from the journal, so that listeners hear each event once and in order.
/// </summary>
internal sealed class Follow(GrainId grain, Follows all)
{
    private const int MaxArrived = 64;
    private const int Page = 256;

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly object gate = new();
    private readonly TaskCompletionSource established = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<WireEntries> arrived = [];
    private int holders;
    private bool isOver;
    private bool isWorking;
    private bool mustRenew;
    private bool isBehind;
    private long failedAt;
    private long renewedAt;
    private string? silo;
    private long? told;
    private long? read;

    public GrainId Grain => grain;

    /// <summary>Ends once the grain knows of this process: what happens from then on is heard of here.</summary>
    public Task Established => established.Task;

    /// <returns>False when nobody held it any more and it is over.</returns>
    public bool TryHold()
    {
        lock (gate)
        {
            if (isOver)
                return false;
            if (holders++ == 0)
                (mustRenew, renewedAt) = (true, all.Time.GetTimestamp());
        }

        Work();
        return true;
    }

    /// <returns>True when that was the last holder.</returns>
    public bool Release()
    {
        lock (gate)
            return isOver = --holders == 0;
    }

    /// <summary>A reader of this process has seen the journal up to there. Before the grain knows of us, that is from where it is to be told.</summary>
    public void SeenUpTo(long sequence)
    {
        lock (gate)
        {
            if (told is null)
                read = Math.Min(read ?? long.MaxValue, sequence);
        }
    }

    public void Arrived(WireEntries entries)
    {
        lock (gate)
        {
            if (arrived.Count < MaxArrived)
                arrived.Enqueue(entries);
            else
                isBehind = true;
        }

        Work();
    }

    /// <summary>Has the grain told again who follows it.</summary>
    public void Renew()
    {
        lock (gate)
            mustRenew = true;
        Work();
    }

    /// <summary>Renews when it is time to, or when the grain's silo is gone.</summary>
    public void Look(IReadOnlySet<string> living)
    {
        lock (gate)
        {
            var isLost = silo is not null && !living.Contains(silo);
            mustRenew |= isLost || all.Time.GetElapsedTime(renewedAt) >= RenewEvery;
            if (isLost)
                silo = null;
        }

        Work();
    }

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
        lock (gate)
        {
            (silo, renewedAt) = (answer.Silo, all.Time.GetTimestamp());

            // At the first time: whoever listens here has read up to somewhere, or (when the grain could be reached only now) may lack the last event.
            told ??= Math.Min(read ?? long.MaxValue, failedAt == 0 ? answer.LastSequence : Math.Max(0, answer.LastSequence - 1));
            isBehind |= told < answer.LastSequence;
        }

        established.TrySetResult();
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
