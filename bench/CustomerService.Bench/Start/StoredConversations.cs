using CustomerService.Bench.Running;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.Sqlite;

namespace CustomerService.Bench.Start;

/// <summary>
/// Fills a folder with finished conversations: some are really held, the rest are their copies under other names, written
/// straight to the store.
/// </summary>
internal static class StoredConversations
{
    private const int Held = 100;
    private const int MessagesEach = 5;
    private const int AtOnce = 512;

    public static async Task WriteAsync(string folder, int count, CancellationToken cancellation)
    {
        var (texts, answers) = await RecordedOutcomes.RecordAsync();
        await using var system = await BenchSystem.StartAsync(new BenchOptions { Performer = _ => answers });
        await new Conversations(system, texts, MessagesEach).HoldAsync(0, Held, cancellation);

        var originals = new List<Original>();
        for (var n = 0; n < Held; n++)
            originals.Add(await Original.ReadAsync(system.Store, Conversations.Id(n)));
        await using var store = SqliteStore.Open(folder);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (n, _) => await originals[n % Held].CopyAsync(store, $"s-{n:000000}"));
    }

    /// <summary>One conversation as stored, with its customer and its ticket.</summary>
    private sealed record Original(
        ConversationState Conversation, CustomerState Customer, TicketState Ticket,
        IReadOnlyList<StoredEvent> ConversationEvents, IReadOnlyList<StoredEvent> TicketEvents)
    {
        public static async Task<Original> ReadAsync(WatchedStore store, string id)
        {
            var conversation = await StateAsync<ConversationState>(store, Grain.Conversation(id));
            return new Original(
                conversation,
                await StateAsync<CustomerState>(store, Grain.Customer(conversation.CustomerId)),
                await StateAsync<TicketState>(store, Grain.Ticket(conversation.TicketId!)),
                await store.ReadJournalAsync(Grain.Conversation(id), 0, 1_000),
                await store.ReadJournalAsync(Grain.Ticket(conversation.TicketId!), 0, 1_000));
        }

        public async Task CopyAsync(IGrainStore store, string id)
        {
            var customer = CustomerIds.ForAddress(ChannelNames.Chat, id);
            var ticket = $"T-{id}";
            await Task.WhenAll(
                CommitAsync(store, Grain.Conversation(id), Conversation with { Id = id, Address = id, CustomerId = customer, TicketId = ticket }, ConversationEvents),
                CommitAsync(store, Grain.Customer(customer), Customer with { Profile = Customer.Profile with { Id = customer } }, []),
                CommitAsync(store, Grain.Ticket(ticket), Ticket with { Id = ticket, ConversationId = id, CustomerId = customer }, TicketEvents));
        }

        private static async Task<TState> StateAsync<TState>(WatchedStore store, GrainId grain)
        {
            var stored = await store.LoadAsync(grain, withEntries: false) ?? throw new InvalidOperationException($"{grain} is not in the store.");
            return (TState)GrainCatalog.Find(grain.Kind).Read(stored.State, stored.StateVersion);
        }

        private static async Task CommitAsync(IGrainStore store, GrainId grain, object state, IReadOnlyList<StoredEvent> events)
        {
            var kind = GrainCatalog.Find(grain.Kind);
            await store.CommitAsync(new GrainCommit(
                grain, 0, kind.StateVersion, kind.Write(state), 0, TimeProvider.System.GetUtcNow(),
                [.. events.Select(line => line.Body.ToArray())], [], [], []));
        }
    }
}
