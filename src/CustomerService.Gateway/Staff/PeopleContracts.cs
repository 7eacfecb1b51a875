using System.Collections.Immutable;
using CustomerService.Grains.Staff;

namespace CustomerService.Gateway.Staff;

/// <summary>Everybody who works here, and every program's token, by id.</summary>
public sealed record PeopleList(ImmutableArray<StaffPersonEntry> People, ImmutableArray<StaffTokenEntry> Tokens)
{
    public static PeopleList Of(PeopleView view) => new([.. view.People.Select(StaffPersonEntry.Of)], [.. view.Tokens.Select(StaffTokenEntry.Of)]);
}

/// <param name="Id">What they sign in by; also the id of their agent.</param>
/// <param name="Roles">Of <c>agent</c>, <c>supervisor</c>, <c>operator</c>, <c>administrator</c>, <c>auditor</c>.</param>
/// <param name="LockedUntil">There were too many attempts to sign in; none is looked at before.</param>
public sealed record StaffPersonEntry(
    string Id, string Name, string? Email, ImmutableArray<string> Roles, bool Disabled, bool MustChangePassword, bool HasSecondFactor, DateTimeOffset? LockedUntil, DateTimeOffset CreatedAt,
    DateTimeOffset? LastSignIn)
{
    internal static StaffPersonEntry Of(PersonView person) => new(
        person.Id, person.Name, person.Email, RoleNames.Of(person.Roles), person.Disabled, person.MustChangePassword, person.HasSecondFactor, person.LockedUntil, person.CreatedAt, person.LastSignIn);
}

/// <param name="ExpiresAt">Left out: never.</param>
/// <param name="RevokedAt">Left out: it was not revoked.</param>
public sealed record StaffTokenEntry(string Id, string Name, ImmutableArray<string> Roles, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
{
    internal static StaffTokenEntry Of(ApiTokenView token) => new(token.Id, token.Name, RoleNames.Of(token.Roles), token.CreatedAt, token.CreatedBy, token.ExpiresAt, token.RevokedAt);
}

/// <param name="Id">1 to 64 of a-z, 0-9 and . _ -</param>
/// <param name="Name">Left out: the id.</param>
public sealed record NewPerson(string? Id, string? Name, string? Email, ImmutableArray<string>? Roles);

public sealed record RoleChange(ImmutableArray<string>? Roles);

/// <param name="Password">To sign in with once; shown nowhere again.</param>
public sealed record FirstPassword(string Id, string Password);

/// <param name="Name">What it is for. Left out: the id.</param>
/// <param name="ExpiresAt">Left out: never.</param>
public sealed record NewToken(string? Id, string? Name, ImmutableArray<string>? Roles, DateTimeOffset? ExpiresAt);

/// <param name="Token">To be sent as <c>Authorization: Bearer</c>; shown nowhere again.</param>
public sealed record IssuedToken(string Id, string Token);

/// <summary>Roles as requests, answers and commands write them.</summary>
public static class RoleNames
{
    public static ImmutableArray<string> All { get; } = [.. Enum.GetValues<Role>().Select(NameOf)];

    public static ImmutableArray<string> Of(ImmutableArray<Role> roles) => [.. roles.Select(NameOf)];

    /// <exception cref="FormatException">One is no role; the message says which, and what there is.</exception>
    public static ImmutableArray<Role> Parse(IEnumerable<string> names) =>
        [.. names.Select(name => All.IndexOf(name) is >= 0 and var role ? (Role)role : throw new FormatException($"'{name}' is no role; there are {string.Join(", ", All)}."))];

    private static string NameOf(Role role) => role.ToString().ToLowerInvariant();
}
