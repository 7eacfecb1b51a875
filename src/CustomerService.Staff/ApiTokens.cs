using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Grains;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;

namespace CustomerService.Staff;

/// <summary>What programs show instead of signing in. A token is shown once; only its hash is kept, which is enough since it is long and random.</summary>
public sealed class ApiTokens(IGrainClient grains, IStaffDoor door, TimeProvider time)
{
    /// <summary>What every token begins with, so that people and scanners know what it is.</summary>
    public const string Prefix = "cst_";

    private const int Remembered = 1_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (ApiTokenView? Token, long At)> _known = new(StringComparer.Ordinal);

    /// <param name="expiresAt">Null: never.</param>
    /// <returns>The token.</returns>
    /// <exception cref="StaffRefusedException">It may not be, or was not, issued.</exception>
    public async ValueTask<string> IssueAsync(
        StaffMember who, string id, string name, ImmutableArray<Role> roles, DateTimeOffset? expiresAt, CancellationToken cancellation = default)
    {
        var token = Prefix + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40);
        await door.DoAsync(who, Grain.Staff, new IssueToken(id, name, roles, HashOf(token), expiresAt, who.Signature), $"{id}: {StaffAccounts.Words(roles)}", cancellation);
        return token;
    }

    /// <summary>For good; within two seconds no process takes it any more.</summary>
    /// <exception cref="StaffRefusedException">It may not be, or was not, revoked.</exception>
    public async ValueTask RevokeAsync(StaffMember who, string id, CancellationToken cancellation = default)
    {
        await door.DoAsync(who, Grain.Staff, new RevokeToken(id, who.Signature), id, cancellation);
        _known.Clear();
    }

    /// <summary>Who shows that token; null: it is none of ours, or no longer good.</summary>
    public async ValueTask<StaffMember?> FindAsync(string token, string? address, CancellationToken cancellation = default)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var hash = HashOf(token);
        if (!_known.TryGetValue(hash, out var known) || time.GetElapsedTime(known.At) >= Fresh)
        {
            if (_known.Count >= Remembered)
                _known.Clear();
            var asked = time.GetTimestamp();
            known = (await grains.AskAsync(Grain.Staff, new FindToken(hash), cancellation) as ApiTokenView, asked);
            _known[hash] = known;
        }

        return known.Token is { } found && !(found.ExpiresAt <= time.GetUtcNow())
            ? new StaffMember(ActorKind.Program, found.Id, found.Name, found.Roles, Language: null) { Address = address }
            : null;
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
