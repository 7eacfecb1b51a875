using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Tests.Hosting;

public sealed class SimulatedHostTests
{
    private readonly SimulatedHost host = new(new SimulationSettings { Performers = _ => [new Examples.HandingOver()] });

    [Fact]
    public void Message_IsHandedOver_OfferedAndAssigned()
    {
        Examples.AgentComes(host, "ada");
        Assert.IsType<MessageAccepted>(host.Ask(Grain.Conversation("c-1"), Examples.Message("c-1")));

        Assert.True(host.RunToRest(TimeSpan.FromMinutes(1)));
        Assert.Equal(TimeSpan.FromSeconds(1), host.Time.Elapsed);
        var offer = Assert.Single(host.StateOf<AgentState>(Grain.Agent("ada")).Offers);
        host.Ask(Grain.Agent("ada"), new AcceptOffer(offer.OfferId));
        Assert.True(host.RunToRest(TimeSpan.FromMinutes(1)));

        var conversation = host.StateOf<ConversationState>(Grain.Conversation("c-1"));
        Assert.Equal((ConversationStatus.Assigned, "ada"), (conversation.Status, conversation.AgentId));
        Assert.Empty(host.Parked);
    }

    [Fact]
    public async Task Alarm_RingsAtItsTime()
    {
        Examples.AgentComes(host, "ada");
        host.Ask(Grain.Conversation("c-1"), Examples.Message("c-1"));
        Assert.True(host.RunToRest(TimeSpan.FromMinutes(1)));

        host.RunFor(TimeSpan.FromSeconds(QueuePolicy.Default.OfferSeconds) - TimeSpan.FromMilliseconds(1));
        Assert.Single(host.StateOf<AgentState>(Grain.Agent("ada")).Offers);
        host.RunFor(TimeSpan.FromMilliseconds(2));
        var happened = await host.Journal.ReadAsync(Grain.Queue(QueueNames.General), 0, 100);
        Assert.Contains(happened, entry => entry.Event is OfferEnded { Outcome: "timed_out" });
    }

    [Fact]
    public void WorkThatNobodyDoes_IsParked_AndTheGrainHears()
    {
        var bare = new SimulatedHost(new SimulationSettings());
        bare.Ask(Grain.Conversation("c-1"), Examples.Message("c-1"));
        Assert.True(bare.RunToRest(TimeSpan.FromMinutes(1)));

        Assert.Equal(Grain.Conversation("c-1"), Assert.Single(bare.Parked).Grain);
        Assert.Equal(ConversationStatus.Queued, bare.StateOf<ConversationState>(Grain.Conversation("c-1")).Status);
    }

    [Fact]
    public void AskingWithinATurn_IsABugThatIsTold()
    {
        Exception? told = null;
        host.Journal.Subscribe(null, _ => told ??= Record.Exception(() => host.Ask(Grain.Agent("ada"), new GetAgent())));
        host.Ask(Grain.Conversation("c-1"), Examples.Message("c-1"));

        Assert.Contains(nameof(SimulatedHost.After), Assert.IsType<InvalidOperationException>(told).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ObjectsThatNothingRefersTo_AreLetGo()
    {
        var forgetful = new SimulatedHost(new SimulationSettings { KeepsJournal = false, Performers = _ => [new Examples.HandingOver()] });
        Examples.AgentComes(forgetful, "ada");
        for (var number = 0; number < 50; number++)
        {
            forgetful.Ask(Grain.Conversation("c-1"), Examples.Message("c-1", $"m-{number}"));
            Assert.True(forgetful.RunToRest(TimeSpan.FromMinutes(1)));
        }

        // A state for each grain, and the offer's alarm.
        Assert.Equal(forgetful.Grains.Count + 1, forgetful.HeldObjects);
    }
}
