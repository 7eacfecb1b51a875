using System.Collections.Immutable;
using CustomerService.Grains.Staff;

namespace CustomerService.Staff;

/// <summary>An outside provider that the owner trusts to say who somebody is (OpenID Connect).</summary>
/// <param name="Name">A word of small letters, digits and dashes; part of the address that the provider calls back.</param>
/// <param name="Title">As the sign-in page calls it.</param>
/// <param name="Authority">Where its discovery document is, without <c>/.well-known/…</c>.</param>
/// <param name="ClientId">What it calls this system.</param>
public sealed record IdentityProvider(string Name, string Title, Uri Authority, string ClientId)
{
    /// <summary>Null: it knows this system as a public client, by PKCE alone.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Default: <c>openid profile email</c>.</summary>
    public ImmutableArray<string> Scopes { get; init; } = ["openid", "profile", "email"];

    /// <summary>Whether a newcomer with a verified e-mail address is whoever has that address here. Default no: an administrator or they themselves link the two.</summary>
    public bool LinksByEmail { get; init; }

    /// <summary>Whether a newcomer with a verified e-mail address gets an account. Default no.</summary>
    public bool CreatesPeople { get; init; }

    /// <summary>What newcomers may do where it says nothing of roles. Default none.</summary>
    public ImmutableArray<Role> NewcomersRoles { get; init; } = [];

    /// <summary>The claim that says their roles, such as <c>groups</c> or <c>realm_access.roles</c>; null: roles are given here.</summary>
    public string? RoleClaim { get; init; }

    /// <summary>Which value of that claim is which role.</summary>
    public ImmutableDictionary<string, Role> Roles { get; init; } = ImmutableDictionary<string, Role>.Empty;

    public override string ToString() => Name; // Not the secret.

    /// <summary>The roles that it gives; null: it says nothing of roles, and those given here hold.</summary>
    public ImmutableArray<Role>? RolesOf(IEnumerable<string> claimed) =>
        RoleClaim is null ? null : [.. claimed.Where(Roles.ContainsKey).Select(value => Roles[value]).Distinct().Order()];
}
