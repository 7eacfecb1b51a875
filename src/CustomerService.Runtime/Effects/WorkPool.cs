using System.Collections.Frozen;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.Runtime.Effects;

/// <summary>Has outside work done: the most urgent first, a bounded number at a time, again after a failure.</summary>
internal sealed class WorkPool
{
    private readonly object gate = new();
    private readonly PriorityQueue<WorkItem, (int Priority, long Order)> waiting = new();
    private readonly FrozenDictionary<Type, IWorkPerformer> performers;
    private readonly Courier courier;
    private readonly WorkLimits limits;
    private readonly CancellationToken abandoned;
    private readonly TaskTracker workers = new();
    private long added;
    private int running;
    private int busy;
    private int pausing;
    private bool isOpen;

    /// <param name="abandoned">Ends the work that runs; <see cref="Close"/> only keeps more from starting.</param>
    public WorkPool(IEnumerable<IWorkPerformer> performers, Courier courier, WorkLimits limits, CancellationToken abandoned)
    {
        this.performers = performers.ToFrozenDictionary(performer => performer.Handles);
        this.courier = courier;
        this.limits = limits;
        this.abandoned = abandoned;
    }

    /// <summary>How much waits for a worker, or for its next attempt.</summary>
    public int Backlog
    {
        get
        {
            lock (gate)
                return waiting.Count + pausing;
        }
    }

    /// <summary>How much is being done now.</summary>
    public int Running
    {
        get
        {
            lock (gate)
                return running;
        }
    }

    public void Add(PendingEffect perform)
    {
        RuntimeInstruments.PendingWork.Add(1);
        Enqueue(new WorkItem(perform, 0));
    }

    public void Open()
    {
        lock (gate)
        {
            isOpen = true;
            StartWorkers();
        }
    }

    /// <summary>Starts nothing more; what waits stays stored.</summary>
    public void Close()
    {
        lock (gate)
            isOpen = false;
    }

    /// <summary>Ends when no work runs.</summary>
    public Task WhenIdleAsync() => workers.WhenIdleAsync();

    private void Enqueue(WorkItem item)
    {
        lock (gate)
        {
            waiting.Enqueue(item, (-((Perform)item.Effect.Effect).Priority, added++));
            StartWorkers();
        }
    }

    /// <summary>One for each that waits, beside those that are at work already: they may be so for long.</summary>
    private void StartWorkers()
    {
        while (isOpen && running < limits.Workers && running - busy < waiting.Count)
        {
            running++;
            workers.Run(WorkAsync);
        }
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            WorkItem item;
            lock (gate)
            {
                if (!isOpen || !waiting.TryDequeue(out item, out _))
                {
                    running--;
                    return;
                }

                busy++;
            }

            await AttemptAsync(item);
            lock (gate)
                busy--;
        }
    }

    private async Task AttemptAsync(WorkItem item)
    {
        var perform = (Perform)item.Effect.Effect;
        var origin = item.Effect.Id.Source;
        Command? result;
        try
        {
            result = await PerformAsync(origin, perform.Work, abandoned);
        }
#pragma warning disable CA1031 // However work fails whose host gives up on it, that is no attempt of its own: it is taken up again.
        catch (Exception) when (abandoned.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return;
        }
#pragma warning disable CA1031 // Outside work fails in every way there is; each is a failed attempt.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await FailedAsync(item, perform, fault);
            return;
        }

        if (result is null)
            Finish(item);
        else
            workers.Run(() => BringResultAsync(item, result));
    }

    /// <summary>Tells the grain what came of its work. The worker does not wait for that: the next work can begin while the grain commits.</summary>
    private async Task BringResultAsync(WorkItem item, Command result)
    {
        if (await courier.BringAsync(item.Effect.Id.Source, result with { Id = item.Effect.Id.ToString() }))
            Finish(item);
    }

    /// <summary>One attempt, within its time.</summary>
    public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
    {
        if (!performers.TryGetValue(work.GetType(), out var performer))
            throw new NotSupportedException($"Nobody performs work of type {work.GetType().Name}: register an {nameof(IWorkPerformer)} for it.");

        using var late = new CancellationTokenSource(limits.TimeLimit, courier.Environment.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            // A performer that does not heed its token is left behind, so that it holds no worker for ever.
            return await performer.PerformAsync(origin, work, either.Token).AsTask().WaitAsync(either.Token);
        }
        catch (OperationCanceledException fault) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{work.GetType().Name} did not finish within {limits.TimeLimit.TotalSeconds:0.#} s.", fault);
        }
    }

    private async Task FailedAsync(WorkItem item, Perform perform, Exception fault)
    {
        // The store's troubles are not the work's: they do not use up its attempts.
        var attempts = fault is StoreUnavailableException or HostBusyException ? item.Attempts : item.Attempts + 1;
        var isHopeless = fault is NotSupportedException && !performers.ContainsKey(perform.Work.GetType());
        var origin = item.Effect.Id.Source;
        RuntimeInstruments.WorkAttemptsFailed.Add(1);
        courier.Environment.Logger.LogWarning(fault, "Attempt {Attempt} of {Attempts} at {Work} for {Grain} failed", item.Attempts + 1, limits.Attempts, perform.Work.GetType().Name, origin);
        if (attempts < limits.Attempts && !isHopeless)
        {
            PauseThenEnqueue(new WorkItem(item.Effect, attempts), Math.Max(1, attempts));
            return;
        }

        for (var failures = 1; !await courier.ParkAsync(origin, perform, fault); failures++)
        {
            await courier.PauseAsync(failures);
            if (courier.Stopping.IsCancellationRequested)
                return;
        }

        if (await courier.BringAsync(origin, new WorkFailed(perform.Work, fault.Message) { Id = item.Effect.Id.ToString() }))
            Finish(item);
    }

    /// <summary>Waits for the next attempt without holding a worker.</summary>
    private void PauseThenEnqueue(WorkItem item, int failures)
    {
        lock (gate)
            pausing++;
        _ = Task.Run(async () =>
        {
            await courier.PauseAsync(failures);
            lock (gate)
                pausing--;
            Enqueue(item);
        });
    }

    private void Finish(WorkItem item)
    {
        courier.Environment.Reached?.Invoke(TurnStep.EffectCarriedOut, item.Effect.Id.Source);
        RuntimeInstruments.PendingWork.Add(-1);
        courier.Finish(item.Effect.Id);
    }

    private readonly record struct WorkItem(PendingEffect Effect, int Attempts);
}
