using System.Collections.Immutable;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Plans;

namespace CustomerService.Pipelines.Runs;

/// <summary>How one task ended: with a result, or with a fault.</summary>
/// <param name="Parameters">The parameters as the action got them, where AUTO ones were resolved; null: as they were.</param>
/// <param name="Models">The chat models that were used, in order.</param>
/// <param name="Note">For the trace; null: the result's own.</param>
internal sealed record TaskEnding(
    ActionResult? Result, Exception? Exception, int Attempts,
    IReadOnlyDictionary<string, object?>? Parameters = null, ImmutableArray<ModelUse> Models = default, string? Note = null)
{
    public static TaskEnding Fault(Exception exception, int attempts, ImmutableArray<ModelUse> models = default) => new(null, exception, attempts, Models: models);
}

/// <summary>Executes a run's tasks: attempts, time limit, AUTO.</summary>
internal sealed class TaskExecution(RunScope scope, IAutoResolver? auto, CancellationToken cancellation) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private CancellationTokenSource? _run;

    /// <summary>Executes a task; its fault is an ending, not an exception.</summary>
    public async ValueTask<TaskEnding> ExecuteAsync(PlannedTask task, Dictionary<string, object?> parameters)
    {
        // One for all attempts: what a failed one used was used.
        var models = new ModelLedger();
        for (var attempt = 1; ; attempt++)
        {
            var call = new ActionCall(task.Id, parameters, task.Model, scope) { Models = models, Deadline = scope.Time.GetUtcNow() + task.Timeout };
            try
            {
                if (!task.HasAuto || auto?.CanResolve(task.Model) != true)
                {
                    var result = await WithinAsync(task, token => task.Action.RunAsync(call, token));
                    return new TaskEnding(result, null, attempt, Models: models.Uses);
                }

                return await WithinAsync(task, token => WithAutoAsync(task, auto, call, attempt, token));
            }
            catch (Exception fault) when (attempt > task.OnError.Retries || RunToken().IsCancellationRequested)
            {
                return TaskEnding.Fault(fault, attempt, models.Uses);
            }
            catch (Exception)
            {
                // One more attempt, after a pause that doubles.
            }

            try
            {
                await Task.Delay(FirstPause * (1 << (attempt - 1)), scope.Time, RunToken());
            }
            catch (OperationCanceledException fault)
            {
                return TaskEnding.Fault(fault, attempt, models.Uses);
            }
        }
    }

    /// <summary>Tells running tasks that their results are no longer wanted.</summary>
    public void GiveUp()
    {
        // Not under the lock: cancelling runs what others have registered.
        RunSource().Cancel();
    }

    public void Dispose()
    {
        lock (_gate)
            _run?.Dispose();
    }

    /// <summary>Runs work within the task's time limit. Work that ends at once pays for no timer.</summary>
    private async ValueTask<T> WithinAsync<T>(PlannedTask task, Func<CancellationToken, ValueTask<T>> work)
    {
        using var attempt = new CancellationTokenSource();
        var running = work(attempt.Token);
        if (running.IsCompleted)
            return await running;

        var ending = running.AsTask();
        var run = RunToken();
        using var link = run.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), attempt);
        try
        {
            return await ending.WaitAsync(task.Timeout, scope.Time, run);
        }
        catch (Exception fault) when (!ending.IsCompleted)
        {
            // The action is told, and not waited for: it may ignore the token.
            await attempt.CancelAsync();
            _ = ending.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            if (fault is TimeoutException)
                throw new TimeoutException($"no result within {task.Timeout.TotalSeconds:0.###} s");
            throw;
        }
    }

    private static async ValueTask<TaskEnding> WithAutoAsync(PlannedTask task, IAutoResolver resolver, ActionCall call, int attempt, CancellationToken token)
    {
        var resolved = new Dictionary<string, object?>(call.Parameters, StringComparer.Ordinal);
        string? note = null;
        foreach (var (name, value) in call.Parameters)
        {
            if (value is not AutoValue left)
                continue;
            try
            {
                resolved[name] = await resolver.ResolveAsync(call, task.Action.Contract.Name, name, left.Instruction, token) ?? left;
            }
            catch (Exception fault) when (!token.IsCancellationRequested)
            {
                note = $"AUTO {name} by rule: {fault.Message}; ";
            }
        }

        var result = await task.Action.RunAsync(call with { Parameters = resolved }, token);
        return new TaskEnding(result, null, attempt, resolved, call.Models.Uses, note is null ? null : (note + result.Note).TrimEnd(' ', ';'));
    }

    /// <summary>Cancelled when the caller gives the run up, or the run fails. Made when a task first has to wait.</summary>
    private CancellationToken RunToken() => RunSource().Token;

    private CancellationTokenSource RunSource()
    {
        lock (_gate)
            return _run ??= CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    }
}
