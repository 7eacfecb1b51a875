using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Bench.Simulation;

/// <summary>A contact centre in virtual time: customers write, all are handed over, agents accept, answer and resolve.</summary>
internal sealed class SmallCentre
{
    private static readonly ImmutableArray<string> Queues = ["general", "billing", "returns", "technical"];
    private static readonly MessageSignals Signals = new("en", "refund", 0.9, -0.2, [], "normal");

    private readonly Dice _dice;
    private readonly int _agents;
    private int _customers;

    public SmallCentre(ulong seed, int agents, ImmutableArray<GrainKind> kinds)
    {
        _dice = new Dice(seed);
        _agents = agents;
        Host = new SimulatedHost(new SimulationSettings { Kinds = kinds, KeepsJournal = false, Performers = _ => [new Pipeline(this)] });
        Host.Journal.Subscribe(null, React);
    }

    public SimulatedHost Host { get; }

    /// <summary>Opens, and has so many customers come within the time.</summary>
    public void Run(int customers, TimeSpan time)
    {
        for (var number = 0; number < _agents; number++)
        {
            var agent = Grain.Agent(Name("agent", number));
            Host.Ask(agent, new ConfigureAgent(agent.Key, [Queues[number % Queues.Length], Queues[(number + 1) % Queues.Length]], [], 3));
            Host.Ask(agent, new SetPresence(Presences.Available));
        }

        for (var number = 0; number < customers; number++)
            Host.After(_dice.UpTo(time), Arrive);
        Host.RunFor(time + TimeSpan.FromHours(2));
    }

    private void Arrive()
    {
        var id = Name("c", ++_customers);
        Host.Ask(Grain.Conversation(id), new ReceiveMessage(new Interaction($"{id}-1", ChannelNames.Chat, id, "Where is my refund?", Host.Now)));
    }

    /// <summary>What agents do when something happens; never within the turn that it happens in.</summary>
    private void React(JournalEntry entry)
    {
        switch (entry.Event)
        {
            case OfferMade offer:
                Host.After(Between(2, 10), () => Host.Ask(Grain.Agent(offer.AgentId), new AcceptOffer(offer.OfferId)));
                break;
            case AgentAssigned assigned:
                var conversation = entry.Grain;
                var answered = Between(20, 200);
                Host.After(answered, () => Host.Ask(conversation, new SendAgentReply(assigned.AgentId, $"{assigned.OfferId}-reply", "It is on its way.")));
                Host.After(answered + Between(20, 200), () => Host.Ask(conversation, new Resolve(assigned.AgentId)));
                break;
        }
    }

    private TimeSpan Between(int least, int most) => TimeSpan.FromSeconds(least) + _dice.UpTo(TimeSpan.FromSeconds(most - least));

    private static string Name(string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{what}-{number}");

    private sealed class Pipeline(SmallCentre centre) : ISimulatedPerformer
    {
        public Type Handles => typeof(RunPipeline);

        public SimulatedWork Perform(GrainId origin, Work work) => new(TimeSpan.FromSeconds(1), () => new CompleteRun(((RunPipeline)work).MessageId, new RunOutcome
        {
            Answer = new OutgoingMessage("A colleague takes over.", [], []),
            Handoff = new HandoffPackage(centre._dice.Pick(Queues), centre._dice.Below(10), "asked for a person", "Wants a refund.", [], []),
            Signals = Signals,
            ResolutionType = ResolutionTypes.Human,
        }));
    }
}
