using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;

namespace CustomerService.Tests.Scenarios;

/// <summary>A customer and the assistant: taken once, answered once, in order.</summary>
public abstract class ConversationScenarios(ScenarioHost host) : Scenario(host)
{
    [Scenario]
    public async Task Message_IsAcceptedStoredAndAnswered()
    {
        var conversation = NewConversation();

        Assert.Equal(new MessageAccepted(1, Duplicate: false), await SayAsync(conversation, "m-1"));

        Assert.Equal("m-1", Assert.Single(await EventsAsync<MessageReceived>(conversation)).Interaction.Id);
        var answer = await EventAsync<MessageSent>(conversation);
        Assert.Equal(("About m-1.", "m-1", 2), (answer.Text, answer.InReplyTo, answer.MessageSequence));
    }

    [Scenario]
    public async Task MessageSentAgain_GetsTheFirstOutcome_AndIsAnsweredOnce()
    {
        var conversation = NewConversation();
        var first = await SayAsync(conversation, "m-1");
        await EventAsync<MessageSent>(conversation);

        Assert.Equal(first with { Duplicate = true }, await SayAsync(conversation, "m-1"));
        await SayAsync(conversation, "m-2");

        await EventAsync<MessageSent>(conversation, sent => sent.InReplyTo == "m-2");
        Assert.Equal(["m-1", "m-2"], await AnsweredAsync(conversation));
        Assert.Equal(["m-1", "m-2"], Host.Assistant.RunsOf(conversation));
    }

    [Scenario]
    public async Task SameMessageAtTheSameTime_IsTakenOnce()
    {
        var conversation = NewConversation();

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => SayAsync(conversation, "m-1"))));

        Assert.All(replies, reply => Assert.Equal(1, reply.Sequence));
        Assert.Single(replies, reply => !reply.Duplicate);
        await EventAsync<MessageSent>(conversation);
        Assert.Equal(["m-1"], await AnsweredAsync(conversation));
    }

    [Scenario]
    public async Task ManySendersAtOnce_EachMessageHasItsPlaceAndIsAnsweredInThatOrder()
    {
        var conversation = NewConversation();

        var replies = await Task.WhenAll(Enumerable.Range(1, 15).Select(n => Task.Run(async () => (Id: $"m-{n}", Reply: await SayAsync(conversation, $"m-{n}")))));
        await Host.UntilAsync("all are answered", async () => (await AnsweredAsync(conversation)).Length == 15);

        // Answers take places of the transcript too, so the places rise with gaps.
        var accepted = replies.OrderBy(each => each.Reply.Sequence).Select(each => each.Id).ToArray();
        Assert.Equal(15, replies.Select(each => each.Reply.Sequence).Distinct().Count());
        Assert.Equal(accepted, (await EventsAsync<MessageReceived>(conversation)).Select(received => received.Interaction.Id));
        Assert.Equal(accepted, await AnsweredAsync(conversation));
        Assert.Equal(30, (await ViewAsync(conversation)).LastSequence);
    }

    [Scenario]
    public async Task WhileARunIsUnderWay_LaterMessagesWaitForTheirTurn()
    {
        var conversation = NewConversation();
        var held = new TaskCompletionSource();
        Host.Assistant.For(conversation, async (context, cancellation) =>
        {
            if (context.Message.Id == "m-1")
                await held.Task.WaitAsync(cancellation);
            return ScriptedAssistant.Answer(context);
        });
        await SayAsync(conversation, "m-1");
        await SayAsync(conversation, "m-2");
        await SayAsync(conversation, "m-3");
        await Host.UntilAsync("the first run begins", () => Task.FromResult(Host.Assistant.RunsOf(conversation).Length == 1));

        Assert.Equal(3, (await ViewAsync(conversation)).WaitingMessages);
        Assert.Equal("run_in_progress", await RefusedAsync(conversation, new Resolve("kim")));
        held.SetResult();

        await EventAsync<MessageSent>(conversation, sent => sent.InReplyTo == "m-3");
        Assert.Equal(["m-1", "m-2", "m-3"], await AnsweredAsync(conversation));
    }

    [Scenario]
    public async Task SlowRunOfOneConversation_HoldsUpNoOther()
    {
        var (slow, quick) = (NewConversation(), NewConversation());
        var held = new TaskCompletionSource();
        Host.Assistant.For(slow, async (context, cancellation) =>
        {
            await held.Task.WaitAsync(cancellation);
            return ScriptedAssistant.Answer(context);
        });
        await SayAsync(slow, "m-1");

        await SayAsync(quick, "m-1");
        await EventAsync<MessageSent>(quick);

        Assert.Empty(await AnsweredAsync(slow));
        held.SetResult();
        await EventAsync<MessageSent>(slow);
    }

    [Scenario]
    public async Task SomebodyElsesConversation_IsRefusedAndUntouched()
    {
        var conversation = NewConversation();
        await SayAsync(conversation, "m-1");
        await EventAsync<MessageSent>(conversation);
        var before = await HistoryAsync(conversation);

        Assert.Equal("not_your_conversation", await RefusedAsync(conversation, Message("m-2", visitor: "somebody-else")));

        Assert.Equal(before.Count, (await HistoryAsync(conversation)).Count);
    }

    [Scenario]
    public async Task MessageThatCannotBe_IsRefusedWithItsReason()
    {
        var conversation = NewConversation();

        Assert.Equal("empty_message", await RefusedAsync(conversation, Message("m-1", "  ")));
        Assert.Equal("message_too_long", await RefusedAsync(conversation, Message("m-1", new string('x', Interaction.MaxContentLength + 1))));
        Assert.Equal("message_id_missing", await RefusedAsync(conversation, Message("")));
        Assert.Equal("unknown_command", await RefusedAsync(conversation, new GetTicket()));

        Assert.Null(await Host.Store.LoadAsync(conversation, withEntries: false));
    }

    [Scenario]
    public async Task AddressThatCannotBe_IsRefusedWithItsReason()
    {
        async Task<string> FaultAsync(GrainId id) =>
            (await Assert.ThrowsAsync<ArgumentException>(async () => await Host.Grains.AskAsync(id, new GetConversation()))).Message;

        Assert.Contains("invoice", await FaultAsync(new GrainId("invoice", "1")), StringComparison.Ordinal);
        Assert.Contains("256", await FaultAsync(Grain.Conversation(new string('k', 257))), StringComparison.Ordinal);
        Assert.Contains("control", await FaultAsync(Grain.Conversation("a\0b")), StringComparison.Ordinal);
    }

    [Scenario]
    public async Task MessageAfterTheResolution_OpensItAgain()
    {
        var conversation = NewConversation();
        await SayAsync(conversation, "m-1");
        await EventAsync<MessageSent>(conversation);
        await DoAsync(conversation, new Resolve("kim"));
        Assert.Equal(ConversationStatus.Resolved, (await ViewAsync(conversation)).Status);

        await SayAsync(conversation, "m-2");

        await EventAsync<ConversationReopened>(conversation);
        await EventAsync<MessageSent>(conversation, sent => sent.InReplyTo == "m-2");
        Assert.Equal(ConversationStatus.Assistant, (await ViewAsync(conversation)).Status);
    }

    [Scenario]
    public async Task Receipts_OnlyEverRise()
    {
        var conversation = NewConversation();
        await SayAsync(conversation, "m-1");
        await EventAsync<MessageSent>(conversation);

        await DoAsync(conversation, new ReportReceipt(2, "read"));
        await DoAsync(conversation, new ReportReceipt(1, "delivered"));

        var view = await ViewAsync(conversation);
        Assert.Equal((2, 2), (view.DeliveredUpTo, view.ReadUpTo));
        Assert.Equal(2, Assert.Single(await EventsAsync<ReceiptReported>(conversation)).UpToSequence);
    }

    [Scenario]
    public async Task LoggedRun_ReachesTheTicketAndTheCustomer()
    {
        var conversation = NewConversation();
        var (ticket, customer) = (Unique("t"), Unique("customer"));
        Host.Assistant.For(conversation, context => ScriptedAssistant.Answer(context) with
        {
            Log = new InteractionLog(ticket, "order_status", "open", customer, System.Collections.Immutable.ImmutableDictionary<string, string>.Empty),
        });

        await SayAsync(conversation, "m-1");
        await EventAsync<InteractionLogged>(Grain.Ticket(ticket), logged => logged.MessageId == "m-1");
        await SayAsync(conversation, "m-2");
        await EventAsync<InteractionLogged>(Grain.Ticket(ticket), logged => logged.MessageId == "m-2");

        Assert.Equal(2, (await AskAsync<TicketView>(Grain.Ticket(ticket), new GetTicket())).Ticket.Interactions);
        await Host.UntilAsync("the customer's record has both", async () =>
            (await AskAsync<CustomerView>(Grain.Customer(customer), new GetCustomer())).Recent.Select(past => past.MessageId).SequenceEqual(["m-1", "m-2"]));
        await DoAsync(conversation, new Resolve("kim"));
        await EventAsync<TicketClosed>(Grain.Ticket(ticket));
    }

    [Scenario]
    public async Task LinkedAddress_LeadsToItsCustomer()
    {
        var address = Grain.Address(ChannelNames.Chat, Unique("visitor"));
        var customer = Unique("customer");
        Assert.False((await AskAsync<AddressOwner>(address, new ResolveAddress())).Linked);

        await DoAsync(address, new LinkAddress(customer));
        await DoAsync(address, new LinkAddress(customer));

        Assert.Equal(new AddressOwner(customer, Linked: true), await AskAsync<AddressOwner>(address, new ResolveAddress()));
        Assert.Single(await HistoryAsync(address));
    }
}
