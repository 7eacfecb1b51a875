namespace CustomerService.Runtime.Effects;

/// <summary>Counts background tasks, so that a stop can wait for them.</summary>
internal sealed class TaskTracker
{
    private readonly object gate = new();
    private int running;
    private TaskCompletionSource? idle;

    public void Run(Func<Task> work)
    {
        Enter();
        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            finally
            {
                Leave();
            }
        });
    }

    public void Enter()
    {
        lock (gate)
            running++;
    }

    public void Leave(int count = 1)
    {
        TaskCompletionSource? ended = null;
        lock (gate)
        {
            running -= count;
            if (running == 0)
                (ended, idle) = (idle, null);
        }

        ended?.SetResult();
    }

    /// <summary>Ends at the first moment at which nothing runs.</summary>
    public Task WhenIdleAsync()
    {
        lock (gate)
        {
            if (running == 0)
                return Task.CompletedTask;
            idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return idle.Task;
        }
    }
}

internal static class TaskExtensions
{
    /// <summary>Marks a failure as seen. For ticking off: when that fails, the effect is carried out again, which changes nothing.</summary>
    public static Task Observed(this Task task) =>
        task.ContinueWith(static done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
