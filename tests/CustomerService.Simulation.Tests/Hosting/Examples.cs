using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Tests.Hosting;

/// <summary>Parts of simulations that tests need often.</summary>
internal static class Examples
{
    public static RunOutcome HandedOff { get; } = new()
    {
        Answer = new OutgoingMessage("A colleague takes over.", [], []),
        Handoff = new HandoffPackage(QueueNames.General, 3, "asked for a person", "Wants a refund.", [], []),
        Signals = MessageSignals.Unknown,
        ResolutionType = ResolutionTypes.Human,
    };

    public static ReceiveMessage Message(string conversation, string id = "m-1") =>
        new(new Interaction(id, ChannelNames.Chat, $"visitor of {conversation}", "Where is my parcel?", DateTimeOffset.UnixEpoch));

    public static void AgentComes(SimulatedHost host, string agent, int capacity = 2)
    {
        host.Ask(Grain.Agent(agent), new ConfigureAgent(agent, [QueueNames.General], [], capacity));
        host.Ask(Grain.Agent(agent), new SetPresence(Presences.Available));
    }

    /// <summary>Hands every message over after a second.</summary>
    public sealed class HandingOver : ISimulatedPerformer
    {
        public Type Handles => typeof(RunPipeline);

        public SimulatedWork Perform(GrainId origin, Work work) =>
            new(TimeSpan.FromSeconds(1), () => new CompleteRun(((RunPipeline)work).MessageId, HandedOff));
    }
}
