using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Expressions;
using CustomerService.Pipelines.Plans;
using CustomerService.Pipelines.Traces;

namespace CustomerService.Pipelines.Runs;

/// <summary>
/// One run: which tasks may start, what they found, how they ended. Only the loop in <see cref="RunAsync"/> touches the
/// run's state; what tasks do meanwhile reaches it as their result.
/// </summary>
internal sealed class PipelineRun : IDisposable
{
    private readonly PipelinePlan _plan;
    private readonly RunScope _scope;
    private readonly CancellationToken _cancellation;
    private readonly TaskExecution _execution;
    private readonly EvaluationScope _values;
    private readonly int[] _waitsFor;
    private readonly int[] _ready;
    private readonly TaskTrace?[] _traces;
    private readonly long _startedAt;
    private int _readyEnd;
    private List<Running>? _running;
    private TaskFailure? _failure;

    public PipelineRun(
        PipelinePlan plan, IReadOnlyDictionary<string, object?> inputs, RunScope scope, IAutoResolver? auto, CancellationToken cancellation)
    {
        _plan = plan;
        _scope = scope;
        _cancellation = cancellation;
        _execution = new TaskExecution(scope, auto, cancellation);
        _values = new EvaluationScope(new object?[RootNames.FirstTask + plan.Tasks.Length], scope);
        _values.Roots[RootNames.Inputs] = inputs;
        _waitsFor = new int[plan.Tasks.Length];
        _ready = new int[plan.Tasks.Length];
        _traces = new TaskTrace?[plan.Tasks.Length];
        _startedAt = scope.Time.GetTimestamp();
    }

    public async ValueTask<PipelineResult> RunAsync()
    {
        EvaluateContext();
        foreach (var task in _plan.Tasks)
        {
            _waitsFor[task.Index] = task.Dependencies.Length;
            if (task.Dependencies.Length == 0)
                _ready[_readyEnd++] = task.Index;
        }

        var next = 0;
        while (true)
        {
            while (_failure is null && next < _readyEnd)
                Start(_plan.Tasks[_ready[next++]]);
            if (_running is not { Count: > 0 } running)
                break;
            if (_failure is not null)
                _execution.GiveUp();
            await Task.WhenAny(running.Select(one => one.Ending));
            foreach (var one in running.FindAll(one => one.Ending.IsCompleted))
            {
                running.Remove(one);
                End(one.Task, one.Parameters, one.At, await one.Ending);
            }
        }

        _cancellation.ThrowIfCancellationRequested();
        return new PipelineResult(Trace(), _failure);
    }

    public void Dispose() => _execution.Dispose();

    private void EvaluateContext()
    {
        var context = new Dictionary<string, object?>(_plan.Context.Length, StringComparer.Ordinal);
        foreach (var entry in _plan.Context)
        {
            if (TryResolve(entry, out var value) is { } fault)
                _failure = new TaskFailure("context", fault.Message, fault);
            context[entry.Name] = value;
        }

        _values.Roots[RootNames.Context] = context;
    }

    private void Start(PlannedTask task)
    {
        var at = Elapsed();
        try
        {
            if (task.Condition?.Holds(_values) == false)
            {
                Settle(task, new TaskTrace(task, TaskOutcome.Skipped) { StartedAt = at, Reason = task.Condition.Explain(_values) }, null);
                return;
            }
        }
        catch (PipelineFormatException fault)
        {
            End(task, NoParameters, at, TaskEnding.Fault(Placed(fault, task.Condition!.At), 0));
            return;
        }

        var parameters = new Dictionary<string, object?>(task.Parameters.Length, StringComparer.Ordinal);
        foreach (var parameter in task.Parameters)
        {
            if (TryResolve(parameter, out var value) is { } fault)
            {
                End(task, parameters, at, TaskEnding.Fault(fault, 0));
                return;
            }

            parameters[parameter.Name] = value;
        }

        var ending = _execution.ExecuteAsync(task, parameters);
        if (ending.IsCompletedSuccessfully)
            End(task, parameters, at, ending.Result);
        else
            (_running ??= []).Add(new Running(task, parameters, at, ending.AsTask()));
    }

    private void End(PlannedTask task, Dictionary<string, object?> parameters, long at, TaskEnding ending)
    {
        var trace = new TaskTrace(task, ending.Exception is null ? TaskOutcome.Done : TaskOutcome.Failed)
        {
            StartedAt = at,
            Duration = Elapsed() - at,
            Parameters = ending.Parameters ?? parameters,
            Outputs = ending.Result?.Outputs,
            Models = ending.Models.IsDefaultOrEmpty ? [] : ending.Models,
            Note = ending.Note ?? ending.Result?.Note,
            Attempts = ending.Attempts,
            Reason = ending.Exception is OperationCanceledException && _failure is not null ? "given up: the run had failed" : ending.Exception?.Message,
        };
        if (ending.Exception is { } fault && !task.OnError.Continue)
            _failure ??= new TaskFailure(task.Id, $"{task.Id}: {fault.Message}", fault);
        Settle(task, trace, ending.Result is { } result ? new TaskOutputs(result.Outputs) : null);
    }

    private void Settle(PlannedTask task, TaskTrace trace, TaskOutputs? outputs)
    {
        _traces[task.Index] = trace;
        _values.Roots[task.Slot] = outputs;
        foreach (var dependent in task.Dependents)
        {
            if (--_waitsFor[dependent] == 0)
                _ready[_readyEnd++] = dependent;
        }
    }

    private PipelineFormatException? TryResolve(NamedValue named, out object? value)
    {
        try
        {
            value = named.Value.Resolve(_values);
            return null;
        }
        catch (PipelineFormatException fault)
        {
            value = null;
            return Placed(fault, named.At);
        }
    }

    private PipelineFormatException Placed(PipelineFormatException fault, SourcePosition at) =>
        new($"{_plan.File}:{at}: {fault.Problem}", fault.Fix);

    private PipelineTrace Trace()
    {
        var tasks = new TaskTrace[_traces.Length];
        for (var i = 0; i < tasks.Length; i++)
            tasks[i] = _traces[i] ?? new TaskTrace(_plan.Tasks[i], TaskOutcome.NotRun) { StartedAt = Elapsed(), Reason = "the run had failed" };
        return new PipelineTrace(_plan.Id, _plan.Version, _scope.StartedAt, Elapsed(), [.. tasks], _failure?.Reason);
    }

    /// <summary>Microseconds since the run began.</summary>
    private long Elapsed() => (long)_scope.Time.GetElapsedTime(_startedAt).TotalMicroseconds;

    private static Dictionary<string, object?> NoParameters { get; } = [];

    /// <summary>A task that has started and did not end at once.</summary>
    private sealed record Running(PlannedTask Task, Dictionary<string, object?> Parameters, long At, Task<TaskEnding> Ending);
}
