using CustomerService.Cluster.Tests.Checking;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Stores.PostgreSql;
using CustomerService.Runtime.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Cluster.Tests.Faults;

/// <summary>
/// What a cluster may have for a moment after a failure: a second activation of a grain, in a host that the others do not know. It shares the database
/// only. What it commits and does not carry out is the living silos' to carry out.
/// </summary>
internal sealed class SecondActivation : IAsyncDisposable
{
    private readonly PostgreSqlStore store;
    private readonly TurnEnvironment environment;

    private SecondActivation(PostgreSqlStore store)
    {
        this.store = store;
        environment = new TurnEnvironment(
            GrainCatalog.All, store, GrainFormat.Default, new JournalFeed(NullLogger.Instance), TimeProvider.System, NullLogger.Instance)
        { HasOtherHosts = true };
    }

    public static async Task<SecondActivation> OpenAsync(string database) => new(await PostgreSqlStore.OpenAsync(database, "a host that nobody knows"));

    /// <summary>Has a message taken by an activation that has just come into memory here.</summary>
    public async Task SendAsync(string conversation, string address, string id, History history)
    {
        history.Add(DeedKind.Sent, conversation, id);
        var message = new ReceiveMessage(new Interaction(id, ChannelNames.Chat, address, "What are your opening hours?", TimeProvider.System.GetUtcNow()));
        var ask = new Ask(message);
        await new Activation(Grain.Conversation(conversation), environment, new CarriesNothing()).RunAsync(new[] { ask });
        var accepted = Assert.IsType<MessageAccepted>(await ask.Task);
        history.Add(DeedKind.Acknowledged, conversation, id, accepted.Sequence);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private sealed class CarriesNothing : IEffectCarrier
    {
        public void Carry(ReadOnlySpan<PendingEffect> effects)
        {
        }

        public void Adopt(ReadOnlySpan<PendingEffect> effects)
        {
        }

        public void AlarmSet(DateTimeOffset due)
        {
        }
    }
}
