using System.Text.Json;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;

namespace CustomerService.Tests.Scenarios;

/// <summary>Whatever dies, stops, forgets or fails: what was promised holds.</summary>
public abstract class RecoveryScenarios(ScenarioHost host) : Scenario(host)
{
    [Scenario]
    public async Task GrainThatLeftMemory_IsAsItWas()
    {
        var conversation = NewConversation();
        await SayAsync(conversation, "m-1");
        await EventAsync<MessageSent>(conversation);
        var before = await ViewAsync(conversation);

        await Host.ForgetAsync(conversation);

        Assert.Equal(Told(before), Told(await ViewAsync(conversation)));
        Assert.Equal(new MessageAccepted(1, Duplicate: true), await SayAsync(conversation, "m-1"));
        Assert.Equal(new MessageAccepted(3, Duplicate: false), await SayAsync(conversation, "m-2"));
    }

    /// <summary>All that is told, lists and all: records compare lists by which they are, not by what is in them.</summary>
    private static string Told(ConversationView view) => JsonSerializer.Serialize(view);

    [Scenario]
    public async Task LineThatLeftMemory_IsAsItWas()
    {
        var queue = await QueueAsync(new QueuePolicy { Tier = "tier1" });
        var low = await HandedOverAsync(queue, priority: 1);
        var high = await HandedOverAsync(queue, priority: 9);

        await Host.ForgetAsync(Grain.Queue(queue));

        var line = await LineAsync(queue);
        Assert.Equal([high.Key, low.Key], line.Head.Select(waiting => waiting.ConversationId));
        Assert.Equal("tier1", line.Policy?.Tier);
        var agent = await AgentAsync(queue);
        await AcceptAsync(agent, high);
    }

    [Scenario]
    public async Task KilledDuringATranslation_TheRepliesStillGoOut_OnceAndInTheirOrder()
    {
        var queue = await QueueAsync(new QueuePolicy { Terms = new QueueTerms { Version = "en", WorkLanguages = ["en"] } });
        var agent = await AgentAsync(queue);
        var conversation = NewConversation();
        Host.Assistant.For(conversation, context => ScriptedAssistant.HandOver(context, queue) with { Signals = MessageSignals.Unknown with { Language = "es" } });
        await SayAsync(conversation, "m-1");
        await AcceptAsync(agent, conversation);
        var (first, second, begun) = (Unique("r"), Unique("r"), 0);
        Host.Interpreter.For(first, async cancellation =>
        {
            // The first attempt dies with its host.
            if (Interlocked.Increment(ref begun) == 1)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        });
        await AskAsync<MessageAccepted>(conversation, new SendAgentReply(agent, first, "One.") { Language = "en" });
        await AskAsync<MessageAccepted>(conversation, new SendAgentReply(agent, second, "Two.") { Language = "en" });
        await Host.UntilAsync("the translation begins", () => Task.FromResult(Volatile.Read(ref begun) > 0));

        await Host.KillAroundAsync(conversation);

        await EventAsync<MessageSent>(conversation, sent => sent.MessageId == second);
        var replies = (await EventsAsync<MessageSent>(conversation)).Where(sent => sent.Author == Author.Agent);
        Assert.Equal(["es: One.", "es: Two."], replies.Select(sent => sent.Text));
        Assert.Empty((await ViewAsync(conversation)).Replies);
    }

    [Scenario]
    public async Task KilledDuringARun_TheMessageIsStillAnsweredOnce()
    {
        var conversation = NewConversation();
        var begun = 0;
        Host.Assistant.For(conversation, async (context, cancellation) =>
        {
            // The first attempt dies with its host.
            if (Interlocked.Increment(ref begun) == 1)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return ScriptedAssistant.Answer(context);
        });
        await SayAsync(conversation, "m-1");
        await Host.UntilAsync("the run begins", () => Task.FromResult(Volatile.Read(ref begun) > 0));

        await Host.KillAroundAsync(conversation);

        await EventAsync<MessageSent>(conversation);
        Assert.Equal(new MessageAccepted(1, Duplicate: true), await InsistAsync<MessageAccepted>(conversation, Message("m-1")));
        await InsistAsync<MessageAccepted>(conversation, Message("m-2"));
        await EventAsync<MessageSent>(conversation, sent => sent.InReplyTo == "m-2");
        Assert.Equal(["m-1", "m-2"], await AnsweredAsync(conversation));
    }

    [Scenario]
    public async Task KilledWithAnAlarmSet_ItRingsAllTheSame()
    {
        var queue = await QueueAsync();
        var agent = await AgentAsync(queue);
        var conversation = await ServedAsync(queue, agent);
        await DoAsync(conversation, new Snooze(agent, TimeProvider.System.GetUtcNow().AddSeconds(1), "Wait for the kill."));

        await Host.KillAroundAsync(conversation);

        await Host.UntilAsync("it is offered again", async () => (await EventsAsync<OfferReceived>(Grain.Agent(agent))).Count == 2);
    }

    [Scenario]
    public async Task KilledBetweenOfferAndAcceptance_TheOfferStands()
    {
        var queue = await QueueAsync(new QueuePolicy { OfferSeconds = 300 });
        var agent = await AgentAsync(queue);
        var conversation = await HandedOverAsync(queue);
        var offer = await OfferAsync(agent, conversation);

        await Host.KillAroundAsync(Grain.Queue(queue));
        await InsistAsync<Done>(Grain.Agent(agent), new AcceptOffer(offer));

        await EventAsync<AgentAssigned>(conversation);
        Assert.Single(await EventsAsync<OfferMade>(Grain.Queue(queue)));
        await Host.UntilAsync("the desk has it", async () => (await DeskAsync(agent)).Conversations.Contains(conversation.Key));
    }

    [Scenario]
    public async Task KilledUnderLoad_EveryAcceptedMessageIsAnsweredOnceAndInOrder()
    {
        var conversations = Enumerable.Range(0, 8).Select(_ => NewConversation()).ToArray();
        var writing = conversations.Select(conversation => Task.Run(async () =>
        {
            for (var n = 1; n <= 12; n++)
                await InsistAsync<MessageAccepted>(conversation, Message($"m-{n}"));
        })).ToArray();
        await EventAsync<MessageReceived>(conversations[0], received => received.Interaction.Id == "m-4");

        await Host.KillAroundAsync(conversations[0]);
        await Task.WhenAll(writing);

        var ids = Enumerable.Range(1, 12).Select(n => $"m-{n}").ToArray();
        foreach (var conversation in conversations)
        {
            await EventAsync<MessageSent>(conversation, sent => sent.InReplyTo == "m-12");
            Assert.Equal(ids, (await EventsAsync<MessageReceived>(conversation)).Select(received => received.Interaction.Id));
            Assert.Equal(ids, await AnsweredAsync(conversation));
        }
    }

    [Scenario]
    public async Task StoppedUnderLoad_EveryAcceptedMessageIsAnsweredOnceAndInOrder()
    {
        var conversations = Enumerable.Range(0, 8).Select(_ => NewConversation()).ToArray();
        var writing = conversations.Select(conversation => Task.Run(async () =>
        {
            for (var n = 1; n <= 12; n++)
                await InsistAsync<MessageAccepted>(conversation, Message($"m-{n}"));
        })).ToArray();
        await EventAsync<MessageReceived>(conversations[0], received => received.Interaction.Id == "m-4");

        await Host.StopAroundAsync(conversations[0]);
        await Task.WhenAll(writing);

        var ids = Enumerable.Range(1, 12).Select(n => $"m-{n}").ToArray();
        foreach (var conversation in conversations)
        {
            await EventAsync<MessageSent>(conversation, sent => sent.InReplyTo == "m-12");
            Assert.Equal(ids, await AnsweredAsync(conversation));
        }
    }

    [Scenario]
    public async Task CommitWhoseAnswerWasLost_TookPlace_AndItsEffectsAreCarriedOut()
    {
        var conversation = NewConversation();
        Host.Commits.Set(conversation, async commit =>
        {
            Host.Commits.Set(conversation, null);
            await commit();
            throw new StoreUnavailableException("The connection was lost.");
        });

        // A host may find out by itself what came of it, or leave that to the next command.
        await InsistAsync<MessageAccepted>(conversation, Message("m-1"));

        await EventAsync<MessageSent>(conversation);
        Assert.Single(await EventsAsync<MessageReceived>(conversation));
        Assert.Equal(["m-1"], await AnsweredAsync(conversation));
    }

    [Scenario]
    public async Task StoreThatCannotBeUsed_NothingIsAcknowledged_AndLaterAllIsWell()
    {
        var conversation = NewConversation();
        await SayAsync(conversation, "m-1");
        await EventAsync<MessageSent>(conversation);
        Host.Commits.Set(conversation, _ => throw new StoreUnavailableException("The disk is full."));

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Host.Grains.AskAsync(conversation, Message("m-2")));

        Host.Commits.Set(conversation, null);

        // A client may have sent it again by itself, so that it came in late; then it is a duplicate, at the same place.
        Assert.Equal(3, (await SayAsync(conversation, "m-2")).Sequence);
        await EventAsync<MessageSent>(conversation, sent => sent.InReplyTo == "m-2");
        Assert.Equal(["m-1", "m-2"], await AnsweredAsync(conversation));
    }

    [Scenario]
    public async Task GrainThatWasWrittenByAnother_LosesAndReloads()
    {
        var conversation = NewConversation();
        await SayAsync(conversation, "m-1");
        await EventAsync<MessageSent>(conversation);
        await ViewAsync(conversation);
        var stored = (await Host.Store.LoadAsync(conversation, withEntries: false))!;
        var theirs = new GrainCommit(conversation, stored.Version, stored.StateVersion, stored.State, stored.JournalSequence, default, [], [], [], []);
        Assert.True((await Host.Store.CommitAsync(theirs)).IsCommitted);

        // Whoever insists may be told of an attempt whose outcome was not known: a duplicate, at the same place.
        Assert.Equal(3, (await InsistAsync<MessageAccepted>(conversation, Message("m-2"))).Sequence);
        await EventAsync<MessageSent>(conversation, sent => sent.InReplyTo == "m-2");
        Assert.Equal(["m-1", "m-2"], await AnsweredAsync(conversation));
    }

    [Scenario]
    public async Task RunThatFailsAlways_IsParked_ThePersonTakesOver_AndTheRetryTellsSo()
    {
        var conversation = NewConversation();
        Host.Assistant.For(conversation, _ => throw new InvalidOperationException("no such model"));

        await SayAsync(conversation, "m-1");

        Assert.Contains("no such model", (await EventAsync<RunFailed>(conversation)).Reason, StringComparison.Ordinal);
        await StatusAsync(conversation, ConversationStatus.Queued);
        Assert.Equal(["m-1"], await AnsweredAsync(conversation));
        var item = Assert.Single(await Host.Store.ReadParkedAsync(1000), item => item.Grain == conversation);

        Host.Assistant.For(conversation, ScriptedAssistant.Answer);
        var retry = await Host.RetryParkedAsync(item.Id);
        Assert.Equal(Runtime.Parked.ParkedRetryResult.Succeeded, retry.Result);
        Assert.Null(await Host.Store.FindParkedAsync(item.Id));
        // The customer has had a reply meanwhile; a second one would be one too many.
        Assert.Equal(["m-1"], await AnsweredAsync(conversation));
    }

    [Scenario]
    public async Task RunThatFailsOnce_IsTriedAgain()
    {
        var conversation = NewConversation();
        var attempts = 0;
        Host.Assistant.For(conversation, context =>
            Interlocked.Increment(ref attempts) < 2 ? throw new InvalidOperationException("not yet") : ScriptedAssistant.Answer(context));

        await SayAsync(conversation, "m-1");

        Assert.Equal("About m-1.", (await EventAsync<MessageSent>(conversation)).Text);
        Assert.Empty(await EventsAsync<RunFailed>(conversation));
    }

    [Scenario]
    public async Task CommandThatCannotBeHandled_IsParkedOnce_AndHoldsUpNobody()
    {
        var (broken, whole) = (NewConversation(), NewConversation());
        Assert.True((await Host.Store.CommitAsync(new GrainCommit(broken, 0, 1, "not a state"u8.ToArray(), 0, default, [], [], [], []))).IsCommitted);
        var message = Message("m-1") with { Id = "cmd-1" };

        var fault = await Assert.ThrowsAsync<CommandParkedException>(async () => await Host.Grains.AskAsync(broken, message));
        await Assert.ThrowsAsync<CommandParkedException>(async () => await Host.Grains.AskAsync(broken, message));
        await SayAsync(whole, "m-1");

        await EventAsync<MessageSent>(whole);
        var item = Assert.Single(await Host.Store.ReadParkedAsync(1000), item => item.Grain == broken);
        Assert.Equal(fault.ParkedId, item.Id);
        Assert.Equal(Runtime.Parked.ParkedRetryResult.StillFails, (await Host.RetryParkedAsync(item.Id)).Result);
    }

    [Scenario]
    public async Task ToldPoison_IsParked_AndTheNextTellsArrive()
    {
        var (broken, queue) = (await QueueAsync(), await QueueAsync());
        Assert.True((await Host.Store.CommitAsync(new GrainCommit(Grain.Queue(broken), 0, 1, "not a state"u8.ToArray(), 0, default, [], [], [], []))).IsCommitted);
        var conversation = NewConversation();
        Host.Assistant.For(conversation, context => ScriptedAssistant.HandOver(context, broken));
        await SayAsync(conversation, "m-1");
        await Host.UntilAsync("the tell is parked", async () => (await Host.Store.ReadParkedAsync(1000)).Any(item => item.Grain == Grain.Queue(broken)));

        await InsistAsync<Done>(conversation, new Transfer(queue, 1, "The other one is broken.", "lead"));

        await EventAsync<ConversationEnqueued>(Grain.Queue(queue), joined => joined.ConversationId == conversation.Key);
    }

    [Scenario]
    public async Task AgentsDesk_SurvivesAKill()
    {
        var queue = await QueueAsync();
        var agent = await AgentAsync(queue, capacity: 2);
        var conversation = await ServedAsync(queue, agent);

        await Host.KillAroundAsync(Grain.Agent(agent));

        Assert.Equal(conversation.Key, Assert.Single((await DeskAsync(agent)).Conversations));
        await InsistAsync<MessageAccepted>(conversation, new SendAgentReply(agent, "r-1", "Still here."));
        Assert.Single(await EventsAsync<MessageSent>(conversation), sent => sent.MessageId == "r-1");
        var next = NewConversation();
        Host.Assistant.For(next, context => ScriptedAssistant.HandOver(context, queue));
        await InsistAsync<MessageAccepted>(next, Message("m-1"));
        await OfferAsync(agent, next);
    }
}
