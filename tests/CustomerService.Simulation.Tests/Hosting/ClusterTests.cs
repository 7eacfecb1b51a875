using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Tests.Hosting;

/// <summary>Several processes over one store: what each fault makes of them, without the noise of the others.</summary>
public sealed class ClusterTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(10);

    private readonly List<EffectId> begunTwice = [];

    [Fact]
    public void SeveralProcesses_NeedDice() =>
        Assert.Throws<ArgumentException>(() => new SimulatedHost(new SimulationSettings { Processes = 2 }));

    [Fact]
    public void ProcessThatDies_LeavesItsWorkToTheOthers_AndNobodyHasToCall()
    {
        var (host, faults) = Cluster(3, Fault.HostDied, 0.2);
        SendTo(host, 20);
        host.RunFor(TimeSpan.FromMinutes(1));
        faults.AreOver = true;

        Assert.True(host.RunToRest(Enough));
        AllAreQueued(host, 20);
        Assert.True(Count(faults, Fault.HostDied) > 3);
    }

    [Fact]
    public void ProcessThatDiedAsItJoined_CountsAsLiving_AndNothingWaitsForIt()
    {
        var (host, faults) = Cluster(3, (Fault.HostNeverJoined, 0.7), (Fault.HostDied, 0.3));
        SendTo(host, 20);
        host.RunFor(TimeSpan.FromMinutes(2));
        faults.AreOver = true;

        Assert.True(host.RunToRest(Enough));
        AllAreQueued(host, 20);
        Assert.True(Count(faults, Fault.HostNeverJoined) > 0);
    }

    [Fact]
    public void WorkOfAProcessThatHasJustJoined_IsNotBegunAgain_WhereItsGrainMoves()
    {
        var (host, faults) = Cluster(4, (Fault.RosterStale, 0.9), (Fault.HostDied, 0.2), (Fault.LeftMemory, 0.9));
        for (var round = 0; round < 40; round++)
        {
            SendTo(host, 5, $"m-{round}");
            host.RunFor(TimeSpan.FromSeconds(3));
        }

        faults.AreOver = true;
        Assert.True(host.RunToRest(Enough));
        Assert.True(Count(faults, Fault.RosterStale) > 0);
        Assert.Empty(begunTwice);
    }

    [Fact]
    public void ProcessThatStoodStill_IsGivenUp_AndDoesNoHarmWhenItGoesOn()
    {
        var (host, faults) = Cluster(2, Fault.HostFrozen, 0.3);
        SendTo(host, 20);
        host.RunFor(TimeSpan.FromMinutes(2));
        faults.AreOver = true;

        Assert.True(host.RunToRest(Enough));
        AllAreQueued(host, 20);
        Assert.Empty(begunTwice);
    }

    private static void AllAreQueued(SimulatedHost host, int conversations)
    {
        for (var number = 0; number < conversations; number++)
            Assert.Equal(ConversationStatus.Queued, host.StateOf<ConversationState>(Grain.Conversation($"c-{number}")).Status);
        host.Flush();
        Assert.Equal(0, host.Effects);
    }

    private static void SendTo(SimulatedHost host, int conversations, string message = "m-1")
    {
        for (var number = 0; number < conversations; number++)
            Insist(host, $"c-{number}", message);
    }

    private static void Insist(SimulatedHost host, string conversation, string message)
    {
        try
        {
            host.Ask(Grain.Conversation(conversation), Examples.Message(conversation, message));
        }
        catch (StoreUnavailableException)
        {
            host.After(TimeSpan.FromSeconds(1), () => Insist(host, conversation, message));
        }
    }

    private static long Count(Faults faults, Fault fault) => faults.Counts.Single(each => each.Fault == fault).Count;

    private (SimulatedHost Host, Faults Faults) Cluster(int processes, Fault fault, double rate) => Cluster(processes, (fault, rate));

    private (SimulatedHost Host, Faults Faults) Cluster(int processes, params (Fault Fault, double Rate)[] rates)
    {
        var faults = new Faults(new Dice(7), rates.ToDictionary(each => each.Fault, each => each.Rate));
        var host = new SimulatedHost(new SimulationSettings { Processes = processes, Faults = faults, Performers = _ => [new Examples.HandingOver()] })
        {
            WorkBegun = (work, livesElsewhere) =>
            {
                if (livesElsewhere == true)
                    begunTwice.Add(work);
            },
        };
        return (host, faults);
    }
}
