using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Expressions;
using CustomerService.Pipelines.Plans;

namespace CustomerService.Pipelines.Traces;

/// <summary>Everything that one run did, task by task: kept as JSON with the message, printed for people.</summary>
/// <param name="Duration">Microseconds.</param>
/// <param name="Tasks">In the order of the file.</param>
/// <param name="Failure">Why the run failed; null when it is whole.</param>
public sealed record PipelineTrace(
    string Pipeline, string Version, DateTimeOffset StartedAt, long Duration, ImmutableArray<TaskTrace> Tasks, string? Failure)
{
    /// <summary>Longest text that is kept whole, in characters; of a longer one the beginning.</summary>
    public const int MaxText = 1_000;

    /// <summary>About the longest JSON, in bytes; each task has its share, and what it does not need goes to the next.</summary>
    public const int MaxBytes = 16_384;

    /// <summary>Compact JSON. What was cut says so in place: <c>… (+230 characters)</c>, <c>… (+4 more)</c>.</summary>
    /// <param name="redact">What becomes of each text; null: it stays as it is.</param>
    public string ToJson(Func<string, string>? redact = null) => TraceWriter.Write(this, redact ?? (static text => text));

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is no trace.</exception>
    public static PipelineTrace Parse(string json) => TraceReader.Read(json);

    /// <summary>The trace for people, one task a paragraph.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Pipeline} {Version} at {StartedAt:yyyy-MM-dd HH:mm:ss.fff}Z, {Milliseconds(Duration)}");
        if (Failure is not null)
            text.Append(", failed: ").Append(Failure);
        foreach (var task in Tasks)
        {
            text.Append('\n');
            task.Print(text);
        }

        return text.ToString();
    }

    internal static string Milliseconds(long microseconds) => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000.0:0.000} ms");
}

/// <summary>How a task ended.</summary>
public enum TaskOutcome
{
    Done,
    Skipped,
    Failed,

    /// <summary>The run failed before its turn came.</summary>
    NotRun,
}

/// <summary>What one task did.</summary>
public sealed record TaskTrace(string Id, string Action, TaskOutcome Outcome)
{
    internal TaskTrace(PlannedTask task, TaskOutcome outcome)
        : this(task.Id, task.Action.Contract.Name, outcome) => Task = task;

    /// <summary>Microseconds after the run's start.</summary>
    public long StartedAt { get; init; }

    /// <summary>Microseconds.</summary>
    public long Duration { get; init; }

    /// <summary>The parameters as the action got them.</summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = ImmutableDictionary<string, object?>.Empty;

    /// <summary>Null when the task gave none.</summary>
    public IReadOnlyDictionary<string, object?>? Outputs { get; init; }

    /// <summary>The chat models that it used, in order.</summary>
    public IReadOnlyList<ModelUse> Models { get; init; } = [];

    /// <summary>What decided, in the action's words.</summary>
    public string? Note { get; init; }

    /// <summary>Why it was skipped or failed.</summary>
    public string? Reason { get; init; }

    public int Attempts { get; init; } = 1;

    /// <summary>The task as planned; null in a trace that was read back.</summary>
    internal PlannedTask? Task { get; }

    public override string ToString()
    {
        var text = new StringBuilder();
        Print(text);
        return text.ToString();
    }

    internal void Print(StringBuilder text)
    {
        var outcome = Outcome == TaskOutcome.NotRun ? "not run" : Outcome.ToString().ToLowerInvariant();
        text.Append(CultureInfo.InvariantCulture, $"  {Id} ({Action}) {outcome}");
        if (Outcome is TaskOutcome.Done or TaskOutcome.Failed)
            text.Append(CultureInfo.InvariantCulture, $", +{PipelineTrace.Milliseconds(StartedAt)}, took {PipelineTrace.Milliseconds(Duration)}");
        if (Attempts > 1)
            text.Append(CultureInfo.InvariantCulture, $", {Attempts} attempts");
        if (Reason is not null)
            text.Append("\n    why: ").Append(Reason);
        if (Note is not null)
            text.Append("\n    note: ").Append(Note);
        foreach (var model in Models)
            Print(text, model);
        PrintFields(text, "<", Parameters);
        PrintFields(text, ">", Outputs ?? ImmutableDictionary<string, object?>.Empty);
    }

    private static void Print(StringBuilder text, ModelUse use)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n    model: {use.Role} = {use.Provider}/{use.Model}, {use.InputTokens} + {use.OutputTokens} tokens");
        if (use.Cost is { } cost)
            text.Append(CultureInfo.InvariantCulture, $", ${cost}");
        if (use.Seconds > 0)
            text.Append(CultureInfo.InvariantCulture, $", {use.Seconds:0.000} s");
        if (use.FirstToken is { } first)
            text.Append(CultureInfo.InvariantCulture, $" (first after {first:0.000} s)");
        if (use.Prompt is not null)
            text.Append(", prompt ").Append(use.Prompt);
        if (use.Fault is not null)
            text.Append("; ").Append(use.Fault);
        foreach (var tool in use.Tools)
            text.Append("\n      tool: ").Append(tool.Tool).Append('(').AppendJoin(", ", tool.Arguments).Append(") ").Append(tool.Outcome);
    }

    private static void PrintFields(StringBuilder text, string sign, IReadOnlyDictionary<string, object?> fields)
    {
        foreach (var (name, value) in fields)
        {
            var shown = value is AutoValue auto ? $"AUTO {auto.Instruction}" : PlainJson.Write(value);
            text.Append("\n    ").Append(sign).Append(' ').Append(name).Append(": ").Append(shown);
        }
    }
}
