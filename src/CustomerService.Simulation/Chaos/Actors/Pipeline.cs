using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Chaos.Actors;

/// <summary>Plays the pipeline: answers, hands over, gives nothing, or fails.</summary>
internal sealed class Pipeline(ChaosWorld world) : ISimulatedPerformer
{
    public const string Away = "The model is away.";

    private static readonly MessageSignals Signals = new("en", "refund", 0.9, -0.2, [], "normal");

    public Type Handles => typeof(RunPipeline);

    public SimulatedWork Perform(GrainId origin, Work work) =>
        new(world.Dice.UpTo(TimeSpan.FromSeconds(4)), () => Finish(origin, ((RunPipeline)work).MessageId));

    private CompleteRun? Finish(GrainId origin, string messageId)
    {
        // A run asks first what it is about; one that is over has nothing to do.
        if (world.Host.Ask(origin, new GetRunContext(messageId)) is not RunContext)
            return null;
        return world.Dice.Below(20) switch
        {
            0 => throw new InvalidOperationException(Away),
            1 => new CompleteRun(messageId, Outcome()),
            < 10 => new CompleteRun(messageId, Outcome() with { Answer = Answer("It arrives tomorrow."), ResolutionType = ResolutionTypes.Automated, Log = Log(origin.Key) }),
            _ => new CompleteRun(messageId, Outcome() with { Answer = Answer("A colleague takes over."), Handoff = Handoff() }),
        };
    }

    private static RunOutcome Outcome() => new() { Signals = Signals, ResolutionType = ResolutionTypes.Human };

    private static OutgoingMessage Answer(string text) => new(text, [], []);

    private InteractionLog? Log(string conversation) => world.Dice.Chance(0.5)
        ? null
        : new InteractionLog($"t-{conversation}", "A parcel", "open", "", ImmutableDictionary<string, string>.Empty);

    private HandoffPackage Handoff()
    {
        var dice = world.Dice;
        var queue = dice.Pick(Cast.Queues);
        return new HandoffPackage(queue, dice.Below(11), "asked for a person", "Wants a refund.", dice.Chance(0.2) ? ["refunds"] : [], [])
        {
            Needs = dice.Chance(0.2) ? [new SkillNeed("refunds", 3, Required: true)] : [],
            Route = dice.Chance(0.3) ? Route(queue) : null,
            PreferredAgent = dice.Chance(0.2) ? dice.Pick(Cast.Agents) : null,
            PreferredSeconds = 30,
            Tier = dice.Pick(Cast.Tiers),
        };
    }

    /// <summary>A while in one queue, if anybody is there, and then for good in another.</summary>
    private RoutePlan Route(string first) => new("by dice",
    [
        new RouteTarget(first, TimeoutSeconds: 25, Priority: null, new SkipIf(NoAgents: true, Closed: true, Paused: true, WaitingOver: 3, WaitOverSeconds: null)),
        new RouteTarget(world.Dice.Pick(Cast.Queues), TimeoutSeconds: null, Priority: 7, SkipIf: null),
    ]);
}
