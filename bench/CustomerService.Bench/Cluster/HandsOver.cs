using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;

namespace CustomerService.Bench.Cluster;

/// <summary>A pipeline by which a person has to take over, whatever was written.</summary>
internal sealed class HandsOver : IWorkPerformer
{
    public Type Handles => typeof(RunPipeline);

    public ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation) => new(new CompleteRun(((RunPipeline)work).MessageId, new RunOutcome
    {
        Signals = MessageSignals.Unknown,
        ResolutionType = ResolutionTypes.Human,
        Handoff = new HandoffPackage("general", 3, "The customer asked for a person.", "", [], []),
    }));
}
