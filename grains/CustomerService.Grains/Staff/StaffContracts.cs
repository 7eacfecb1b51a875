using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Staff;

// Every command says who has it done: a person's id, token:ID, or system:PART.
namespace CustomerService.Grains.Staff
{
    /// <summary>
    /// Adds somebody. Refused with <c>person_exists</c>, <c>email_in_use</c>, <c>person_id_invalid</c>, <c>name_invalid</c>, <c>email_invalid</c> or <c>roles_missing</c>.
    /// </summary>
    /// <param name="PasswordHash">Null: signs in by an outside identity only.</param>
    public sealed record AddPerson(string PersonId, string Name, string? Email, ImmutableArray<Role> Roles, string? PasswordHash, string By) : Turns.Command
    {
        /// <summary>Only if there is no administrator yet; refused with <c>administrator_exists</c>. For the first start, of however many processes.</summary>
        public bool OnlyAsFirstAdministrator { get; init; }

        /// <summary>For trying things out: let in by one click where the system is run for development, and nowhere else.</summary>
        public bool IsDemo { get; init; }

        /// <summary>Whom an outside provider says they are, from the first moment on. Refused with <c>identity_in_use</c> when it is another's.</summary>
        public OutsideIdentity? Identity { get; init; }
    }

    /// <summary>Refused like <see cref="AddPerson"/>, or with <c>no_such_person</c>.</summary>
    public sealed record ChangeProfile(string PersonId, string Name, string? Email, string By) : Turns.Command;

    /// <summary>Refused with <c>no_such_person</c>, <c>roles_missing</c>, or <c>last_administrator</c>.</summary>
    public sealed record ChangeRoles(string PersonId, ImmutableArray<Role> Roles, string By) : Turns.Command;

    /// <summary>Also ends a lockout. Refused with <c>no_such_person</c>.</summary>
    /// <param name="MustChange">It was made for the person, who has to choose another at once.</param>
    public sealed record ChangePassword(string PersonId, string PasswordHash, bool MustChange, string By) : Turns.Command;

    /// <summary>Language and theme of the pages; null: as browser and device say. No session ends by it.</summary>
    public sealed record ChangePreferences(string PersonId, string? Language, string? Theme, string By) : Turns.Command;

    /// <param name="Secret">Protected outside the grain.</param>
    /// <param name="Step">Of the code that proved that the device is set up: it is used.</param>
    public sealed record SetSecondFactor(string PersonId, string Secret, long Step, ImmutableArray<string> RecoveryHashes, string By) : Turns.Command;

    /// <summary>Instead of those that are left. Refused with <c>no_second_factor</c>.</summary>
    public sealed record ReplaceRecoveryCodes(string PersonId, ImmutableArray<string> RecoveryHashes, string By) : Turns.Command;

    public sealed record RemoveSecondFactor(string PersonId, string By) : Turns.Command;

    /// <summary>Refused with <c>last_administrator</c>.</summary>
    public sealed record DisablePerson(string PersonId, string By) : Turns.Command;

    public sealed record EnablePerson(string PersonId, string By) : Turns.Command;

    /// <summary>Whoever is signed in as them is so no longer.</summary>
    public sealed record EndSessions(string PersonId, string By) : Turns.Command;

    /// <summary>Refused with <c>identity_in_use</c> when it is another's.</summary>
    public sealed record LinkIdentity(string PersonId, OutsideIdentity Identity, string By) : Turns.Command;

    public sealed record UnlinkIdentity(string PersonId, OutsideIdentity Identity, string By) : Turns.Command;

    /// <summary>
    /// Somebody is about to be tried by a password. It counts as failed until <see cref="CompleteSignIn"/> says otherwise, so that however many try at
    /// once, no more are tried than may be. Answer: <see cref="SignInAttempt"/> or <see cref="LockedOut"/>; refused with <c>no_such_person</c>.
    /// </summary>
    /// <param name="Name">Id or e-mail.</param>
    public sealed record BeginSignIn(string Name) : Turns.Command;

    /// <summary>
    /// It was really them. Refused with <c>code_used</c>, with <c>person_disabled</c>, and with <c>sign_in_outdated</c> when password, second factor or roles were changed
    /// meanwhile. Answer: <see cref="PersonView"/>.
    /// </summary>
    /// <param name="Stamp">As the attempt had it.</param>
    /// <param name="Step">Of the code by time that was given; null: none was.</param>
    /// <param name="RecoveryHash">Of the recovery code that was given; null: none was.</param>
    public sealed record CompleteSignIn(string PersonId, long Stamp, long? Step, string? RecoveryHash) : Turns.Command
    {
        /// <summary>The password's hash as it is written today, where the old one was weaker; null: it stays.</summary>
        public string? Rehashed { get; init; }
    }

    /// <summary>The person whom an outside provider vouches for. Refused with <c>no_such_person</c> or <c>person_disabled</c>. Answer: <see cref="PersonView"/>.</summary>
    public sealed record SignInByIdentity(OutsideIdentity Identity) : Turns.Command;

    /// <summary>Refused with <c>token_exists</c>, <c>token_id_invalid</c>, <c>name_invalid</c>, <c>roles_missing</c> or <c>expiry_in_the_past</c>.</summary>
    public sealed record IssueToken(string TokenId, string Name, ImmutableArray<Role> Roles, string Hash, DateTimeOffset? ExpiresAt, string By) : Turns.Command;

    /// <summary>For good. Refused with <c>no_such_token</c>.</summary>
    public sealed record RevokeToken(string TokenId, string By) : Turns.Command;

    /// <summary>A program shows its token. Kept to the hour.</summary>
    public sealed record NoteTokenUse(string TokenId) : Turns.Command;

    /// <summary>Answer: <see cref="PeopleView"/>.</summary>
    public sealed record GetPeople : Turns.Query;

    /// <summary>Answer: <see cref="PersonView"/>, or refused with <c>no_such_person</c>.</summary>
    public sealed record GetPerson(string PersonId) : Turns.Query;

    /// <summary>The token of that hash, if it is good now. Answer: <see cref="ApiTokenView"/>, or refused with <c>no_such_token</c>.</summary>
    public sealed record FindToken(string Hash) : Turns.Query;

    /// <summary>Everybody, and every token, by id.</summary>
    public sealed record PeopleView(ImmutableArray<PersonView> People, ImmutableArray<ApiTokenView> Tokens) : Turns.Reply;

    /// <summary>Somebody, without secrets.</summary>
    public sealed record PersonView(
        string Id, string Name, string? Email, ImmutableArray<Role> Roles, long Stamp, bool Disabled, bool MustChangePassword, bool HasPassword, bool HasSecondFactor,
        int RecoveryCodesLeft, ImmutableArray<OutsideIdentity> Identities, DateTimeOffset? LockedUntil, string? Language, string? Theme, DateTimeOffset CreatedAt, DateTimeOffset? LastSignIn) : Turns.Reply
    {
        /// <summary>See <see cref="AddPerson.IsDemo"/>.</summary>
        public bool IsDemo { get; init; }
    }

    public sealed record ApiTokenView(
        string Id, string Name, ImmutableArray<Role> Roles, DateTimeOffset? ExpiresAt, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? RevokedAt) : Turns.Reply
    {
        /// <summary>To the hour; null: never.</summary>
        public DateTimeOffset? LastUsedAt { get; init; }
    }

    /// <summary>What one attempt to sign in is held against. For the sign-in and nobody else.</summary>
    public sealed record SignInAttempt(PersonView Person, string? PasswordHash, SecondFactor? SecondFactor) : Turns.Reply;

    /// <summary>Nothing is tried before that time.</summary>
    public sealed record LockedOut(DateTimeOffset Until) : Turns.Reply;

    public sealed record PersonAdded(string PersonId, string Name, ImmutableArray<Role> Roles, string By) : Journal.JournalEvent;

    /// <param name="What">Such as <c>password</c>, <c>second_factor_removed</c>, <c>disabled</c>.</param>
    public sealed record PersonChanged(string PersonId, string What, string By) : Journal.JournalEvent;

    public sealed record PersonSignedIn(string PersonId) : Journal.JournalEvent;

    /// <summary>An attempt was let begin after which, if it fails, there is none for a while.</summary>
    public sealed record PersonLockedOut(string PersonId, DateTimeOffset Until) : Journal.JournalEvent;

    public sealed record TokenIssued(string TokenId, string Name, ImmutableArray<Role> Roles, string By) : Journal.JournalEvent;

    public sealed record TokenRevoked(string TokenId, string By) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(AddPerson), "staff.add_person")]
    [JsonDerivedType(typeof(ChangeProfile), "staff.change_profile")]
    [JsonDerivedType(typeof(ChangeRoles), "staff.change_roles")]
    [JsonDerivedType(typeof(ChangePassword), "staff.change_password")]
    [JsonDerivedType(typeof(ChangePreferences), "staff.change_preferences")]
    [JsonDerivedType(typeof(SetSecondFactor), "staff.set_second_factor")]
    [JsonDerivedType(typeof(ReplaceRecoveryCodes), "staff.replace_recovery_codes")]
    [JsonDerivedType(typeof(RemoveSecondFactor), "staff.remove_second_factor")]
    [JsonDerivedType(typeof(DisablePerson), "staff.disable_person")]
    [JsonDerivedType(typeof(EnablePerson), "staff.enable_person")]
    [JsonDerivedType(typeof(EndSessions), "staff.end_sessions")]
    [JsonDerivedType(typeof(LinkIdentity), "staff.link_identity")]
    [JsonDerivedType(typeof(UnlinkIdentity), "staff.unlink_identity")]
    [JsonDerivedType(typeof(BeginSignIn), "staff.begin_sign_in")]
    [JsonDerivedType(typeof(CompleteSignIn), "staff.complete_sign_in")]
    [JsonDerivedType(typeof(SignInByIdentity), "staff.sign_in_by_identity")]
    [JsonDerivedType(typeof(IssueToken), "staff.issue_token")]
    [JsonDerivedType(typeof(RevokeToken), "staff.revoke_token")]
    [JsonDerivedType(typeof(NoteTokenUse), "staff.note_token_use")]
    [JsonDerivedType(typeof(GetPeople), "staff.get_people")]
    [JsonDerivedType(typeof(GetPerson), "staff.get_person")]
    [JsonDerivedType(typeof(FindToken), "staff.find_token")]
    public partial record Command;

    [JsonDerivedType(typeof(PeopleView), "staff.people")]
    [JsonDerivedType(typeof(PersonView), "staff.person")]
    [JsonDerivedType(typeof(ApiTokenView), "staff.token")]
    [JsonDerivedType(typeof(SignInAttempt), "staff.sign_in_attempt")]
    [JsonDerivedType(typeof(LockedOut), "staff.locked_out")]
    public partial record Reply;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(PersonAdded), "staff.person_added")]
    [JsonDerivedType(typeof(PersonChanged), "staff.person_changed")]
    [JsonDerivedType(typeof(PersonSignedIn), "staff.person_signed_in")]
    [JsonDerivedType(typeof(PersonLockedOut), "staff.person_locked_out")]
    [JsonDerivedType(typeof(TokenIssued), "staff.token_issued")]
    [JsonDerivedType(typeof(TokenRevoked), "staff.token_revoked")]
    public partial record JournalEvent;
}
