using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;

namespace CustomerService.Runtime.Stores;

/// <summary>One write that waits for a group; its task ends when the group is durable.</summary>
internal abstract class StoreWrite() : TaskCompletionSource<CommitOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private CommitOutcome outcome = CommitOutcome.Committed(0);

    /// <summary>A lazy write opens no group of its own: it goes with the next one, or after a short while.</summary>
    public virtual bool IsLazy => false;

    /// <summary>About how many bytes it writes.</summary>
    public virtual long Size => 100;

    /// <summary>What will be told once the group is durable.</summary>
    public void Decide(CommitOutcome decided) => outcome = decided;

    public void Acknowledge() => TrySetResult(outcome);

    public void Fail(Exception reason) => TrySetException(reason);
}

internal sealed class CommitWrite(GrainCommit commit) : StoreWrite
{
    public GrainCommit Commit => commit;

    public override long Size { get; } = commit.Size + 200;
}

internal sealed class FinishEffectWrite(EffectId effect) : StoreWrite
{
    public EffectId Effect => effect;

    public override bool IsLazy => true;
}

internal sealed class FinishAlarmWrite(StoredAlarm alarm) : StoreWrite
{
    public StoredAlarm Alarm => alarm;

    public override bool IsLazy => true;
}

internal sealed class ParkWrite(ParkedItem item) : StoreWrite
{
    public ParkedItem Item => item;

    public override long Size => 200 + item.Body.Length;
}

internal sealed class UnparkWrite(string id) : StoreWrite
{
    public string Id => id;
}

/// <summary>Writes nothing; it comes after all that came before it.</summary>
internal sealed class FlushWrite : StoreWrite;

/// <summary>Refusals that every store words the same way.</summary>
internal static class StoreRefusal
{
    public static StoreUnavailableException Closed() => new("The store is closed: the system is shutting down. Send the command again after it has started.");
}
