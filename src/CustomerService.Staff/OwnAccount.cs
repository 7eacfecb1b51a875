using System.Collections.Immutable;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Staff;

namespace CustomerService.Staff;

/// <summary>What everybody may do to their own account. After a change that ends sessions, the one that made it goes on with the member that is returned.</summary>
/// <remarks>Each method throws <see cref="StaffRefusedException"/> when it may not be, or was not, done.</remarks>
public sealed class OwnAccount
{
    private const int MostActsRead = 5_000;

    private readonly StaffDoor _door;
    private readonly StaffRoster _roster;
    private readonly StaffSignIn _signIn;
    private readonly Passwords _passwords;
    private readonly SecondFactors _factors;
    private readonly AuditLog _log;
    private readonly StaffSettings _settings;

    internal OwnAccount(StaffDoor door, StaffRoster roster, StaffSignIn signIn, Passwords passwords, SecondFactors factors, AuditLog log, StaffSettings settings) =>
        (_door, _roster, _signIn, _passwords, _factors, _log, _settings) = (door, roster, signIn, passwords, factors, log, settings);

    /// <summary>The account as it is at this moment.</summary>
    public async ValueTask<PersonView> ReadAsync(StaffMember who, CancellationToken cancellation = default)
    {
        await _door.RefreshAsync(who, cancellation);
        return await _roster.ReadAsync(who.Id, cancellation) ?? throw new StaffRefusedException("no_such_person", $"There is nobody called {who.Id}.");
    }

    /// <summary>Refused with <c>password_wrong</c>, <c>password_weak</c> (its message says why), <c>locked_out</c>.</summary>
    public async ValueTask<StaffMember> ChangePasswordAsync(StaffMember who, string current, string next, CancellationToken cancellation = default)
    {
        var person = await ReadAsync(who, cancellation);
        if (PasswordRules.WhyNot(next, person.Id, person.Name, person.Email) is { } weakness)
            throw new StaffRefusedException("password_weak", weakness);
        if (current == next)
            throw new StaffRefusedException("password_weak", "This is the password that you have; choose another.");
        await _signIn.ProveAsync(who, current, cancellation);
        return await DoAsync(who, new ChangePassword(who.Id, _passwords.Hash(next), MustChange: false, who.Id), cancellation);
    }

    public async ValueTask<StaffMember> ChangePreferencesAsync(StaffMember who, string? language, string? theme, CancellationToken cancellation = default) =>
        await DoAsync(who, new ChangePreferences(who.Id, language, theme, who.Id), cancellation);

    /// <summary>Nothing is kept before <see cref="FinishSecondFactorAsync"/>.</summary>
    public SecondFactorSetup BeginSecondFactor(StaffMember who) => _factors.Begin(who.Id);

    /// <summary>The same set-up again, after a wrong code; null: it was begun too long ago, or by somebody else.</summary>
    public SecondFactorSetup? ResumeSecondFactor(StaffMember who, string pending) => _factors.Resume(who.Id, pending);

    /// <summary>Refused with <c>code_wrong</c> or <c>setup_outdated</c>.</summary>
    /// <returns>Recovery codes, to be shown once.</returns>
    public async ValueTask<(StaffMember Member, ImmutableArray<string> RecoveryCodes)> FinishSecondFactorAsync(StaffMember who, string pending, string code, CancellationToken cancellation = default)
    {
        var (secret, step) = _factors.Finish(who.Id, pending, code);
        var (codes, hashes) = SecondFactors.MakeRecoveryCodes(who.Id);
        return (await DoAsync(who, new SetSecondFactor(who.Id, secret, step, hashes, who.Id), cancellation), codes);
    }

    /// <summary>Refused with <c>password_wrong</c>, <c>locked_out</c> or <c>no_second_factor</c>.</summary>
    /// <returns>Recovery codes instead of those that are left, to be shown once.</returns>
    public async ValueTask<ImmutableArray<string>> ReplaceRecoveryCodesAsync(StaffMember who, string password, CancellationToken cancellation = default)
    {
        await _signIn.ProveAsync(who, password, cancellation);
        var (codes, hashes) = SecondFactors.MakeRecoveryCodes(who.Id);
        await DoAsync(who, new ReplaceRecoveryCodes(who.Id, hashes, who.Id), cancellation);
        return codes;
    }

    /// <summary>Refused with <c>password_wrong</c> or <c>locked_out</c>.</summary>
    public async ValueTask<StaffMember> RemoveSecondFactorAsync(StaffMember who, string password, CancellationToken cancellation = default)
    {
        await _signIn.ProveAsync(who, password, cancellation);
        return await DoAsync(who, new RemoveSecondFactor(who.Id, who.Id), cancellation);
    }

    /// <summary>All sessions but the one that goes on with what is returned.</summary>
    public ValueTask<StaffMember> EndOtherSessionsAsync(StaffMember who, CancellationToken cancellation = default) => DoAsync(who, new EndSessions(who.Id, who.Id), cancellation);

    /// <summary>Whoever asks has proved that the provider says that it is them. Refused with <c>identity_in_use</c> when it is another's.</summary>
    public ValueTask<StaffMember> LinkIdentityAsync(StaffMember who, OutsideIdentity identity, CancellationToken cancellation = default) =>
        DoAsync(who, new LinkIdentity(who.Id, identity, who.Id), cancellation);

    /// <summary>Refused with <c>only_way_in</c> when there is neither a password nor another identity.</summary>
    public async ValueTask<StaffMember> UnlinkIdentityAsync(StaffMember who, OutsideIdentity identity, CancellationToken cancellation = default)
    {
        if (await ReadAsync(who, cancellation) is { HasPassword: false, Identities.Length: <= 1 })
            throw new StaffRefusedException("only_way_in", "This is the only way for you to sign in; ask an administrator for a password first.");
        return await DoAsync(who, new UnlinkIdentity(who.Id, identity, who.Id), cancellation);
    }

    /// <summary>The last attempts to sign in with this account, good and bad, the newest first; as far back as the last few thousand acts of everybody.</summary>
    public async ValueTask<IReadOnlyList<ActNoted>> RecentSignInsAsync(StaffMember who, int limit, CancellationToken cancellation = default)
    {
        await _door.RefreshAsync(who, cancellation);
        var found = await _log.FindBackAsync(new AuditFilter(who.Id, StaffSignIn.Act), before: null, limit, MostActsRead, cancellation);
        return [.. found.Acts.Where(act => act.Who == who.Id)];
    }

    private async ValueTask<StaffMember> DoAsync(StaffMember who, Grains.Turns.Command command, CancellationToken cancellation)
    {
        await _door.DoOwnAsync(who, command, cancellation);
        return await _roster.ReadAsync(who.Id, cancellation) is { } person ? StaffMember.Of(person, _settings, who.Address, who.IsVouchedFor) : who;
    }
}
