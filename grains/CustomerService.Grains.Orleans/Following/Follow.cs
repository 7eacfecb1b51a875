using CustomerService.Grains.Orleans.Wire;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans.Following;

/// <summary>
/// One grain that this process follows. What the grain pushes may come late, twice or never: every event has its sequence, and what is lacking is read
/// from the journal, so that listeners hear each event once and in order.
/// </summary>
internal sealed partial class Follow(GrainId grain, Follows all)
{
    private const int MaxArrived = 64;

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

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
    private DateTimeOffset since;
    private string? silo;
    private long? told;
    private long? read;
    private bool isRead;

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
                (mustRenew, renewedAt, since) = (true, all.Time.GetTimestamp(), all.Time.GetUtcNow() - ClockSkew);
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

    /// <summary>A reader of this process waits for <see cref="Established"/>, and will see all that was until then.</summary>
    public void WillBeRead()
    {
        lock (gate)
            isRead = true;
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
}
