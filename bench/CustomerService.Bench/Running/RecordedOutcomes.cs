using System.Collections.Concurrent;
using System.Collections.Immutable;
using CustomerService.Bench.Traffic;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;

namespace CustomerService.Bench.Running;

/// <summary>
/// Answers at once, with what the real pipeline made of real texts before: states come out as they would, in a fraction of the
/// time. Traces are left out, since they go to the journal and not into any state.
/// </summary>
internal sealed class RecordedOutcomes(ImmutableArray<RunOutcome> outcomes) : IWorkPerformer
{
    private int _next;

    public Type Handles => typeof(RunPipeline);

    /// <summary>Has the pipeline answer every text of the corpus that it answers.</summary>
    public static async Task<(CustomerTexts Texts, RecordedOutcomes Performer)> RecordAsync()
    {
        var recorded = new ConcurrentQueue<RunOutcome>();
        await using var system = await BenchSystem.StartAsync(new BenchOptions { Performer = own => new Recorder(own, recorded) });
        var texts = await CustomerTexts.SortAsync(system);
        return (texts, new RecordedOutcomes([.. recorded.Where(outcome => outcome.Handoff is null).Select(outcome => outcome with { Trace = null })]));
    }

    public ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
    {
        var run = (RunPipeline)work;
        var outcome = outcomes[(int)((uint)Interlocked.Increment(ref _next) % outcomes.Length)];
        // Each conversation has a ticket and a customer of its own; an empty customer means the conversation's.
        if (outcome.Log is { } log)
            outcome = outcome with { Log = log with { TicketId = $"T-{run.ConversationId}", CustomerId = "" } };
        return new ValueTask<Command?>(new CompleteRun(run.MessageId, outcome));
    }

    private sealed class Recorder(IWorkPerformer inner, ConcurrentQueue<RunOutcome> recorded) : IWorkPerformer
    {
        public Type Handles => inner.Handles;

        public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
        {
            var completion = await inner.PerformAsync(origin, work, cancellation);
            if (completion is CompleteRun { Outcome: var outcome })
                recorded.Enqueue(outcome);
            return completion;
        }
    }
}
