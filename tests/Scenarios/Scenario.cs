using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;

namespace CustomerService.Tests.Scenarios;

/// <summary>What scenarios have in common: people and conversations of their own on a shared host.</summary>
public abstract class Scenario(ScenarioHost host)
{
    private const string Visitor = "visitor-1";
    private static int made;

    protected ScenarioHost Host => host;

    protected static string Unique(string word) => $"{word}-{Interlocked.Increment(ref made)}";

    protected static GrainId NewConversation() => Grain.Conversation(Unique("c"));

    protected static ReceiveMessage Message(string id, string text = "Where is my order?", string visitor = Visitor) =>
        new(new Interaction(id, ChannelNames.Chat, visitor, text, new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.Zero)));

    protected async Task<TReply> AskAsync<TReply>(GrainId grain, Command command)
        where TReply : Reply => Assert.IsType<TReply>(await host.Grains.AskAsync(grain, command));

    protected Task<Done> DoAsync(GrainId grain, Command command) => AskAsync<Done>(grain, command);

    protected async Task<string> RefusedAsync(GrainId grain, Command command) => (await AskAsync<Refused>(grain, command)).Code;

    protected Task<MessageAccepted> SayAsync(GrainId conversation, string id, string text = "Where is my order?") =>
        AskAsync<MessageAccepted>(conversation, Message(id, text));

    /// <summary>Sends again under the same id while the outcome is not known, as every client of the system does.</summary>
    protected async Task<TReply> InsistAsync<TReply>(GrainId grain, Command command)
        where TReply : Reply
    {
        TReply? reply = null;
        await host.UntilAsync($"{grain} answers {command.GetType().Name}", async () =>
        {
            try
            {
                reply = await AskAsync<TReply>(grain, command);
            }
            catch (Exception fault) when (fault is StoreUnavailableException or HostBusyException)
            {
                // The outcome is not known; the same command again changes nothing twice.
            }

            return reply is not null;
        });
        return reply!;
    }

    protected Task<ConversationView> ViewAsync(GrainId conversation) => InsistAsync<ConversationView>(conversation, new GetConversation());

    protected Task<QueueView> LineAsync(string queue) => InsistAsync<QueueView>(Grain.Queue(queue), new GetQueue());

    protected Task<AgentView> DeskAsync(string agent) => InsistAsync<AgentView>(Grain.Agent(agent), new GetAgent());

    protected async Task<IReadOnlyList<JournalEntry>> HistoryAsync(GrainId grain) =>
        [.. (await host.Store.ReadJournalAsync(grain, 0, int.MaxValue)).Select(line =>
            new JournalEntry(line.Position, line.Grain, line.Sequence, line.At, GrainFormat.Default.ReadEvent(line.Body)))];

    protected async Task<IReadOnlyList<TEvent>> EventsAsync<TEvent>(GrainId grain)
        where TEvent : JournalEvent => [.. (await HistoryAsync(grain)).Select(entry => entry.Event).OfType<TEvent>()];

    /// <summary>The first such event of the grain's, when it is durable.</summary>
    protected async Task<TEvent> EventAsync<TEvent>(GrainId grain, Func<TEvent, bool>? which = null)
        where TEvent : JournalEvent
    {
        TEvent? found = null;
        await host.UntilAsync(
            $"{grain} has a {typeof(TEvent).Name}", async () => (found = (await EventsAsync<TEvent>(grain)).FirstOrDefault(which ?? (_ => true))) is not null);
        return found!;
    }

    protected Task StatusAsync(GrainId conversation, ConversationStatus status) =>
        host.UntilAsync($"{conversation} is {status}", async () => (await ViewAsync(conversation)).Status == status);

    /// <summary>The ids of the messages that have an answer, in the order of the answers.</summary>
    protected async Task<string[]> AnsweredAsync(GrainId conversation) =>
        [.. (await EventsAsync<MessageSent>(conversation)).Where(sent => sent.InReplyTo is not null).Select(sent => sent.InReplyTo!)];

    /// <summary>A queue of the scenario's own.</summary>
    protected async Task<string> QueueAsync(QueuePolicy? policy = null)
    {
        var queue = Unique("q");
        if (policy is not null)
            await DoAsync(Grain.Queue(queue), new ConfigureQueue(policy));
        return queue;
    }

    /// <summary>An agent who is there and known to the queues as ready.</summary>
    protected async Task<string> AgentAsync(string queue, int capacity = 1, DeskPolicy? desk = null)
    {
        var agent = Unique("agent");
        await DoAsync(Grain.Agent(agent), new ConfigureAgent(agent, [queue], [], capacity) { Desk = desk });
        var before = (await LineAsync(queue)).AgentsPresent;
        await DoAsync(Grain.Agent(agent), new SetPresence(Presences.Available));
        await host.UntilAsync($"{queue} knows {agent}", async () => (await LineAsync(queue)).AgentsPresent > before);
        return agent;
    }

    /// <summary>A conversation that the assistant has handed over, and that the queue has in its line.</summary>
    protected async Task<GrainId> HandedOverAsync(string queue, int priority = 0)
    {
        var conversation = NewConversation();
        host.Assistant.For(conversation, context => ScriptedAssistant.HandOver(context, queue, priority));
        await SayAsync(conversation, "m-1", "A person, please.");
        await EventAsync<ConversationEnqueued>(Grain.Queue(queue), joined => joined.ConversationId == conversation.Key);
        return conversation;
    }

    /// <summary>The offer of a conversation that came to an agent's desk.</summary>
    protected async Task<string> OfferAsync(string agent, GrainId conversation) =>
        (await EventAsync<OfferReceived>(Grain.Agent(agent), offer => offer.ConversationId == conversation.Key)).OfferId;

    /// <summary>A conversation that was handed over, offered to the agent and accepted.</summary>
    protected async Task<GrainId> ServedAsync(string queue, string agent)
    {
        var conversation = await HandedOverAsync(queue);
        await AcceptAsync(agent, conversation);
        return conversation;
    }

    protected async Task AcceptAsync(string agent, GrainId conversation)
    {
        await DoAsync(Grain.Agent(agent), new AcceptOffer(await OfferAsync(agent, conversation)));
        await EventAsync<AgentAssigned>(conversation, assigned => assigned.AgentId == agent);
        await host.UntilAsync($"{agent} holds {conversation}", async () => (await DeskAsync(agent)).Conversations.Contains(conversation.Key));
    }
}
