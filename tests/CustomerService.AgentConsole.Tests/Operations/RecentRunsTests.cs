using System.Collections.Immutable;
using CustomerService.AgentConsole.Operations;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Pipelines.Traces;

namespace CustomerService.AgentConsole.Tests.Operations;

public sealed class RecentRunsTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_slowest_task_comes_first_with_how_often_it_ran_and_failed()
    {
        var runs = await RecentRuns.ReadAsync(new ListedJournal(
            Run(1, Task("search", 2_000, TaskOutcome.Done), Task("send", 1_000, TaskOutcome.Done)),
            Run(2, Task("search", 40_000, TaskOutcome.Failed), Task("send", 0, TaskOutcome.NotRun)),
            new JournalEntry(3, Grain.Conversation("c"), 3, At, new RunFailed("m", "chat", 2, "gone"))));

        Assert.Equal([3L, 2, 1], runs.Select(run => run.At == At ? run.Failure == "gone" ? 3L : run.Trace!.Duration : 0));
        Assert.Equal<TaskFigures>([new TaskFigures("search", "action_search", 2, 1, 2, 40), new TaskFigures("send", "action_send", 1, 0, 1, 1)], RecentRuns.Tasks(runs));
    }

    [Fact]
    public void A_trace_of_another_program_is_no_trace() =>
        Assert.Null(Assert.Single(RecentRuns.In([new JournalEntry(1, Grain.Conversation("c"), 1, At, new RunCompleted("m", MessageSignals.Unknown, "human", "chat", 1, """["theirs"]"""))])).Trace);

    private static JournalEntry Run(long number, params ImmutableArray<TaskTrace> tasks) => new(
        number, Grain.Conversation("c"), number, At,
        new RunCompleted("m", MessageSignals.Unknown, "automated", "chat", 0.1, new PipelineTrace("p", "1", At, number, tasks, null).ToJson()));

    private static TaskTrace Task(string id, long microseconds, TaskOutcome outcome) => new(id, $"action_{id}", outcome) { Duration = microseconds };
}
