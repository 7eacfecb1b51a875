using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Journal;
using CustomerService.Grains.MailThreads;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Reviews;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;

namespace CustomerService.Tests.Scenarios;

/// <summary>A conversation is erased: nothing that anybody said in it or of it is left anywhere, and its customer may come again.</summary>
public abstract class ErasureScenarios(ScenarioHost host) : Scenario(host)
{
    private const string Lead = "lea";

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Scenario]
    public async Task ErasedConversation_LeavesNoWordInAnyTable()
    {
        var (conversation, secret) = await SettledAsync();
        Assert.NotEmpty(await RowsWithAsync(secret));

        await EraseAsync(conversation, secret);

        await NothingIsLeftAsync(conversation, secret);
        Assert.Equal($"files/{secret}", Assert.Single(Host.Clearing.Of(conversation)!.Files));
        Assert.Equal(ConversationStatus.New, (await ViewAsync(conversation)).Status);
    }

    [Scenario]
    public async Task KilledAsItIsErased_NothingIsLeftAllTheSame()
    {
        var (conversation, secret) = await SettledAsync();
        var erasing = EraseAsync(conversation, secret);

        await Host.KillAroundAsync(conversation);

        await erasing;
        await NothingIsLeftAsync(conversation, secret);
    }

    [Scenario]
    public async Task CustomerWhoComesAgain_GoesTheWholeWay_AndNoNumberIsGivenTwice()
    {
        var (conversation, secret) = await SettledAsync();
        var before = await HistoryAsync(conversation);
        var last = (await ViewAsync(conversation)).LastSequence;
        await EraseAsync(conversation, secret);
        await NothingIsLeftAsync(conversation, secret);

        var queue = await QueueAsync();
        var agent = await AgentAsync(queue);
        Host.Assistant.For(conversation, context => ScriptedAssistant.HandOver(context, queue));

        // The same message id as in the life before: it is another message now.
        Assert.Equal(new MessageAccepted(last + 1, Duplicate: false), await AskAsync<MessageAccepted>(conversation, Message("m-1", "Here I am again.")));
        await AcceptAsync(agent, conversation);
        await AskAsync<MessageAccepted>(conversation, new SendAgentReply(agent, Unique("r"), "Welcome back."));

        var history = await HistoryAsync(conversation);
        Assert.Equal(Enumerable.Range(1, history.Count).Select(sequence => (long)sequence), history.Select(entry => entry.Sequence));
        Assert.Equal(before.Select(entry => (entry.Position, entry.Sequence, entry.At)), history.Take(before.Count).Select(entry => (entry.Position, entry.Sequence, entry.At)));
        Assert.All(history.Take(before.Count), entry => Assert.IsType<Emptied>(entry.Event));
        Assert.Equal("retention: chat", Assert.IsType<ConversationErased>(history[before.Count].Event).Why);
        var places = history.Skip(before.Count).Select(entry => entry.Event switch { MessageReceived received => received.MessageSequence, MessageSent sent => sent.MessageSequence, _ => 0 }).Where(place => place > 0).ToList();
        Assert.Equal([last + 1, last + 2, last + 3], places);
    }

    [Scenario]
    public async Task RepeatedErasure_ChangesNothing_AndALegalHoldKeepsAConversation()
    {
        var (conversation, secret) = await SettledAsync();
        await DoAsync(conversation, new PlaceLegalHold(Lead, "A lawsuit."));
        Assert.Equal("on_legal_hold", await RefusedAsync(conversation, Erasure(secret, Unique("e"))));
        await DoAsync(conversation, new LiftLegalHold(Lead));
        Assert.Equal("written_since", await RefusedAsync(conversation, Erasure(secret, Unique("e")) with { NotAfter = Now.AddDays(-1) }));

        var erasure = Erasure(secret, Unique("e"));
        await DoAsync(conversation, erasure);
        var history = await HistoryAsync(conversation);
        await DoAsync(conversation, erasure);

        Assert.Equal("nothing_to_erase", await RefusedAsync(conversation, Erasure(secret, Unique("e"))));
        Assert.Equal(history.Count, (await HistoryAsync(conversation)).Count);
    }

    private static EraseConversation Erasure(string secret, string id) => new(Now, "retention: chat", [$"files/{secret}"], [$"<{secret}@example.com>"]) { Id = id };

    /// <summary>As whoever erases does: first what people have of their own, then the conversation, in the end its customer.</summary>
    private async Task EraseAsync(GrainId conversation, string secret)
    {
        await InsistAsync<Done>(Grain.Personal(Lead), new ForgetConversations([conversation.Key]));
        await InsistAsync<Done>(conversation, Erasure(secret, Unique("e")));
    }

    private async Task NothingIsLeftAsync(GrainId conversation, string secret)
    {
        var customer = Grain.Customer(CustomerIds.ForAddress(ChannelNames.Chat, secret));
        await Host.UntilAsync("it is cleared away", () => Task.FromResult(Host.Clearing.Of(conversation) is not null));
        await Host.UntilAsync("its customer's record has forgotten it", async () => (await AskAsync<CustomerView>(customer, new GetCustomer())).Recent.IsEmpty);
        await InsistAsync<Done>(customer, new EraseCustomer(Now));

        IReadOnlyList<string> left = [];
        var looks = 0;
        await Host.UntilAsync("all of it is ticked off", async () => (left = await RowsWithAsync(secret)).Count == 0 || ++looks > 20);
        Assert.Empty(left);
    }

    private async Task<IReadOnlyList<string>> RowsWithAsync(string secret) =>
        [.. (await Host.RowsAsync()).Where(row => row.Contains(secret, StringComparison.Ordinal))];

    /// <summary>One that has a word of its own in everything that anybody can say in it or of it, and is settled.</summary>
    private async Task<(GrainId Conversation, string Secret)> SettledAsync()
    {
        var secret = $"{Unique("secret")}x";
        var (conversation, queue) = (NewConversation(), await QueueAsync());
        var agent = await AgentAsync(queue);
        var ticket = Grain.Ticket(Unique("T"));
        var customer = Grain.Customer(CustomerIds.ForAddress(ChannelNames.Chat, secret));
        Host.Assistant.For(conversation, context => ScriptedAssistant.HandOver(context, queue) with
        {
            Answer = new OutgoingMessage($"You said {secret}.", [], []),
            Log = new InteractionLog(ticket.Key, $"About {secret}", "open", "", ImmutableDictionary<string, string>.Empty),
            Trace = $$"""{"text":"{{secret}}"}""",
        });
        var message = new Interaction("m-1", ChannelNames.Chat, secret, $"My word is {secret}.", Now) { Attachments = [new Attachment($"{secret}.png", "image/png", 3, $"files/{secret}")] };
        await AskAsync<MessageAccepted>(conversation, new ReceiveMessage(message));
        await AcceptAsync(agent, conversation);
        await DoAsync(Grain.Address(ChannelNames.Chat, secret), new LinkAddress(customer.Key));
        await DoAsync(customer, new UpdateProfile(secret, $"{secret}@example.com", null, null, null));
        await AskAsync<ThreadView>(Grain.MailThread($"<{secret}@example.com>"), new JoinThread(conversation.Key));
        await DoAsync(Grain.Personal(Lead), new KeepDraft(conversation.Key, $"Ask about {secret}.", IsNote: true));
        await DoAsync(conversation, new AddNote(agent, $"They say {secret}.") { Mentions = [Lead] });
        await DoAsync(conversation, new Consult(agent, $"What is {secret}?") { Agent = Lead });
        await AskAsync<MessageAccepted>(conversation, new SendAgentReply(agent, Unique("r"), $"I see: {secret}."));
        await DoAsync(conversation, new Resolve(agent));
        await DoAsync(conversation, new RateConversation(5, $"Thanks for {secret}."));
        var card = new ReviewCard("service", [new ReviewQuestion("tone", "Was it kind?", 1, 5, AutoFail: false)]);
        await DoAsync(Grain.Reviews(conversation.Key), new GiveReview(Lead, agent, card, [new ReviewMark("tone", 5, $"On {secret}", 1)], $"Knew {secret}", Calibration: false));

        await StatusAsync(conversation, ConversationStatus.Resolved);
        await EventAsync<TicketClosed>(ticket);
        await Host.UntilAsync("the customer's record has it", async () => !(await AskAsync<CustomerView>(customer, new GetCustomer())).Recent.IsEmpty);
        await Host.UntilAsync("the mention has arrived", async () => (await AskAsync<NoticesView>(Grain.Personal(Lead), new GetNotices())).Notices.Any(notice => notice.ConversationId == conversation.Key));
        return (conversation, secret);
    }
}
