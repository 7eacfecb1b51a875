using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;

namespace CustomerService.Staff;

/// <summary>Whom an outside provider vouches for, as its signed word says.</summary>
/// <param name="Issuer">Who says it; with the subject it is the identity.</param>
/// <param name="UserName">What they are called there; null: it does not say.</param>
/// <param name="RoleClaims">Values of the provider's <see cref="IdentityProvider.RoleClaim"/>.</param>
public sealed record VouchedPerson(
    IdentityProvider Provider, string Issuer, string Subject, string? Email, bool EmailIsVerified, string? Name, string? UserName, ImmutableArray<string> RoleClaims)
{
    public OutsideIdentity Identity { get; } = new(Issuer, Subject);
}

/// <summary>Signs in whom an outside provider vouches for, and lets newcomers in as far as the owner said so. Where the provider says their roles, its word holds at each sign-in.</summary>
public sealed class OutsideSignIn(IGrainClient grains, StaffAccounts accounts, StaffSignIn signIn)
{
    private const int LongestId = 60;
    private const int MostOfOneName = 50;

    public async ValueTask<SignInResult> SignInAsync(VouchedPerson vouched, string? address, CancellationToken cancellation = default)
    {
        var roles = vouched.Provider.RolesOf(vouched.RoleClaims);
        if (roles is { IsEmpty: true })
            return await signIn.DenyOutsiderAsync("no_role", address, cancellation);
        var people = await grains.AskAsync(Grain.Staff, new GetPeople(), cancellation) as PeopleView ?? throw new InvalidOperationException("The staff did not answer with people.");
        var known = people.People.FirstOrDefault(person => person.Identities.Contains(vouched.Identity));
        if (known is null && await WhyNotAdmittedAsync(vouched, roles, people.People, cancellation) is { } reason)
            return await signIn.DenyOutsiderAsync(reason, address, cancellation);
        if (known is { Disabled: false } && roles is { } given && !given.SequenceEqual(known.Roles))
            await ChangeRolesAsync(vouched.Provider, known.Id, given, cancellation);
        return await signIn.SignInByIdentityAsync(vouched.Issuer, vouched.Subject, address, cancellation);
    }

    private static StaffMember Self(IdentityProvider provider) => StaffMember.System($"sign-in.{provider.Name}", Role.Administrator);

    /// <summary>Lets a newcomer in.</summary>
    /// <returns>Why not; null: they are in, or sign-in itself will say why not.</returns>
    private async ValueTask<string?> WhyNotAdmittedAsync(VouchedPerson vouched, ImmutableArray<Role>? roles, ImmutableArray<PersonView> people, CancellationToken cancellation)
    {
        var provider = vouched.Provider;
        if (!provider.LinksByEmail && !provider.CreatesPeople)
            return null;
        if (vouched.Email is null || !vouched.EmailIsVerified)
            return "email_not_verified";
        var sameAddress = people.FirstOrDefault(person => !person.IsDemo && string.Equals(person.Email, vouched.Email.Trim(), StringComparison.OrdinalIgnoreCase));
        if (sameAddress is not null)
        {
            if (provider.LinksByEmail)
                await accounts.LinkIdentityAsync(Self(provider), sameAddress.Id, vouched.Identity, cancellation);
            if (provider.LinksByEmail && roles is { } given && !given.SequenceEqual(sameAddress.Roles))
                await ChangeRolesAsync(provider, sameAddress.Id, given, cancellation);
            return null;
        }

        if (!provider.CreatesPeople)
            return null;
        var begins = roles ?? provider.NewcomersRoles;
        return begins.IsEmpty ? "no_role" : await AddAsync(vouched, begins, cancellation);
    }

    private async ValueTask<string?> AddAsync(VouchedPerson vouched, ImmutableArray<Role> roles, CancellationToken cancellation)
    {
        var wanted = IdOf(vouched.UserName ?? vouched.Email!);
        for (var n = 1; n <= MostOfOneName; n++)
        {
            try
            {
                await accounts.AddOutsiderAsync(Self(vouched.Provider), n == 1 ? wanted : $"{wanted}-{n}", vouched.Name ?? wanted, vouched.Email, roles, vouched.Identity, cancellation);
                return null;
            }
            catch (StaffRefusedException refused) when (refused.Code == "person_exists")
            {
                // Another has that name: the next number.
            }
            catch (StaffRefusedException refused) when (refused.Code == "identity_in_use")
            {
                return null; // They came twice at once.
            }
        }

        return "no_such_person";
    }

    private async ValueTask ChangeRolesAsync(IdentityProvider provider, string id, ImmutableArray<Role> roles, CancellationToken cancellation)
    {
        try
        {
            await accounts.ChangeRolesAsync(Self(provider), id, roles, cancellation);
        }
        catch (StaffRefusedException refused) when (refused.Code == "last_administrator")
        {
            // A mistake at the provider must not lock everybody out.
        }
    }

    /// <summary>An id as they may be, from what somebody is called elsewhere.</summary>
    internal static string IdOf(string name)
    {
        var letters = name.Split('@')[0].ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' ? c : '-');
        var id = string.Concat(letters).Trim('-', '.', '_');
        return id.Length == 0 ? "person" : id[..Math.Min(id.Length, LongestId)];
    }
}
