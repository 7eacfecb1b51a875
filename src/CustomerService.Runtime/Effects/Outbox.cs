using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;

namespace CustomerService.Runtime.Effects;

/// <summary>
/// Brings told commands to their grains: for each telling grain one after another, in order; for different grains side by
/// side. It works outside mailboxes, so two grains that tell each other can't wait for one another.
/// </summary>
internal sealed class Outbox(Courier courier)
{
    private readonly object gate = new();
    private readonly Dictionary<GrainId, Queue<PendingEffect>> lanes = [];
    private readonly TaskTracker pumps = new();
    private int pending;
    private bool isOpen;

    /// <summary>How many tells have not arrived.</summary>
    public int Pending => Volatile.Read(ref pending);

    /// <summary>Takes note of a tell. A grain's tells must be added in their order.</summary>
    public void Add(PendingEffect tell)
    {
        Count(1);
        lock (gate)
        {
            if (lanes.TryGetValue(tell.Id.Source, out var lane))
            {
                lane.Enqueue(tell);
                return;
            }

            lanes.Add(tell.Id.Source, lane = new Queue<PendingEffect>(1));
            lane.Enqueue(tell);
            if (isOpen)
                Start(tell.Id.Source, lane);
        }
    }

    /// <summary>Begins to bring; what was added before waits for this, so that recovery can add everything first.</summary>
    public void Open()
    {
        lock (gate)
        {
            isOpen = true;
            foreach (var (source, lane) in lanes)
                Start(source, lane);
        }
    }

    /// <summary>Whether the grain has told something that has not arrived.</summary>
    public bool HasPending(GrainId source)
    {
        lock (gate)
            return lanes.ContainsKey(source);
    }

    /// <summary>Ends when no lane is being worked on: everything has arrived, or the host stops.</summary>
    public Task WhenIdleAsync() => pumps.WhenIdleAsync();

    private void Count(int tells)
    {
        Interlocked.Add(ref pending, tells);
        RuntimeInstruments.PendingTells.Add(tells);
    }

    private void Start(GrainId source, Queue<PendingEffect> lane) => pumps.Run(() => PumpAsync(source, lane));

    private async Task PumpAsync(GrainId source, Queue<PendingEffect> lane)
    {
        while (true)
        {
            PendingEffect next;
            lock (gate)
            {
                if (!lane.TryPeek(out next))
                {
                    lanes.Remove(source);
                    return;
                }
            }

            var tell = (Tell)next.Effect;
            if (!await courier.BringAsync(tell.To, tell.Command with { Id = next.Id.ToString() }))
                return;
            courier.Environment.Reached?.Invoke(TurnStep.EffectCarriedOut, source);
            courier.Finish(next.Id);
            Count(-1);
            lock (gate)
                lane.Dequeue();
        }
    }
}
