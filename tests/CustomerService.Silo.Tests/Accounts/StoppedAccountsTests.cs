using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Staff;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.Accounts;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Staff;
using Microsoft.Data.Sqlite;

namespace CustomerService.Silo.Tests.Accounts;

/// <summary>Accounts and the audit log of a system that does not run, in a real database that somebody may tamper with.</summary>
public sealed class StoppedAccountsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private string Database => Path.Combine(_folder.Path, SqliteStore.FileName);

    public async Task InitializeAsync()
    {
        await using var accounts = Open();
        await accounts.AddAsync(new NewPerson("ann", "Ann Lee", null, ["administrator"]), default);
        await accounts.AddAsync(new NewPerson("ben", null, "ben@shop.example", ["agent"]), default);
        await accounts.ChangeRolesAsync("ben", new RoleChange(["agent", "supervisor"]), default);
        await accounts.DisableAsync("ben", default);
        await accounts.IssueTokenAsync(new NewToken("bot", null, ["agent"], null), default);
    }

    public Task DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_commands_change_is_there_at_the_next_look()
    {
        await using var store = StoredSystem.Open(_folder.Path);

        var view = (PeopleView)await store.Grains.AskAsync(Grain.Staff, new GetPeople());

        Assert.Equal(["ann", "ben"], view.People.Select(person => person.Id));
        Assert.Equal<Role[]>([Role.Agent, Role.Supervisor], [.. view.People[1].Roles]);
        Assert.True(view.People[1].Disabled);
        Assert.Equal("bot", Assert.Single(view.Tokens).Id);
    }

    [Fact]
    public async Task What_cannot_be_is_told_in_the_systems_words()
    {
        await using var accounts = Open();

        Assert.Contains("only administrator", (await Assert.ThrowsAsync<CommandFailedException>(() => accounts.DisableAsync("ann", default))).Message, StringComparison.Ordinal);
        Assert.Contains("nobody called", (await Assert.ThrowsAsync<CommandFailedException>(() => accounts.ResetPasswordAsync("eve", default))).Message, StringComparison.Ordinal);
        Assert.Contains("no role", (await Assert.ThrowsAsync<CommandFailedException>(() => accounts.AddAsync(new NewPerson("eve", null, null, ["queen"]), default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_as_it_was_written_is_good()
    {
        var verdict = await VerifyAsync();

        Assert.Null(verdict.Fault);
        Assert.Equal(5, verdict.Count);
        Assert.Null((await VerifyAsync(new AuditHead(verdict.Count, verdict.Hash))).Fault);
        Assert.Equal(0, await RunAsync("audit", "verify", "--data", _folder.Path));
    }

    [Theory]
    [InlineData("UPDATE journal SET body = replace(body, '\"ben', '\"eve') WHERE kind = 'audit' AND sequence = 3", 3)]
    [InlineData("UPDATE journal SET body = '{}' WHERE kind = 'audit' AND sequence = 2", 2)]
    [InlineData("UPDATE journal SET body = 'gone' WHERE kind = 'audit' AND sequence = 4", 4)]
    [InlineData("DELETE FROM journal WHERE kind = 'audit' AND sequence = 2", 2)]
    [InlineData("DELETE FROM journal WHERE kind = 'audit' AND sequence = 5", 5)]
    [InlineData("DELETE FROM journal WHERE kind = 'audit'", 1)]
    [InlineData("UPDATE journal SET sequence = sequence + 1 WHERE kind = 'audit' AND sequence = 5", 5)]
    [InlineData("UPDATE journal SET sequence = 100 - sequence WHERE kind = 'audit' AND sequence IN (3, 4); UPDATE journal SET sequence = sequence - 93 WHERE sequence > 90", 3)]
    [InlineData("INSERT INTO journal (kind, key, sequence, at, body) SELECT kind, key, 6, at, body FROM journal WHERE kind = 'audit' AND sequence = 5", 6)]
    public async Task A_log_that_was_tampered_with_fails_at_the_first_number(string sql, long number)
    {
        using (var connection = new SqliteConnection($"Data Source={Database}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            Assert.NotEqual(0, command.ExecuteNonQuery());
        }

        Assert.Equal(number, (await VerifyAsync()).Fault?.Number);
        Assert.Equal(1, await RunAsync("audit", "verify", "--data", _folder.Path));
    }

    [Fact]
    public async Task A_log_that_was_written_anew_is_found_by_what_was_noted_elsewhere()
    {
        var noted = new AuditHead(3, new string('a', 64));

        Assert.Equal(3, (await VerifyAsync(noted)).Fault?.Number);
        Assert.Equal(6, (await VerifyAsync(noted with { Count = 9 })).Fault?.Number);
    }

    private async Task<AuditVerdict> VerifyAsync(AuditHead? noted = null)
    {
        await using var store = StoredSystem.Open(_folder.Path);
        return await new AuditLog(store.Grains, store.Journal).VerifyAsync(noted);
    }

    private static Task<int> RunAsync(params string[] arguments) => SiloCommandLine.RunAsync(arguments);

    private StoppedAccounts Open() => new(new DataFolder(_folder.Path), new byte[32]);
}
