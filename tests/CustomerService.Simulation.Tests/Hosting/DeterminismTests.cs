using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Tests.Hosting;

public sealed class DeterminismTests
{
    private static readonly Dictionary<Fault, double> ABitOfEverything = Enum.GetValues<Fault>().ToDictionary(fault => fault, _ => 0.02);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SameSeed_SameJournalByteForByte(bool isHostile)
    {
        var first = Play(17, isHostile);

        Assert.Equal(first, Play(17, isHostile));
        Assert.NotEqual(first, Play(18, isHostile));
    }

    private static string Play(ulong seed, bool isHostile)
    {
        var dice = new Dice(seed);
        var host = new SimulatedHost(new SimulationSettings
        {
            Faults = isHostile ? new Faults(dice, ABitOfEverything) : null,
            Performers = _ => [new Examples.HandingOver()],
        });
        host.Journal.Subscribe(null, entry =>
        {
            if (entry.Event is OfferMade offer)
                host.After(dice.UpTo(TimeSpan.FromSeconds(40)), () => Insist(host, Grain.Agent(offer.AgentId), new AcceptOffer(offer.OfferId)));
        });
        foreach (var agent in (string[])["ada", "bob", "cid"])
        {
            Insist(host, Grain.Agent(agent), new ConfigureAgent(agent, [QueueNames.General], [], 2));
            Insist(host, Grain.Agent(agent), new SetPresence(Presences.Available));
        }

        for (var number = 0; number < 30; number++)
        {
            var conversation = $"c-{number}";
            host.After(dice.UpTo(TimeSpan.FromMinutes(5)), () => Insist(host, Grain.Conversation(conversation), Examples.Message(conversation)));
        }

        host.RunFor(TimeSpan.FromMinutes(10));
        return JournalHash.Of(host);
    }

    private static void Insist(SimulatedHost host, GrainId grain, Command command)
    {
        try
        {
            host.Ask(grain, command);
        }
        catch (StoreUnavailableException)
        {
            host.After(TimeSpan.FromSeconds(1), () => Insist(host, grain, command));
        }
    }
}
