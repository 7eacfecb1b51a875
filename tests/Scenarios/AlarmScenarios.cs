using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;

namespace CustomerService.Tests.Scenarios;

/// <summary>What happens because time passes, with nobody asking.</summary>
public abstract class AlarmScenarios(ScenarioHost host) : Scenario(host)
{
    private static DateTimeOffset Soon => TimeProvider.System.GetUtcNow().AddMilliseconds(700);

    [Scenario]
    public async Task Snoozed_ComesBackWhenItsTimeHasCome()
    {
        var queue = await QueueAsync();
        var agent = await AgentAsync(queue);
        var conversation = await ServedAsync(queue, agent);

        await DoAsync(conversation, new Snooze(agent, Soon, "The parts come soon."));
        Assert.Equal(ConversationStatus.Snoozed, (await ViewAsync(conversation)).Status);

        var statuses = async () => (await EventsAsync<StatusChanged>(conversation)).Select(changed => changed.To).ToArray();
        await Host.UntilAsync("it is offered again", async () => (await statuses()).AsSpan().EndsWith([ConversationStatus.Snoozed, ConversationStatus.Queued, ConversationStatus.Offered]));
        Assert.Equal(2, (await EventsAsync<OfferReceived>(Grain.Agent(agent))).Count);
    }

    [Scenario]
    public async Task Snoozed_ComesBackEarlierWhenTheCustomerWrites()
    {
        var queue = await QueueAsync();
        var agent = await AgentAsync(queue);
        var conversation = await ServedAsync(queue, agent);
        await DoAsync(conversation, new Snooze(agent, Soon.AddDays(1), "The parts come tomorrow."));

        await SayAsync(conversation, "m-2", "They are here.");

        await Host.UntilAsync("it is offered again", async () => (await EventsAsync<OfferReceived>(Grain.Agent(agent))).Count == 2);
        Assert.DoesNotContain("m-2", Host.Assistant.RunsOf(conversation));
    }

    [Scenario]
    public async Task OfferThatNobodyAnswers_TimesOut_AndGoesToSomebodyElse()
    {
        var queue = await QueueAsync(new QueuePolicy { OfferSeconds = 0.7 });
        var sleeper = await AgentAsync(queue);
        var conversation = await HandedOverAsync(queue);
        await OfferAsync(sleeper, conversation);
        var other = await AgentAsync(queue);

        await OfferAsync(other, conversation);

        Assert.Contains(await EventsAsync<OfferEnded>(Grain.Queue(queue)), ended => ended.AgentId == sleeper && ended.Outcome == OfferStates.TimedOut);
        await EventAsync<OfferLeft>(Grain.Agent(sleeper), left => left.Outcome == OfferStates.TimedOut);
    }

    [Scenario]
    public async Task BrokenPromise_IsToldOnce()
    {
        var terms = new QueueTerms { Version = "1", Targets = ImmutableDictionary<string, ServiceTargets>.Empty.Add(ServiceTargets.EveryTier, new ServiceTargets(0.7, 0, 0)) };
        var queue = await QueueAsync(new QueuePolicy { Terms = terms });
        var conversation = await HandedOverAsync(queue);

        Assert.Equal(ServiceClocks.FirstResponse, (await EventAsync<ServiceBreached>(conversation)).Kind);

        var agent = await AgentAsync(queue);
        await AcceptAsync(agent, conversation);
        await AskAsync<MessageAccepted>(conversation, new SendAgentReply(agent, "r-1", "Sorry for the wait."));
        var stopped = Assert.Single(await EventsAsync<ServiceClockStopped>(conversation), clock => clock.Kind == ServiceClocks.FirstResponse);
        Assert.False(stopped.Met);
        Assert.Single(await EventsAsync<ServiceBreached>(conversation));
    }

    [Scenario]
    public async Task WrapUpThatNobodyEnds_EndsByItself()
    {
        var queue = await QueueAsync(new QueuePolicy { WrapUp = new WrapUpPolicy(0.7, [], CodeRequired: false) });
        var agent = await AgentAsync(queue);
        var conversation = await ServedAsync(queue, agent);

        await DoAsync(conversation, new Resolve(agent));

        await EventAsync<WrapUpStarted>(Grain.Agent(agent));
        await Host.UntilAsync("the desk is empty", async () => (await DeskAsync(agent)) is { Conversations: [], FreeUnits: 1 });
    }

    [Scenario]
    public async Task AgentWhoseConnectionStaysLost_LosesTheWork_WhichKeepsItsPlace()
    {
        var queue = await QueueAsync();
        var agent = await AgentAsync(queue, desk: new DeskPolicy { GraceSeconds = 0.3, StrandedSeconds = 0.7 });
        await DoAsync(Grain.Agent(agent), new ConnectionOpened("ac-1"));
        var conversation = await ServedAsync(queue, agent);

        await DoAsync(Grain.Agent(agent), new ConnectionLost("ac-1"));

        await StatusAsync(conversation, ConversationStatus.Queued);
        var entered = await EventsAsync<QueueEntered>(conversation);
        Assert.Equal(2, entered.Count);
        Assert.Equal(entered[0].Since, entered[1].Since);
        Assert.Empty((await DeskAsync(agent)).Conversations);
    }

    [Scenario]
    public async Task ConnectionNotHeardOfAgain_CountsAsLost()
    {
        var queue = await QueueAsync();
        var agent = await AgentAsync(queue, desk: new DeskPolicy { GraceSeconds = 0.2 });

        await DoAsync(Grain.Agent(agent), new ConnectionOpened("ac-1") { LeaseSeconds = 0.5 });

        await EventAsync<ReadinessChanged>(Grain.Agent(agent), changed => !changed.Ready);
        await Host.UntilAsync("the queue counts nobody", async () => (await LineAsync(queue)).AgentsPresent == 0);
    }
}
