using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Runs;
using CustomerService.Reporting.Following;
using CustomerService.Runtime.Effects;
using CustomerService.Silo.Composition;
using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.Silo.Running;

/// <summary>Runs the pipeline for one message: outside its conversation's turn, so that a slow model blocks nobody.</summary>
internal sealed class PipelineRunPerformer(IGrainClient grains, PipelineParts parts, SiloSettings settings, TimeProvider time) : IWorkPerformer
{
    public Type Handles => typeof(RunPipeline);

    /// <summary>With parts of its own around this way to ask grains; the application's holder keeps them.</summary>
    /// <exception cref="CommandLine.CommandFailedException">A file of the content, the model or the orders can't be used.</exception>
    public static PipelineRunPerformer Compose(IServiceProvider services, IGrainClient grains, SiloSettings settings, ISystemRecords records)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var parts = PipelineParts.Compose(grains, settings, records, services.GetRequiredService<ILoggerFactory>(), time,
            new PipelineForesight(services.GetRequiredService<Foresight>), new LaterHints(services)); // later: journal and hints come with the host that is being made
        return new PipelineRunPerformer(grains, services.GetRequiredService<PipelineHolder>().Hold(parts.Opened()), settings, time);
    }

    public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
    {
        var run = (RunPipeline)work;
        if (await grains.AskAsync(origin, new GetRunContext(run.MessageId), cancellation) is not RunContext context)
            return null; // The run is over: this is its second time, after a crash.

        var scope = new RunScope(context, time) { Redact = KeptTexts.Of(context) };
        var rules = parts.Routing.Current;
        var inputs = PipelineInputs.Of(context, settings.PipelineInputs(rules));
        var result = await parts.Runner.RunAsync(parts.Pipeline.Current, inputs, scope, cancellation);
        return new CompleteRun(run.MessageId, RunOutcomeBuilder.Build(result, scope, rules));
    }
}
