using CustomerService.Channels.Email.Receiving;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Tickets;
using CustomerService.Integrations.Ticketing;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using Npgsql;

namespace CustomerService.Silo.Tests.Cluster;

/// <summary>What the processes of a cluster share besides grains.</summary>
[Collection(SharedDatabaseCollection.Name)]
public sealed class SharedDatabaseTests(PostgreSqlServer server)
{
    [RequiresFact("postgresql")]
    public async Task Keys_AreTheSameForAllProcesses_HoweverManyStartAtOnce()
    {
        var address = await AddressAsync();
        var processes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SharedDatabase.OpenAsync(address, default)));

        var keys = await Task.WhenAll(processes.Select(process => process.KeysAsync(_ => null, default).AsTask()));

        Assert.Single(keys.Select(key => (Convert.ToBase64String(key.VisitorKey.Span), Convert.ToBase64String(key.StaffKey.Span), key.AgentToken, key.OperatorToken)).Distinct());
        Assert.Equal((32, 32), (keys[0].VisitorKey.Length, keys[0].StaffKey.Length));
        Assert.NotEqual(keys[0].VisitorKey.ToArray(), keys[0].StaffKey.ToArray());
        Assert.Matches("^[0-9a-f]{40}$", keys[0].AgentToken);
        Assert.NotEqual(keys[0].AgentToken, keys[0].OperatorToken);
        foreach (var process in processes)
            await process.DisposeAsync();
    }

    [RequiresFact("postgresql")]
    public async Task KeysOfTheEnvironment_ComeFirst()
    {
        await using var process = await SharedDatabase.OpenAsync(await AddressAsync(), default);
        var key = new byte[32];

        var keys = await process.KeysAsync(
            name => name switch { EnvironmentVariables.VisitorKey => Convert.ToBase64String(key), EnvironmentVariables.AgentToken => "a token of our own", _ => null }, default);

        Assert.Equal(key, keys.VisitorKey.ToArray());
        Assert.Equal("a token of our own", keys.AgentToken);
        Assert.Matches("^[0-9a-f]{40}$", keys.OperatorToken);
        Assert.DoesNotContain("of our own", keys.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EnvironmentVariables.VisitorKey, "not base64!", "at least 32 bytes in base64")]
    [InlineData(EnvironmentVariables.VisitorKey, "c2hvcnQ=", "at least 32 bytes in base64")]
    [InlineData(EnvironmentVariables.StaffKey, "c2hvcnQ=", "at least 32 bytes in base64")]
    [InlineData(EnvironmentVariables.AgentToken, "short", "at least 16 characters")]
    [InlineData(EnvironmentVariables.OperatorToken, "short", "at least 16 characters")]
    public async Task KeyThatCannotBeUsed_IsWrongUse(string variable, string value, string fix)
    {
        using var folder = new TemporaryFolder();

        var failure = await Assert.ThrowsAsync<CommandFailedException>(async () => await new DataFolder(folder.Path).KeysAsync(name => name == variable ? value : null, default));

        Assert.StartsWith(variable, failure.Message, StringComparison.Ordinal);
        Assert.Contains(fix, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, failure.Message, StringComparison.Ordinal);
    }

    [RequiresFact("postgresql")]
    public async Task DatabaseThatWasNotMigrated_IsRefusedWithTheCommand()
    {
        var address = new DatabaseAddress(await server.CreateDatabaseAsync());

        var failure = await Assert.ThrowsAsync<CommandFailedException>(() => SharedDatabase.OpenAsync(address, default));

        Assert.Contains("database migrate", failure.Message, StringComparison.Ordinal);
    }

    [RequiresFact("postgresql")]
    public async Task Position_IsTakenUpByAnotherProcess_WhereItWasKept()
    {
        var address = await AddressAsync();
        await using var one = await SharedDatabase.OpenAsync(address, default);
        await using var other = await SharedDatabase.OpenAsync(address, default);
        var (first, second) = (one.FeedPosition("crm"), other.FeedPosition("crm"));

        await first.LoadAsync(default);
        Assert.Equal(0, first.Value);
        first.MoveTo(17);
        await second.LoadAsync(default);
        Assert.Equal(0, second.Value);

        await first.KeepAsync(default);
        await second.LoadAsync(default);
        Assert.Equal(17, second.Value);

        second.MoveTo(0); // Back, where the journal is another.
        await second.KeepAsync(default);
        await first.LoadAsync(default);
        Assert.Equal(0, first.Value);

        var ticketing = one.FeedPosition("ticketing");
        await ticketing.LoadAsync(default);
        Assert.Equal(0, ticketing.Value);
    }

    [RequiresFact("postgresql")]
    public async Task PositionOfAMailbox_IsWhereAnotherProcessTakesItUp()
    {
        var address = await AddressAsync();
        await using var one = await SharedDatabase.OpenAsync(address, default);
        await using var other = await SharedDatabase.OpenAsync(address, default);
        var day = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

        Assert.Null(await other.MailboxPositions().ReadAsync("support", default));
        await one.MailboxPositions().WriteAsync("support", new MailboxPosition(uint.MaxValue, 1, day.ToOffset(TimeSpan.FromHours(2)), day), default);
        Assert.Equal(new MailboxPosition(uint.MaxValue, 1, day, day), await other.MailboxPositions().ReadAsync("support", default));
        await other.MailboxPositions().WriteAsync("support", new MailboxPosition(7, 5, day.AddHours(1), null), default);
        Assert.Equal(new MailboxPosition(7, 5, day.AddHours(1), null), await one.MailboxPositions().ReadAsync("support", default));

        await one.MailboxPositions().WriteAsync("support", new MailboxPosition(7, 5, day, null) { Untold = [3, uint.MaxValue], Telling = 2 }, default);
        var untold = await other.MailboxPositions().ReadAsync("support", default);
        Assert.Equal([3u, uint.MaxValue], untold!.Untold);
        Assert.Equal(2u, untold.Telling);
    }

    [RequiresFact("postgresql")]
    public async Task RefusedEvents_AreKept_OneForEachKey()
    {
        var address = await AddressAsync();
        await using var process = await SharedDatabase.OpenAsync(address, default);
        var refused = process.RefusedEvents("ticketing", new ManualTimeProvider());

        await refused.AddAsync(Entry(41), "ticketing.ticket.T-1.1", Snapshot("ü"), "said no", default);
        await refused.AddAsync(Entry(41), "ticketing.ticket.T-1.1", Snapshot("ü"), "said \0 again", default);

        await using var source = NpgsqlDataSource.Create(address.ConnectionString);
        await using var command = source.CreateCommand("SELECT destination, position, event, reason, body::json ->> 'subject' FROM refused");
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.Equal(("ticketing", 41L, "ticket.changed", "said \uFFFD again", "ü"), (reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetString(4)));
        Assert.False(await reader.ReadAsync());
    }

    private async Task<DatabaseAddress> AddressAsync() => new(await server.CreateMigratedAsync());

    private static JournalEntry Entry(long position) => new(position, Grain.Ticket("T-1"), 1, default, new TicketOpened("conv-1", "c-1", "?"));

    private static TicketSnapshot Snapshot(string subject) => new("T-1", "conv-1", "c-1", subject, "new", default);
}
