using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Stores.PostgreSql;
using CustomerService.Runtime.Tests.Probes;
using CustomerService.Runtime.Turns;
using CustomerService.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Runtime.Tests.Turns;

/// <summary>In a host that shares its store, what another grain told long ago changes nothing when it comes again behind newer tells.</summary>
public sealed class LateTellTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [RequiresFact("postgresql")]
    public async Task TellThatComesBehindANewerOne_ChangesNothing_AlsoInAnotherActivation()
    {
        await using var store = await PostgreSqlStore.OpenAsync(await server.CreateMigratedAsync(), "one");
        Assert.Equal(Reply.Done, await AskAsync(Activate(store), Told("second", 2)));

        var later = Activate(store);
        Assert.Equal(Reply.Done, await AskAsync(later, Told("first", 1)));

        Assert.Equal("second", Assert.Single(((Notes)await AskAsync(later, new GetNotes())).Texts));
    }

    [RequiresFact("postgresql")]
    public async Task ParkedTellThatIsTriedAgain_IsHandled_ThoughNewerOnesWereHeardSince()
    {
        await using var store = await PostgreSqlStore.OpenAsync(await server.CreateMigratedAsync(), "one");
        var activation = Activate(store);
        var blow = new Blow("a bug") { Id = "probe/source@1.0" };
        var parked = await Assert.ThrowsAsync<CommandParkedException>(() => AskAsync(activation, blow));
        await AskAsync(activation, Told("newer", 2));

        // Done would have it dropped from among the parked ones, unhandled.
        var again = await Assert.ThrowsAsync<CommandParkedException>(() => AskAsync(activation, blow));

        Assert.Equal(parked.ParkedId, again.ParkedId);
    }

    private static Note Told(string text, int version) => new(text) { Id = $"probe/source@{version}.0" };

    private static Activation Activate(PostgreSqlStore store) => new(
        ProbeFormat.Probe("a"),
        new TurnEnvironment(ProbeFormat.Kinds, store, ProbeFormat.Format, new JournalFeed(NullLogger.Instance), TimeProvider.System, NullLogger.Instance)
        {
            HasOtherHosts = true,
            Sharing = new StoreSharing(store, new Alone(store.Owner)),
        },
        new CarriesNothing());

    private static async Task<Reply> AskAsync(Activation activation, Command command)
    {
        var ask = new Ask(command);
        await activation.RunAsync(new[] { ask });
        return await ask.Task;
    }

    private sealed class CarriesNothing : IEffectCarrier
    {
        public void Carry(ReadOnlySpan<PendingEffect> effects)
        {
        }

        public void AlarmSet(DateTimeOffset due)
        {
        }
    }

    private sealed class Alone(string me) : IHostRoster
    {
        public event Action? Changed
        {
            add { }
            remove { }
        }

        public string Me => me;

        public IReadOnlyCollection<string> Living => [me];

        public ValueTask<bool> RefreshAsync(CancellationToken cancellation = default) => new(true);
    }
}
