using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;

namespace CustomerService.Runtime.InProcess;

/// <summary>
/// One grain in memory with the commands that wait for it. It has no thread and no timer: while commands wait, it is on the
/// thread pool once, and hands all of them to the activation as one batch.
/// </summary>
internal sealed class Mailbox(Activation activation, Action<GrainId, Ask[]> answered) : IThreadPoolWorkItem
{
    private const int MaxBatch = 128;

    private readonly object gate = new();
    private List<Ask>? waiting;
    private int unanswered;
    private bool isScheduled;
    private bool isRetired;

    /// <summary>When the last command came, as a timestamp of the host's time provider.</summary>
    public long LastAsked { get; private set; }

    /// <summary>Adds a command. It is handled after all that came before it.</summary>
    /// <returns>False when the grain has left memory meanwhile: there is, or will be, another mailbox.</returns>
    public bool TryPost(Ask ask)
    {
        lock (gate)
        {
            if (isRetired)
                return false;
            LastAsked = ask.Arrived;
            unanswered++;
            (waiting ??= new List<Ask>(1)).Add(ask);
            if (isScheduled)
                return true;
            isScheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    /// <summary>How many commands wait or are being handled.</summary>
    public int Unanswered => Volatile.Read(ref unanswered);

    /// <summary>Takes the grain out of use, unless it has something to do.</summary>
    public bool TryRetire()
    {
        lock (gate)
        {
            if (isScheduled || activation.IsUncertain)
                return false;
            return isRetired = true;
        }
    }

    public void Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        while (Take() is { Length: > 0 } batch)
        {
            try
            {
                await activation.RunAsync(batch);
            }
#pragma warning disable CA1031 // An activation throws only on a bug of ours; its askers must still get an answer.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                activation.Distrust();
                foreach (var ask in batch)
                {
                    ask.Decide(fault);
                    ask.Settle();
                }
            }

            lock (gate)
                unanswered -= batch.Length;
            answered(activation.Id, batch);
        }
    }

    private Ask[] Take()
    {
        lock (gate)
        {
            if (waiting is not { Count: > 0 })
            {
                isScheduled = false;
                // A grain at rest keeps no list.
                waiting = null;
                return [];
            }

            var count = Math.Min(waiting.Count, MaxBatch);
            var batch = waiting.GetRange(0, count).ToArray();
            waiting.RemoveRange(0, count);
            return batch;
        }
    }
}
