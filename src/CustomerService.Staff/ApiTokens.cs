using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Grains;
using CustomerService.Grains.Staff;

namespace CustomerService.Staff;

/// <summary>What programs show instead of signing in. A token is shown once; only its hash is kept, which is enough since it is long and random.</summary>
public sealed class ApiTokens
{
    /// <summary>What every token begins with, so that people and scanners know what it is.</summary>
    public const string Prefix = "cst_";

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly IStaffDoor _door;
    private readonly StaffRoster _roster;

    internal ApiTokens(IStaffDoor door, StaffRoster roster) => (_door, _roster) = (door, roster);

    /// <param name="expiresAt">Null: never.</param>
    /// <returns>The token.</returns>
    /// <exception cref="StaffRefusedException">It may not be, or was not, issued.</exception>
    public async ValueTask<string> IssueAsync(
        StaffMember who, string id, string name, ImmutableArray<Role> roles, DateTimeOffset? expiresAt, CancellationToken cancellation = default)
    {
        var token = Prefix + RandomNumberGenerator.GetString(Letters, 40);
        await _door.DoAsync(who, Grain.Staff, new IssueToken(id, name, roles, HashOf(token), expiresAt, who.Signature), $"{id}: {StaffAccounts.Words(roles)}", cancellation);
        return token;
    }

    /// <summary>For good; within two seconds no process takes it any more.</summary>
    /// <exception cref="StaffRefusedException">It may not be, or was not, revoked.</exception>
    public async ValueTask RevokeAsync(StaffMember who, string id, CancellationToken cancellation = default)
    {
        await _door.DoAsync(who, Grain.Staff, new RevokeToken(id, who.Signature), id, cancellation);
        _roster.ForgetTokens();
    }

    /// <summary>Who shows that token; null: it is none of ours, or no longer good.</summary>
    public async ValueTask<StaffMember?> FindAsync(string token, string? address, CancellationToken cancellation = default)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var hash = HashOf(token);
        return await _roster.FindTokenAsync(hash, cancellation) is { } found
            ? new StaffMember(ActorKind.Program, found.Id, found.Name, found.Roles, Language: null) { Address = address, TokenHash = hash }
            : null;
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
