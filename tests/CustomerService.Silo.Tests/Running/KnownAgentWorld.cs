using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;
using Microsoft.Extensions.Logging.Abstractions;
using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.Silo.Tests.Running;

/// <summary>Real grains, store and pipeline on a clock that the test moves; customers ask for a person, agents take them.</summary>
internal sealed class KnownAgentWorld : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly OwnersContent _content = new();
    private readonly SqliteStore _store;
    private readonly InProcessHost _host;
    private PipelineParts? _parts;

    public KnownAgentWorld(string routing)
    {
        _content.WriteRouting(routing);
        var data = new DataFolder(_folder.Path);
        var settings = new SiloSettings { DataFolder = data.Path, Content = _content.Folder };
        _store = SqliteStore.Open(data.Path);
        _host = new InProcessHost(
            GrainCatalog.All,
            _store,
            grains =>
            {
                // The content's files are watched in real time: each day that the test lets pass would look at them 86,400 times.
                _parts = PipelineParts.Compose(grains, settings, data, NullLoggerFactory.Instance, TimeProvider.System).Opened();
                return [new PipelineRunPerformer(grains, _parts, settings, Clock)];
            },
            time: Clock);
    }

    public ManualTimeProvider Clock { get; } = new();

    public Task StartAsync() => _host.StartAsync();

    /// <summary>Agents who come, until their queue knows that so many are there.</summary>
    public async Task ComesAsync(string agent, int present, int capacity = 2)
    {
        await DoAsync(Grain.Agent(agent), new ConfigureAgent(agent, [QueueNames.General], [], capacity));
        await DoAsync(Grain.Agent(agent), new SetPresence(Presences.Available));
        await PresentAsync(present);
    }

    public async Task GoesAsync(string agent, int present)
    {
        await DoAsync(Grain.Agent(agent), new SetPresence(Presences.Offline));
        await PresentAsync(present);
    }

    public Task AsksForAPersonAsync(string visitor, string conversation) => DoAsync(
        Grain.Conversation(conversation), new ReceiveMessage(new Interaction($"{conversation}-1", ChannelNames.Chat, visitor, "I want to talk to a human agent", Clock.GetUtcNow())));

    /// <summary>Its first offer: to whom, when and why.</summary>
    public async Task<(OfferExplained Offer, DateTimeOffset At)> OfferedAsync(string conversation)
    {
        var entry = await SeenAsync<OfferExplained>(Grain.Conversation(conversation), _ => true);
        return ((OfferExplained)entry.Event, entry.At);
    }

    public Task InLineAsync(string conversation) => SeenAsync<ConversationEnqueued>(Grain.Queue(QueueNames.General), joined => joined.ConversationId == conversation);

    public async Task TakesAsync(string agent, string conversation)
    {
        var received = (OfferReceived)(await SeenAsync<OfferReceived>(Grain.Agent(agent), offer => offer.ConversationId == conversation)).Event;
        await DoAsync(Grain.Agent(agent), new AcceptOffer(received.OfferId));
        await SeenAsync<WorkStarted>(Grain.Agent(agent), work => work.ConversationId == conversation);
    }

    /// <summary>The agent resolves it, and the customer's record hears of it.</summary>
    public async Task ResolvesAsync(string agent, string visitor, string conversation)
    {
        await DoAsync(Grain.Conversation(conversation), new Resolve(agent));
        await SeenAsync<WorkEnded>(Grain.Agent(agent), work => work.ConversationId == conversation);
        var customer = Grain.Customer(CustomerIds.ForAddress(ChannelNames.Chat, visitor));
        await UntilAsync<CustomerView>(customer, new GetCustomer(), view => view.LastServedBy == new ServedBy(agent, Clock.GetUtcNow()));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        if (_parts is not null)
            await _parts.DisposeAsync();
        await _store.DisposeAsync();
        _content.Dispose();
        _folder.Dispose();
    }

    private async Task DoAsync(GrainId grain, Command command)
    {
        var reply = await _host.Inside.AskAsync(grain, command);
        Assert.False(reply is Refused, reply.ToString());
    }

    private Task PresentAsync(int agents) => UntilAsync<QueueView>(Grain.Queue(QueueNames.General), new GetQueue(), view => view.AgentsPresent == agents);

    /// <summary>Asks until the answer is so: some things that one grain hears from another leave no event.</summary>
    private async Task UntilAsync<TReply>(GrainId grain, Query query, Predicate<TReply> isSo)
        where TReply : Reply
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo((TReply)await _host.Inside.AskAsync(grain, query, patience.Token)))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<JournalEntry> SeenAsync<TEvent>(GrainId grain, Predicate<TEvent> wanted)
        where TEvent : JournalEvent
    {
        bool Fits(JournalEntry entry) => entry.Event is TEvent happened && wanted(happened);
        var seen = new TaskCompletionSource<JournalEntry>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = _host.Journal.Subscribe(grain, entry =>
        {
            if (Fits(entry))
                seen.TrySetResult(entry);
        });
        return (await _host.Journal.ReadAsync(grain, 0, 1000)).FirstOrDefault(Fits) ?? await seen.Task.WaitAsync(Patience);
    }
}
