using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Pipelines.Traces;
using CustomerService.Runtime.Journal;

namespace CustomerService.AgentConsole.Operations;

/// <summary>One run of a pipeline as its trace tells, without what customers wrote.</summary>
/// <param name="Trace">Null: it failed before there was one, or another program wrote it.</param>
/// <param name="Failure">Why it failed; null: it did not.</param>
internal sealed record RecentRun(string ConversationId, DateTimeOffset At, string Outcome, double Seconds, PipelineTrace? Trace, string? Failure);

/// <summary>How one task did over several runs.</summary>
/// <param name="Runs">In how many it ran.</param>
internal sealed record TaskFigures(string Id, string Action, int Runs, int Failed, double P50Milliseconds, double P99Milliseconds);

/// <summary>The last runs of pipelines, out of the journal: the same wherever the pipelines run.</summary>
internal static class RecentRuns
{
    /// <summary>So many of the journal's last events are looked through.</summary>
    public const int Events = 4_000;

    public static async ValueTask<ImmutableArray<RecentRun>> ReadAsync(IJournal journal, CancellationToken cancellation = default) =>
        In(await JournalEnd.ReadLastAsync(journal, Events, cancellation));

    /// <summary>The runs among these events, the newest first.</summary>
    public static ImmutableArray<RecentRun> In(IEnumerable<JournalEntry> entries) => [.. entries.Select(Run).OfType<RecentRun>().Reverse()];

    /// <summary>Each task of these runs, the slowest first.</summary>
    public static ImmutableArray<TaskFigures> Tasks(IEnumerable<RecentRun> runs) =>
    [
        .. from task in runs.SelectMany(run => run.Trace?.Tasks ?? [])
           where task.Outcome is TaskOutcome.Done or TaskOutcome.Failed
           group task by (task.Id, task.Action) into same
           let times = same.Select(task => task.Duration / 1000.0).Order().ToArray()
           let figures = new TaskFigures(same.Key.Id, same.Key.Action, times.Length, same.Count(task => task.Outcome == TaskOutcome.Failed), At(times, 0.5), At(times, 0.99))
           orderby figures.P99Milliseconds descending, figures.Id
           select figures,
    ];

    private static double At(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];

    private static RecentRun? Run(JournalEntry entry) => entry.Event switch
    {
        RunCompleted run when Parse(run.Trace) is var trace => new RecentRun(entry.Grain.Key, entry.At, run.ResolutionType, run.Seconds, trace, trace?.Failure),
        RunFailed run => new RecentRun(entry.Grain.Key, entry.At, ResolutionTypes.ErrorFallback, run.Seconds, null, run.Reason),
        _ => null,
    };

    private static PipelineTrace? Parse(string? trace)
    {
        try
        {
            return trace is null ? null : PipelineTrace.Parse(trace);
        }
        catch (JsonException)
        {
            return null; // What another program wrote is not read as ours.
        }
    }
}
