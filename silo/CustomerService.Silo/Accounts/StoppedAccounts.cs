using System.Collections.Immutable;
using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Staff;

namespace CustomerService.Silo.Accounts;

/// <summary>Those of a system that does not run, in its folder. Nothing else of the system is carried on by that.</summary>
internal sealed class StoppedAccounts : IAccounts
{
    private static readonly StaffMember Who = StaffMember.System("command-line", Role.Administrator);

    private readonly SqliteStore _store;
    private readonly InProcessHost _host;
    private readonly ServiceProvider _services;

    /// <exception cref="CommandFailedException">The folder's database can't be opened.</exception>
    public StoppedAccounts(DataFolder folder, ReadOnlyMemory<byte> staffKey)
    {
        try
        {
            _store = SqliteStore.Open(folder.Path);
        }
        catch (StoreOpenException fault)
        {
            throw new CommandFailedException(fault.Message);
        }

        // It is not started: what was committed and not carried out waits for the system's own start.
        _host = new InProcessHost(GrainCatalog.All, _store);
        _services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton<IGrainClient>(_host.Inside).AddSingleton<IJournal>(_host.Journal).AddStaff(staffKey).BuildServiceProvider();
    }

    private StaffAccounts People => _services.GetRequiredService<StaffAccounts>();

    private ApiTokens Tokens => _services.GetRequiredService<ApiTokens>();

    public Task<string> AddAsync(NewPerson person, CancellationToken cancellation) =>
        DoAsync(() => People.AddAsync(Who, person.Id!, person.Name ?? person.Id!, person.Email, Roles(person.Roles), cancellation));

    public Task ChangeRolesAsync(string id, RoleChange roles, CancellationToken cancellation) => DoAsync(() => People.ChangeRolesAsync(Who, id, Roles(roles.Roles), cancellation));

    public Task<string> ResetPasswordAsync(string id, CancellationToken cancellation) => DoAsync(() => People.ResetPasswordAsync(Who, id, cancellation));

    public Task ResetSecondFactorAsync(string id, CancellationToken cancellation) => DoAsync(() => People.ResetSecondFactorAsync(Who, id, cancellation));

    public Task DisableAsync(string id, CancellationToken cancellation) => DoAsync(() => People.DisableAsync(Who, id, cancellation));

    public Task EnableAsync(string id, CancellationToken cancellation) => DoAsync(() => People.EnableAsync(Who, id, cancellation));

    public Task<string> IssueTokenAsync(NewToken token, CancellationToken cancellation) =>
        DoAsync(() => Tokens.IssueAsync(Who, token.Id!, token.Name ?? token.Id!, Roles(token.Roles), token.ExpiresAt, cancellation));

    public Task RevokeTokenAsync(string id, CancellationToken cancellation) => DoAsync(() => Tokens.RevokeAsync(Who, id, cancellation));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _host.StopAsync();
        _host.Dispose();
        await _store.DisposeAsync();
    }

    private static ImmutableArray<Role> Roles(ImmutableArray<string>? names) => RoleNames.Parse(names ?? []);

    private static async Task<T> DoAsync<T>(Func<ValueTask<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception refused) when (refused is StaffRefusedException or FormatException)
        {
            throw new CommandFailedException(refused.Message);
        }
    }

    private static Task<bool> DoAsync(Func<ValueTask> act) => DoAsync(async () =>
    {
        await act();
        return true;
    });
}
