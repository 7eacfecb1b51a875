using System.Diagnostics;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Pipelines.Traces;
using CustomerService.Runtime.Effects;

namespace CustomerService.Bench.Profile;

/// <summary>The product's pipeline run, timed: the whole by the clock, its inside by the run's own trace.</summary>
internal sealed class TimedRun(IWorkPerformer inner, StageTimes times) : IWorkPerformer
{
    public const string Asking = "run: asking for its context";

    private const string Engine = "run: engine";
    private const string Building = "run: outcome, trace to JSON";

    public Type Handles => inner.Handles;

    public static string TaskStage(string action) => $"task: {action}";

    public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
    {
        var asked = times.Current(Asking);
        var started = Stopwatch.GetTimestamp();
        var completion = await inner.PerformAsync(origin, work, cancellation);
        var whole = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        asked = times.Current(Asking) - asked;

        if (completion is CompleteRun { Outcome.Trace: { } json })
        {
            var trace = PipelineTrace.Parse(json);
            foreach (var task in trace.Tasks)
                times.Add(TaskStage(task.Action), task.Duration);
            // Tasks that run side by side may together take longer than the run.
            times.Add(Engine, Math.Max(0, trace.Duration - trace.Tasks.Sum(task => task.Duration)));
            times.Add(Building, whole - asked - trace.Duration);
        }

        return completion;
    }
}

/// <summary>The run's way to grains, timed where it asks for its context.</summary>
internal sealed class TimedAsking(IGrainClient inner, StageTimes times) : IGrainClient
{
    public async ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
    {
        var started = Stopwatch.GetTimestamp();
        var reply = await inner.AskAsync(grain, command, cancellation);
        if (command is GetRunContext)
            times.AddSince(TimedRun.Asking, started);
        return reply;
    }
}
