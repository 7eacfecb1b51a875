using CustomerService.Gateway.Staff;

namespace CustomerService.Silo.Accounts;

/// <summary>The accounts of a system's staff, as commands change them: of one that runs, or of one that does not.</summary>
/// <remarks>Each method throws <see cref="CommandLine.CommandFailedException"/> with the system's own words when it refuses.</remarks>
internal interface IAccounts : IAsyncDisposable
{
    /// <returns>The password to begin with.</returns>
    Task<string> AddAsync(NewPerson person, CancellationToken cancellation);

    Task ChangeRolesAsync(string id, RoleChange roles, CancellationToken cancellation);

    /// <returns>The password to begin with.</returns>
    Task<string> ResetPasswordAsync(string id, CancellationToken cancellation);

    Task ResetSecondFactorAsync(string id, CancellationToken cancellation);

    Task DisableAsync(string id, CancellationToken cancellation);

    Task EnableAsync(string id, CancellationToken cancellation);

    /// <returns>The token.</returns>
    Task<string> IssueTokenAsync(NewToken token, CancellationToken cancellation);

    Task RevokeTokenAsync(string id, CancellationToken cancellation);
}
