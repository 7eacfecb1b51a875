using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Staff;

namespace CustomerService.Staff;

/// <summary>People's accounts as administrators look after them: from the console, the API and the command line alike.</summary>
/// <remarks>Each method throws <see cref="StaffRefusedException"/> when it may not be, or was not, done.</remarks>
public sealed class StaffAccounts(IStaffDoor door, Passwords passwords)
{
    /// <summary>Everybody, and every token, by id.</summary>
    public ValueTask<PeopleView> ListAsync(StaffMember who, CancellationToken cancellation = default) =>
        door.ReadAsync<PeopleView>(who, Grain.Staff, new GetPeople(), cancellation);

    /// <returns>A password to begin with, to be told to them; it is shown nowhere again.</returns>
    public async ValueTask<string> AddAsync(StaffMember who, string id, string name, string? email, ImmutableArray<Role> roles, CancellationToken cancellation = default)
    {
        var password = Passwords.MakeOneTime();
        await door.DoAsync(who, Grain.Staff, new AddPerson(id, name, email, roles, passwords.Hash(password), who.Signature), $"{id}: {Words(roles)}", cancellation);
        return password;
    }

    /// <summary>Adds somebody who signs in by an outside identity only.</summary>
    internal ValueTask AddOutsiderAsync(
        StaffMember who, string id, string name, string? email, ImmutableArray<Role> roles, OutsideIdentity identity, CancellationToken cancellation) =>
        door.DoAsync(who, Grain.Staff, new AddPerson(id, name, email, roles, PasswordHash: null, who.Signature) { Identity = identity }, $"{id}: {Words(roles)}; by {identity.Issuer}", cancellation);

    public ValueTask ChangeProfileAsync(StaffMember who, string id, string name, string? email, CancellationToken cancellation = default) =>
        door.DoAsync(who, Grain.Staff, new ChangeProfile(id, name, email, who.Signature), id, cancellation);

    public ValueTask ChangeRolesAsync(StaffMember who, string id, ImmutableArray<Role> roles, CancellationToken cancellation = default) =>
        door.DoAsync(who, Grain.Staff, new ChangeRoles(id, roles, who.Signature), $"{id}: {Words(roles)}", cancellation);

    /// <summary>Also ends a lockout.</summary>
    /// <returns>The new password to begin with.</returns>
    public async ValueTask<string> ResetPasswordAsync(StaffMember who, string id, CancellationToken cancellation = default)
    {
        var password = Passwords.MakeOneTime();
        await door.DoAsync(who, Grain.Staff, new ChangePassword(id, passwords.Hash(password), MustChange: true, who.Signature), id, cancellation);
        return password;
    }

    public ValueTask ResetSecondFactorAsync(StaffMember who, string id, CancellationToken cancellation = default) =>
        door.DoAsync(who, Grain.Staff, new RemoveSecondFactor(id, who.Signature), id, cancellation);

    public ValueTask DisableAsync(StaffMember who, string id, CancellationToken cancellation = default) =>
        door.DoAsync(who, Grain.Staff, new DisablePerson(id, who.Signature), id, cancellation);

    public ValueTask EnableAsync(StaffMember who, string id, CancellationToken cancellation = default) =>
        door.DoAsync(who, Grain.Staff, new EnablePerson(id, who.Signature), id, cancellation);

    /// <summary>Whoever is signed in as them has to sign in again.</summary>
    public ValueTask EndSessionsAsync(StaffMember who, string id, CancellationToken cancellation = default) =>
        door.DoAsync(who, Grain.Staff, new EndSessions(id, who.Signature), id, cancellation);

    public ValueTask LinkIdentityAsync(StaffMember who, string id, OutsideIdentity identity, CancellationToken cancellation = default) =>
        door.DoAsync(who, Grain.Staff, new LinkIdentity(id, identity, who.Signature), $"{id}: {identity.Issuer}", cancellation);

    public ValueTask UnlinkIdentityAsync(StaffMember who, string id, OutsideIdentity identity, CancellationToken cancellation = default) =>
        door.DoAsync(who, Grain.Staff, new UnlinkIdentity(id, identity, who.Signature), $"{id}: {identity.Issuer}", cancellation);

    internal static string Words(ImmutableArray<Role> roles) => string.Join(", ", roles.Select(role => role.ToString().ToLowerInvariant()));
}
