using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Queues;

namespace CustomerService.Tests.Scenarios;

/// <summary>From the assistant to a person: line, offer, claim, assignment. Three grains that tell each other, wherever they live.</summary>
public abstract class HandoffScenarios(ScenarioHost host) : Scenario(host)
{
    [Scenario]
    public async Task HandedOver_WaitsInItsQueue_AndCustomersLaterMessagesAreForPeople()
    {
        var queue = await QueueAsync();
        var conversation = await HandedOverAsync(queue, priority: 3);

        Assert.Equal(1, (await AskAsync<QueuePosition>(Grain.Queue(queue), new GetPosition(conversation.Key))).Position);
        await SayAsync(conversation, "m-2", "Hello?");

        var view = await ViewAsync(conversation);
        Assert.Equal((ConversationStatus.Queued, queue, 0), (view.Status, view.Queue, view.WaitingMessages));
        Assert.Equal(["m-1"], Host.Assistant.RunsOf(conversation));
    }

    [Scenario]
    public async Task AcceptedOffer_IsTheAgents_WhoAnswersAndResolves()
    {
        var queue = await QueueAsync();
        var agent = await AgentAsync(queue);
        var conversation = await ServedAsync(queue, agent);

        var reply = await AskAsync<MessageAccepted>(conversation, new SendAgentReply(agent, "r-1", "I will see to it."));
        Assert.Equal(reply with { Duplicate = true }, await AskAsync<MessageAccepted>(conversation, new SendAgentReply(agent, "r-1", "I will see to it.")));
        await DoAsync(conversation, new Resolve(agent));

        Assert.Equal("r-1", Assert.Single(await EventsAsync<MessageSent>(conversation), sent => sent.Author == Author.Agent).MessageId);
        await Host.UntilAsync("the desk is empty", async () => (await DeskAsync(agent)) is { Conversations: [], FreeUnits: 1 });
        Assert.Equal(0, (await LineAsync(queue)).Waiting);
    }

    [Scenario]
    public async Task AgentWhoDoesNotHoldIt_CannotAnswer()
    {
        var queue = await QueueAsync();
        var (holder, other) = (await AgentAsync(queue), Unique("agent"));
        var conversation = await ServedAsync(queue, holder);

        Assert.Equal("not_assigned", await RefusedAsync(conversation, new SendAgentReply(other, "r-1", "Let me.")));

        Assert.DoesNotContain(await EventsAsync<MessageSent>(conversation), sent => sent.Author == Author.Agent);
    }

    [Scenario]
    public async Task AgentWhoComesLater_GetsWhoWaits_HigherPriorityFirst_AndNoMoreThanFits()
    {
        var queue = await QueueAsync();
        var low = await HandedOverAsync(queue, priority: 1);
        var high = await HandedOverAsync(queue, priority: 8);
        var middle = await HandedOverAsync(queue, priority: 5);

        var agent = await AgentAsync(queue, capacity: 2);
        await OfferAsync(agent, high);
        await OfferAsync(agent, middle);

        Assert.Equal([high.Key, middle.Key], (await EventsAsync<OfferMade>(Grain.Queue(queue))).Select(offer => offer.ConversationId));
        Assert.Equal(1, (await AskAsync<QueuePosition>(Grain.Queue(queue), new GetPosition(low.Key))).Waiting - 2);
        Assert.Equal(0, (await DeskAsync(agent)).FreeUnits);
    }

    [Scenario]
    public async Task DeclinedOffer_KeepsItsPlace_AndGoesToTheNextAgent()
    {
        var queue = await QueueAsync();
        var first = await AgentAsync(queue);
        var conversation = await HandedOverAsync(queue);
        var offer = await OfferAsync(first, conversation);
        var second = await AgentAsync(queue);

        await DoAsync(Grain.Agent(first), new RejectOffer(offer, "I am just leaving."));
        await AcceptAsync(second, conversation);

        Assert.Equal(second, (await ViewAsync(conversation)).AgentId);
        Assert.Single(await EventsAsync<QueueEntered>(conversation));
        Assert.DoesNotContain(conversation.Key, (await DeskAsync(first)).Conversations);
    }

    [Scenario]
    public async Task OfferToSeveral_TheFirstTakerWins_AndTheOtherLosesIt()
    {
        var queue = await QueueAsync(new QueuePolicy { OfferTo = 2 });
        var (one, two) = (await AgentAsync(queue), await AgentAsync(queue));
        var conversation = await HandedOverAsync(queue);
        var (ofOne, ofTwo) = (await OfferAsync(one, conversation), await OfferAsync(two, conversation));

        await Task.WhenAll(
            Task.Run(() => Host.Grains.AskAsync(Grain.Agent(one), new AcceptOffer(ofOne)).AsTask()), Task.Run(() => Host.Grains.AskAsync(Grain.Agent(two), new AcceptOffer(ofTwo)).AsTask()));
        var assigned = await EventAsync<AgentAssigned>(conversation);
        await Host.UntilAsync("both desks know it", async () => (await DeskAsync(one)).Offers.IsEmpty && (await DeskAsync(two)).Offers.IsEmpty);

        Assert.Single(await EventsAsync<AgentAssigned>(conversation));
        var loser = assigned.AgentId == one ? two : one;
        Assert.Equal(conversation.Key, Assert.Single((await DeskAsync(assigned.AgentId)).Conversations));
        Assert.Empty((await DeskAsync(loser)).Conversations);
    }

    [Scenario]
    public async Task AcceptedTwice_IsAssignedOnce()
    {
        var queue = await QueueAsync();
        var agent = await AgentAsync(queue, capacity: 2);
        var conversation = await HandedOverAsync(queue);
        var offer = await OfferAsync(agent, conversation);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Host.Grains.AskAsync(Grain.Agent(agent), new AcceptOffer(offer)).AsTask())));
        await EventAsync<AgentAssigned>(conversation);
        await Host.UntilAsync("the desk has it", async () => !(await DeskAsync(agent)).Conversations.IsEmpty);

        Assert.Single(await EventsAsync<AgentAssigned>(conversation));
        Assert.Equal(1, (await DeskAsync(agent)).FreeUnits);
    }

    [Scenario]
    public async Task ManyCustomersAndFewAgents_NobodyHoldsMoreThanFits_AndEachConversationHasOneAgent()
    {
        var queue = await QueueAsync();
        var agents = new[] { await AgentAsync(queue, capacity: 2), await AgentAsync(queue, capacity: 2), await AgentAsync(queue, capacity: 2) };
        var conversations = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => HandedOverAsync(queue))));

        // Each agent accepts what comes, and resolves it at once, so that all get their turn.
        await Host.UntilAsync("all are resolved", async () =>
        {
            foreach (var agent in agents)
            {
                var desk = await DeskAsync(agent);
                Assert.InRange(desk.Conversations.Length + desk.Offers.Length, 0, 2);
                foreach (var offer in desk.Offers)
                    await Host.Grains.AskAsync(Grain.Agent(agent), new AcceptOffer(offer.OfferId));
                foreach (var held in desk.Conversations)
                    await Host.Grains.AskAsync(Grain.Conversation(held), new Resolve(agent));
            }

            var open = 0;
            foreach (var conversation in conversations)
                open += (await EventsAsync<ConversationResolved>(conversation)).Count == 0 ? 1 : 0;
            return open == 0;
        });

        foreach (var conversation in conversations)
            Assert.Single(await EventsAsync<AgentAssigned>(conversation));
    }

    [Scenario]
    public async Task ColdTransfer_LeavesTheDeskAndGoesToTheOtherQueue()
    {
        var (billing, returns) = (await QueueAsync(), await QueueAsync());
        var (kim, lee) = (await AgentAsync(billing), await AgentAsync(returns));
        var conversation = await ServedAsync(billing, kim);

        await DoAsync(conversation, new Transfer(returns, 4, "It is about a return.", kim));
        await AcceptAsync(lee, conversation);

        var view = await ViewAsync(conversation);
        Assert.Equal((ConversationStatus.Assigned, lee, returns), (view.Status, view.AgentId, view.Queue));
        await Host.UntilAsync("the first desk is empty", async () => (await DeskAsync(kim)).Conversations.IsEmpty);
    }

    [Scenario]
    public async Task WarmTransfer_StaysWithItsAgentUntilTheNextHasAccepted()
    {
        var (billing, returns) = (await QueueAsync(), await QueueAsync());
        var (kim, lee) = (await AgentAsync(billing), await AgentAsync(returns));
        var conversation = await ServedAsync(billing, kim);

        await DoAsync(conversation, new Transfer(returns, 4, "It is about a return.", kim) { Warm = true });
        await OfferAsync(lee, conversation);
        Assert.Equal((kim, returns), ((await ViewAsync(conversation)).AgentId, (await ViewAsync(conversation)).TransferTo));
        await AskAsync<MessageAccepted>(conversation, new SendAgentReply(kim, "r-1", "My colleague takes over."));
        await AcceptAsync(lee, conversation);

        Assert.Equal(lee, (await ViewAsync(conversation)).AgentId);
        await Host.UntilAsync("the first desk is empty", async () => (await DeskAsync(kim)).Conversations.IsEmpty);
    }

    [Scenario]
    public async Task Escalated_GoesToTheNextTier_AndNoFurther()
    {
        var second = await QueueAsync();
        var first = await QueueAsync(new QueuePolicy { EscalateTo = second, Terms = new() { Version = "1", EscalateTo = second } });
        var conversation = await HandedOverAsync(first);
        await Host.UntilAsync("it knows the terms", async () => (await RepliesToEscalateAsync(conversation)));

        await EventAsync<ConversationEnqueued>(Grain.Queue(second), joined => joined.ConversationId == conversation.Key);
        Assert.Equal(second, Assert.Single(await EventsAsync<Escalated>(conversation)).ToQueue);
        await Host.UntilAsync("it has left the first line", async () => (await LineAsync(first)).Waiting == 0);
        Assert.Equal("nowhere_to_escalate", await RefusedAsync(conversation, new Escalate("lead", "Again.")));

        // The queue tells its terms after it has the conversation in its line.
        async Task<bool> RepliesToEscalateAsync(Grains.Turns.GrainId grain) =>
            await Host.Grains.AskAsync(grain, new Escalate("lead", "The customer is angry.")) is Grains.Turns.Done;
    }

    [Scenario]
    public async Task OnHold_UntilTheCustomerWrites()
    {
        var queue = await QueueAsync();
        var agent = await AgentAsync(queue);
        var conversation = await ServedAsync(queue, agent);

        await DoAsync(conversation, new Hold(agent));
        Assert.Equal(ConversationStatus.OnHold, (await ViewAsync(conversation)).Status);
        await SayAsync(conversation, "m-2");

        Assert.Equal((ConversationStatus.Assigned, agent), ((await ViewAsync(conversation)).Status, (await ViewAsync(conversation)).AgentId));
    }

    [Scenario]
    public async Task ResolvedWithWorkAfterIt_IsDoneWhenTheAgentSaysSo()
    {
        var queue = await QueueAsync(new QueuePolicy { WrapUp = new WrapUpPolicy(600, ["refund"], CodeRequired: true), Terms = new() { Version = "1", WrapUp = true } });
        var agent = await AgentAsync(queue);
        var conversation = await ServedAsync(queue, agent);
        await Host.UntilAsync("it is in wrap-up", async () =>
        {
            await Host.Grains.AskAsync(conversation, new Resolve(agent));
            return (await ViewAsync(conversation)).Status == ConversationStatus.WrapUp;
        });
        await EventAsync<WrapUpStarted>(Grain.Agent(agent));

        Assert.Equal("unknown_wrap_up_code", await RefusedAsync(Grain.Agent(agent), new CompleteWrapUp(conversation.Key, "nonsense", null)));
        await DoAsync(Grain.Agent(agent), new CompleteWrapUp(conversation.Key, "refund", null));

        await StatusAsync(conversation, ConversationStatus.Resolved);
        Assert.Equal("refund", Assert.Single(await EventsAsync<WrappedUp>(conversation)).Code);
        Assert.Equal(1, (await DeskAsync(agent)).FreeUnits);
    }

    [Scenario]
    public async Task CustomerWhoWasServed_IsKnownToHaveBeen()
    {
        var queue = await QueueAsync();
        var agent = await AgentAsync(queue);
        var conversation = await ServedAsync(queue, agent);
        var customer = (await ViewAsync(conversation)).CustomerId;

        await DoAsync(conversation, new Resolve(agent));

        await Host.UntilAsync("the customer's record names the agent", async () =>
            (await AskAsync<CustomerView>(Grain.Customer(customer), new GetCustomer())).LastServedBy?.AgentId == agent);
    }

    [Scenario]
    public async Task Callback_KeepsThePlace_AndIsOverOnceTheCustomerWasReached()
    {
        var queue = await QueueAsync();
        var conversation = await HandedOverAsync(queue);
        await HandedOverAsync(queue);

        await DoAsync(conversation, new RequestCallback("customer", "+1 555 0100", NotBefore: null));
        await Host.UntilAsync("the line knows", async () => (await LineAsync(queue)).Head is [{ CallbackTo: "+1 555 0100" }, _]);
        var agent = await AgentAsync(queue);
        await AcceptAsync(agent, conversation);
        await DoAsync(conversation, new ReportCallback(agent, Reached: true));

        Assert.Null((await ViewAsync(conversation)).Callback);
        Assert.True(Assert.Single(await EventsAsync<CalledBack>(conversation)).Reached);
    }

    [Scenario]
    public async Task CallbackNotReached_WaitsAgainInItsPlace()
    {
        var queue = await QueueAsync();
        var agent = await AgentAsync(queue);
        var conversation = await HandedOverAsync(queue);
        await DoAsync(conversation, new RequestCallback("customer", "+1 555 0100", NotBefore: null));
        await AcceptAsync(agent, conversation);

        await DoAsync(conversation, new ReportCallback(agent, Reached: false));

        await Host.UntilAsync("it waits, for later", async () =>
            (await LineAsync(queue)).Head is [{ NotBefore: not null } waiting] && waiting.ConversationId == conversation.Key);
        await Host.UntilAsync("the desk is empty", async () => (await DeskAsync(agent)).Conversations.IsEmpty);
        Assert.Equal(2, (await EventsAsync<QueueEntered>(conversation)).Count);
        Assert.Single((await EventsAsync<QueueEntered>(conversation)).Select(entered => entered.Since).Distinct());
    }

    [Scenario]
    public async Task PausedQueue_OffersNothing_UntilItIsResumed()
    {
        var queue = await QueueAsync();
        var agent = await AgentAsync(queue);
        await DoAsync(Grain.Queue(queue), new PauseQueue("lead", "Fire drill."));
        var conversation = await HandedOverAsync(queue);
        Assert.Equal(0, (await LineAsync(queue)).Offers);

        await DoAsync(Grain.Queue(queue), new ResumeQueue("lead"));

        await AcceptAsync(agent, conversation);
    }

    [Scenario]
    public async Task FullQueue_PassesOnToItsOverflow()
    {
        var overflow = await QueueAsync();
        var queue = await QueueAsync(new QueuePolicy { MaxWaiting = 1, Overflow = overflow });
        await HandedOverAsync(queue);

        var conversation = NewConversation();
        Host.Assistant.For(conversation, context => ScriptedAssistant.HandOver(context, queue));
        await SayAsync(conversation, "m-1");

        await EventAsync<ConversationEnqueued>(Grain.Queue(overflow), joined => joined.ConversationId == conversation.Key);
        Assert.Equal(1, (await LineAsync(queue)).Waiting);
        Assert.Equal(overflow, (await ViewAsync(conversation)).Queue);
    }

    [Scenario]
    public async Task AgentWhoGoesOffline_LosesOffersAtOnce()
    {
        var queue = await QueueAsync();
        var agent = await AgentAsync(queue);
        var conversation = await HandedOverAsync(queue);
        await OfferAsync(agent, conversation);

        await DoAsync(Grain.Agent(agent), new SetPresence(Presences.Offline));

        await Host.UntilAsync("it waits again", async () => (await LineAsync(queue)) is { Offers: 0, Waiting: 1, AgentsPresent: 0 });
        Assert.Empty((await DeskAsync(agent)).Offers);
        await StatusAsync(conversation, ConversationStatus.Queued);
    }
}
