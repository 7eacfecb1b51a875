using CustomerService.Grains.Turns;
using CustomerService.Runtime;
using CustomerService.Runtime.Turns;

namespace CustomerService.Grains.Orleans;

/// <summary>
/// The commands that wait for one grain. What comes while a commit is under way is handed to the activation as one batch, and so costs one commit.
/// All of it happens on the grain's own scheduler, one piece of code at a time; that is why there is no lock.
/// </summary>
/// <param name="batchEnded">Called after each batch, and after each errand.</param>
internal sealed class TurnMailbox(Activation activation, SiloTurns turns, Action batchEnded)
{
    private const int MaxBatch = 128;

    // Most grains in memory are at rest; those keep no lists.
    private List<Ask>? waiting;
    private Queue<(Func<ValueTask> Errand, TaskCompletionSource Done)>? errands;
    private Task running = Task.CompletedTask;

    /// <summary>How many commands wait or are being handled.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Adds a command. It is handled after all that came before it.</summary>
    public Task<Reply> AskAsync(Command command)
    {
        var ask = new Ask(command) { Arrived = turns.Time.GetTimestamp() };
        Unanswered++;
        RuntimeInstruments.Waiting.Add(1);
        (waiting ??= new List<Ask>(1)).Add(ask);
        Run();
        return ask.Task;
    }

    /// <summary>Does something with the activation while no turn runs.</summary>
    public Task BetweenTurnsAsync(Func<ValueTask> errand)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (errands ??= new(1)).Enqueue((errand, done));
        Run();
        return done.Task;
    }

    /// <summary>Ends when nothing is being handled.</summary>
    public Task WhenIdleAsync() => running;

    private void Run()
    {
        if (running.IsCompleted)
            running = RunAsync();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            if (errands?.TryDequeue(out var next) == true)
                await RunAsync(next.Errand, next.Done);
            else if (waiting is { Count: > 0 })
                await RunAsync(Take(waiting));
            else
                break;
            batchEnded();
        }

        (waiting, errands) = (null, null);
    }

    private static async Task RunAsync(Func<ValueTask> errand, TaskCompletionSource done)
    {
        try
        {
            await errand();
            done.SetResult();
        }
#pragma warning disable CA1031 // It goes to whoever sent the errand.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            done.SetException(fault);
        }
    }

    private async Task RunAsync(Ask[] batch)
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

        Unanswered -= batch.Length;
        RuntimeInstruments.Waiting.Add(-batch.Length);
        foreach (var ask in batch)
            turns.Calls.Answered(activation.Id.Kind, ask.Arrived);
    }

    private static Ask[] Take(List<Ask> waiting)
    {
        var batch = waiting.GetRange(0, Math.Min(waiting.Count, MaxBatch)).ToArray();
        waiting.RemoveRange(0, batch.Length);
        return batch;
    }
}
