using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Simulation.Chaos.Actors;

/// <summary>What agents do. They see their own desk; by the time that their click arrives it may be another.</summary>
internal static class Agents
{
    public static ImmutableArray<Deed> Deeds { get; } =
    [
        new(14, "an agent accepts", OnOffer((_, offer) => new AcceptOffer(offer.OfferId))),
        new(3, "an agent rejects", OnOffer((_, offer) => new RejectOffer(offer.OfferId, "not now"))),
        new(4, "an agent replies", OnWork((world, agent, held) => (Held(held), new SendAgentReply(agent, $"reply-{world.NextNumber()}", "I look into it.")))),
        new(5, "an agent resolves", OnWork((_, agent, held) => (Held(held), new Resolve(agent)))),
        new(2, "an agent transfers", OnWork((world, agent, held) => (Held(held), Transfer(world, agent)))),
        new(1, "an agent escalates", OnWork((_, agent, held) => (Held(held), new Escalate(agent, "too hard")))),
        new(2, "an agent puts on hold", OnWork((_, agent, held) => (Held(held), new Hold(agent)))),
        new(2, "an agent takes off hold", OnWork((_, agent, held) => (Held(held), new Unhold(agent)))),
        new(1, "an agent snoozes", OnWork((world, agent, held) => (Held(held), new Snooze(agent, world.Host.Now + world.Dice.UpTo(TimeSpan.FromMinutes(5)), "waits for the carrier")))),
        new(1, "an agent asks a colleague", OnWork((world, agent, held) => (Held(held), new Consult(agent, "Is batch 7 affected?") { Queue = world.Dice.Pick(Cast.Queues) }))),
        new(1, "an agent promises a call", OnWork((world, agent, held) => (Held(held), new RequestCallback(agent, "+49 30 1", world.Host.Now + world.Dice.UpTo(TimeSpan.FromMinutes(5)))))),
        new(3, "an agent wraps up", OnWork((_, agent, held) => (Grain.Agent(agent), new CompleteWrapUp(held.ConversationId, "done", null)))),
        new(3, "an agent reports a call back", OnWork((world, agent, held) => (Held(held), new ReportCallback(agent, world.Dice.Chance(0.5))))),
        new(5, "an agent changes presence", world => world.Send(Agent(world), new SetPresence(world.Dice.Chance(0.6) ? Presences.Available : world.Dice.Pick(Presences.All)) { WhenFree = world.Dice.Chance(0.2) })),
        new(1, "an agent takes a break or does paperwork", world => world.Send(Agent(world), new SetPresence(Presences.Available) { Activity = world.Dice.Pick(Cast.Desk.Activities).Name })),
        new(3, "an agent connects", world => Connect(world, world.Dice.Pick(Cast.Agents))),
        new(4, "an agent's connection is lost", LoseConnection),
        new(2, "an agent moves the mouse", world => world.Send(Agent(world), new SignOfLife())),
    ];

    /// <summary>Each connection has an id of its own, and can be lost only once it is there.</summary>
    public static void Connect(ChaosWorld world, string agent)
    {
        var connection = $"connection-{world.NextNumber()}";
        world.Send(Grain.Agent(agent), new ConnectionOpened(connection), reply =>
        {
            if (reply is Done)
                world.Connections.Add((agent, connection));
        });
    }

    private static void LoseConnection(ChaosWorld world)
    {
        if (world.Connections.Count == 0)
            return;
        var lost = world.Dice.Pick(world.Connections);
        world.Connections.Remove(lost);
        world.Send(Grain.Agent(lost.Agent), new ConnectionLost(lost.Connection));
    }

    private static GrainId Agent(ChaosWorld world) => Grain.Agent(world.Dice.Pick(Cast.Agents));

    private static GrainId Held(HeldConversation held) => Grain.Conversation(held.ConversationId);

    private static Transfer Transfer(ChaosWorld world, string by) => new(world.Dice.Pick(Cast.Queues), world.Dice.Below(11), "another team", by)
    {
        Warm = world.Dice.Chance(0.4),
        ToAgent = world.Dice.Chance(0.2) ? world.Dice.Pick(Cast.Agents) : null,
        Note = world.Dice.Chance(0.3) ? "is patient" : null,
    };

    private static Action<ChaosWorld> OnOffer(Func<ChaosWorld, AgentOffer, Command> click) => world =>
    {
        var agent = Agent(world);
        if (world.View<AgentView>(agent, new GetAgent()) is { Offers: { Length: > 0 } offers })
            world.Send(agent, click(world, world.Dice.Pick(offers)));
    };

    private static Action<ChaosWorld> OnWork(Func<ChaosWorld, string, HeldConversation, (GrainId Grain, Command Command)> click) => world =>
    {
        var agent = Agent(world);
        if (world.View<AgentView>(agent, new GetAgent()) is not { } desk || desk.OnDesk() is not { Length: > 0 } work)
            return;
        var (grain, command) = click(world, agent.Key, world.Dice.Pick(work));
        world.Send(grain, command);
    };
}
