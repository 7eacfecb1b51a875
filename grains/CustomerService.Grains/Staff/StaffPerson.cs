using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Staff;

/// <summary>One person as kept: an index entry of the staff grain. Its secrets leave the grain only in <see cref="SignInAttempt"/>.</summary>
/// <param name="Id">What the person signs in by, in lower case; also the id of their agent grain.</param>
/// <param name="Stamp">Another one after each change of roles, password, second factor or standing: sessions of an older one are over.</param>
public sealed record StaffPerson(string Id, string Name, string? Email, ImmutableArray<Role> Roles, long Stamp, DateTimeOffset CreatedAt)
{
    /// <summary>As the password hasher wrote it; null: signs in by an outside identity only.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>The password is known to somebody else, who made it: nothing can be done before it is changed.</summary>
    public bool MustChangePassword { get; init; }

    /// <summary>Null: the password is enough.</summary>
    public SecondFactor? SecondFactor { get; init; }

    public ImmutableArray<OutsideIdentity> Identities { get; init; } = [];

    /// <summary>Attempts to sign in since the last that succeeded.</summary>
    public int FailedAttempts { get; init; }

    public DateTimeOffset? LockedUntil { get; init; }

    public bool Disabled { get; init; }

    /// <summary>Of the pages, such as <c>de</c>; null: the browser's.</summary>
    public string? Language { get; init; }

    /// <summary><c>light</c> or <c>dark</c>; null: the device's.</summary>
    public string? Theme { get; init; }

    public DateTimeOffset? LastSignIn { get; init; }

    /// <summary>Let in by one click where the system is run for development, and nowhere else.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Whether they can look after the system wherever it is run.</summary>
    internal bool IsAdministrator => !Disabled && !IsDemo && Roles.OrEmpty().Contains(Role.Administrator);

    internal PersonView ToView() => new(
        Id, Name, Email, Roles.OrEmpty(), Stamp, Disabled, MustChangePassword, HasPassword: PasswordHash is not null, HasSecondFactor: SecondFactor is not null,
        RecoveryCodesLeft: SecondFactor?.RecoveryHashes.OrEmpty().Length ?? 0, Identities.OrEmpty(), LockedUntil, Language, Theme, CreatedAt, LastSignIn)
    {
        IsDemo = IsDemo,
    };
}

/// <summary>Codes by time (TOTP), and codes for when the device is lost.</summary>
/// <param name="Secret">Protected outside the grain, which can't read it.</param>
/// <param name="LastStep">The time step of the code that was used last; none of it or before is accepted again.</param>
/// <param name="RecoveryHashes">One for each recovery code that is left.</param>
public sealed record SecondFactor(string Secret, long LastStep, ImmutableArray<string> RecoveryHashes);

/// <summary>Who somebody is at an outside identity provider.</summary>
/// <param name="Issuer">The provider's address.</param>
/// <param name="Subject">The provider's own id of the person.</param>
public sealed record OutsideIdentity(string Issuer, string Subject);

/// <summary>A program's token as kept: an index entry of the staff grain.</summary>
/// <param name="Hash">SHA-256 of the token in hexadecimal; the token itself is shown once and kept nowhere.</param>
/// <param name="ExpiresAt">Null: never.</param>
public sealed record ApiToken(string Id, string Name, ImmutableArray<Role> Roles, string Hash, DateTimeOffset? ExpiresAt, DateTimeOffset CreatedAt, string CreatedBy)
{
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>To the hour; null: never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    internal ApiTokenView ToView() => new(Id, Name, Roles.OrEmpty(), ExpiresAt, CreatedAt, CreatedBy, RevokedAt) { LastUsedAt = LastUsedAt };

    internal bool IsGood(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}
