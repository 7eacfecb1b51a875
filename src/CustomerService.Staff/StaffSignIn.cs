using CustomerService.Grains;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;

namespace CustomerService.Staff;

/// <summary>Finds out whether people are who they say. Each attempt is counted before it is looked at, and what came of it stands in the audit log.</summary>
public sealed class StaffSignIn(IGrainClient grains, Passwords passwords, SecondFactors factors, AuditNotes notes, StaffSettings settings, TimeProvider time) : IDisposable
{
    internal const string Act = "staff.sign_in";
    private const int LongestName = 254;

    // Hashing is slow by design: a rush of attempts takes no more than these processors, whatever comes in.
    private readonly SemaphoreSlim _hashing = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly UnknownNames _unknown = new(time);
    private readonly SignInAddresses _addresses = new(time);

    /// <param name="name">Id or e-mail.</param>
    /// <param name="code">By time or for recovery; null or empty: none was given yet.</param>
    /// <param name="address">Of the network: attempts from one are counted too.</param>
    public async ValueTask<SignInResult> SignInAsync(string name, string password, string? code, string? address, CancellationToken cancellation = default)
    {
        if (_addresses.Begin(address) is { } refusal)
        {
            var tooMany = new SignInResult.TooMany(refusal.Until);
            return refusal.IsFirst ? await DenyAsync(Nobody(address), "too_many_from_address", tooMany, cancellation) : tooMany;
        }

        var asked = name.Length <= LongestName ? name : "";
        var result = await LookAsync(asked, password, code, address, cancellation);
        if (result is SignInResult.SignedIn or SignInResult.NeedsCode)
            _addresses.TakeBack(address);
        return result;
    }
    /// <summary>Signs in whom an outside provider vouches for. Whoever asks has proved that it does.</summary>
    public async ValueTask<SignInResult> SignInByIdentityAsync(string issuer, string subject, string? address, CancellationToken cancellation = default)
    {
        switch (await grains.AskAsync(Grain.Staff, new SignInByIdentity(new OutsideIdentity(issuer, subject)) { Id = Ids.New() }, cancellation))
        {
            case PersonView person:
                var member = StaffMember.Of(person, settings, address, isVouchedFor: true);
                if (settings.Excludes(person))
                    return await DenyAsync(member, "person_disabled", new SignInResult.Disabled(), cancellation);
                await notes.NoteAsync(member, Act, null, Grain.Staff.ToString(), ActOutcome.Allowed, $"by {issuer}", cancellation: cancellation);
                return new SignInResult.SignedIn(member);
            case Refused { Code: "person_disabled" }:
                return await DenyAsync(Nobody(address), "person_disabled", new SignInResult.Disabled(), cancellation);
            default:
                return await DenyAsync(Nobody(address), "identity_not_linked", new SignInResult.NotLinked(), cancellation);
        }
    }

    public void Dispose() => _hashing.Dispose();

    /// <summary>An outside provider vouches for a newcomer, and that is not enough.</summary>
    internal ValueTask<SignInResult> DenyOutsiderAsync(string reason, string? address, CancellationToken cancellation) =>
        DenyAsync(Nobody(address), reason, new SignInResult.NotAdmitted(reason), cancellation);

    /// <summary>Whether that is somebody's password, with the same counting as at sign-in: for what asks for it once more.</summary>
    /// <exception cref="StaffRefusedException"><c>password_wrong</c> or <c>locked_out</c>.</exception>
    internal async ValueTask ProveAsync(StaffMember who, string password, CancellationToken cancellation)
    {
        switch (await grains.AskAsync(Grain.Staff, new BeginSignIn(who.Id) { Id = Ids.New() }, cancellation))
        {
            case LockedOut { Until: var until }:
                throw new StaffRefusedException("locked_out", $"There were too many attempts; try again after {until:HH:mm} UTC.");
            case SignInAttempt attempt when await MatchAsync(attempt.PasswordHash, password, cancellation) != PasswordMatch.No:
                return;
            default:
                await DenyAsync(who, "password_wrong", new SignInResult.Wrong(), cancellation);
                throw new StaffRefusedException("password_wrong", "This is not your password.");
        }
    }

    private async ValueTask<SignInResult> LookAsync(string name, string password, string? code, string? address, CancellationToken cancellation) =>
        await grains.AskAsync(Grain.Staff, new BeginSignIn(name) { Id = Ids.New() }, cancellation) switch
        {
            LockedOut locked => await DenyAsync(Person(name, address), "locked_out", new SignInResult.Locked(locked.Until), cancellation),
            SignInAttempt attempt => await TryAsync(attempt, password, code, address, cancellation),
            _ => await TryNobodyAsync(name, password, address, cancellation),
        };

    private async ValueTask<SignInResult> TryAsync(SignInAttempt attempt, string password, string? code, string? address, CancellationToken cancellation)
    {
        var person = attempt.Person;
        var member = StaffMember.Of(person, settings, address);
        var match = await MatchAsync(attempt.PasswordHash, password, cancellation);
        if (match == PasswordMatch.No)
            return await DenyAsync(member, "password_wrong", new SignInResult.Wrong(), cancellation);
        if (settings.Excludes(person))
            return await DenyAsync(member, "person_disabled", new SignInResult.Disabled(), cancellation);

        CodeMatch? used = null;
        if (attempt.SecondFactor is { } factor)
        {
            if (string.IsNullOrWhiteSpace(code))
                return new SignInResult.NeedsCode();
            used = factors.Match(person.Id, factor, code);
            if (used is null)
                return await DenyAsync(member, "code_wrong", new SignInResult.WrongCode(), cancellation);
        }

        var complete = new CompleteSignIn(person.Id, person.Stamp, used?.Step, used?.RecoveryHash)
        {
            Id = Ids.New(),
            Rehashed = match == PasswordMatch.YesButOldHash ? passwords.Hash(password) : null,
        };
        return await CompleteAsync(member, complete, cancellation);
    }

    private async ValueTask<SignInResult> CompleteAsync(StaffMember member, CompleteSignIn complete, CancellationToken cancellation)
    {
        await notes.NoteAsync(
            member, Act, null, Grain.Staff.ToString(), ActOutcome.Allowed, complete.RecoveryHash is null ? null : "by a recovery code", cancellation: cancellation);
        switch (await grains.AskAsync(Grain.Staff, complete, cancellation))
        {
            case PersonView now:
                return new SignInResult.SignedIn(StaffMember.Of(now, settings, member.Address));
            case Refused refused:
                await notes.NoteAsync(member, Act, null, Grain.Staff.ToString(), ActOutcome.Failed, reason: refused.Code, cancellation: cancellation);
                return refused.Code switch
                {
                    "code_used" => new SignInResult.WrongCode(),
                    "person_disabled" => new SignInResult.Disabled(),
                    _ => new SignInResult.Wrong(), // Changed a moment ago: what was given holds no longer.
                };
            case var other:
                throw new InvalidOperationException($"The staff answered with {other.GetType().Name}.");
        }
    }

    private async ValueTask<SignInResult> TryNobodyAsync(string name, string password, string? address, CancellationToken cancellation)
    {
        if (_unknown.Begin(name) is { } until)
            return await DenyAsync(Nobody(address), "locked_out", new SignInResult.Locked(until), cancellation);
        await MatchAsync(null, password, cancellation);
        return await DenyAsync(Nobody(address), "no_such_person", new SignInResult.Wrong(), cancellation);
    }

    private async ValueTask<PasswordMatch> MatchAsync(string? hash, string password, CancellationToken cancellation)
    {
        await _hashing.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => passwords.Match(hash, password), cancellation);
        }
        finally
        {
            _hashing.Release();
        }
    }

    private async ValueTask<SignInResult> DenyAsync(StaffMember who, string reason, SignInResult result, CancellationToken cancellation)
    {
        await notes.NoteAsync(who, Act, null, Grain.Staff.ToString(), ActOutcome.Denied, reason: reason, cancellation: cancellation);
        return result;
    }

    private static StaffMember Person(string name, string? address) => new(ActorKind.Person, name.Trim().ToLowerInvariant(), "", [], null) { Address = address };

    // What was typed as a name may be a password, so it is not written down.
    private static StaffMember Nobody(string? address) => StaffMember.System("unknown") with { Address = address };
}
