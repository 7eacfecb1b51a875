using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Staff;

/// <summary>
/// Everybody who works here, in one grain, because of what must be true across them: nobody has another's name, e-mail or identity, and there is always an
/// administrator who can sign in. It makes no secrets and checks none; it keeps them, and says how often they may be tried.
/// </summary>
public sealed partial class StaffBehaviour : IIndexedBehaviour<StaffState>
{
    private StaffBehaviour()
    {
    }

    public static string Kind => GrainKinds.Staff;

    public static int StateVersion => 1;

    public static JsonTypeInfo<StaffState> StateJson => GrainsJson.Default.StaffState;

    public static StaffState Initial(string key) => new();

    public static StaffState Restore(StaffState state, ImmutableArray<IndexEntry> entries) => StaffEntries.Restored(state, entries);

    public static Turn<StaffState> Handle(StaffState state, Command command, DateTimeOffset now) => command switch
    {
        GetPeople => Turn.Unchanged(state, new PeopleView([.. state.People.Values.Select(person => person.ToView())], [.. state.Tokens.Values.Select(token => token.ToView())])),
        GetPerson c => Turn.Unchanged(state, state.People.GetValueOrDefault(c.PersonId)?.ToView() ?? NoSuchPerson(c.PersonId)),
        FindToken c => Turn.Unchanged(state, Find(state, c, now)),
        BeginSignIn c => Begin(state, c, now),
        CompleteSignIn c => Complete(state, c, now),
        SignInByIdentity c => SignIn(state, c, now),
        { Id: { Length: > 0 } id } when state.Remembered.Contains(id) => Turn.Unchanged(state, Reply.Done),
        AddPerson c => Add(state, c, now),
        ChangeProfile c => Change(state, c, c.PersonId, "profile", c.By, person => person with { Name = c.Name.Trim(), Email = Tidy(c.Email) }, WhyWrong(c.Name, c.Email)),
        ChangeRoles c => Change(state, c, c.PersonId, "roles", c.By, person => person with { Roles = Ordered(c.Roles) }, WhyWrong(c.Roles), endsSessions: true),
        ChangePassword c => Change(state, c, c.PersonId, "password", c.By, person => Unlocked(person) with { PasswordHash = c.PasswordHash, MustChangePassword = c.MustChange }, endsSessions: true),
        ChangePreferences c => Change(state, c, c.PersonId, "preferences", c.By, person => person with { Language = c.Language, Theme = c.Theme }),
        SetSecondFactor c => Change(
            state, c, c.PersonId, "second_factor", c.By, person => person with { SecondFactor = new SecondFactor(c.Secret, c.Step, c.RecoveryHashes.OrEmpty()) }, endsSessions: true),
        ReplaceRecoveryCodes c => ReplaceCodes(state, c),
        RemoveSecondFactor c => Change(state, c, c.PersonId, "second_factor_removed", c.By, person => Unlocked(person) with { SecondFactor = null }, endsSessions: true),
        DisablePerson c => Change(state, c, c.PersonId, "disabled", c.By, person => person with { Disabled = true }, endsSessions: true),
        EnablePerson c => Change(state, c, c.PersonId, "enabled", c.By, person => Unlocked(person) with { Disabled = false }, endsSessions: true),
        EndSessions c => Change(state, c, c.PersonId, "sessions_ended", c.By, person => person with { Stamp = state.LastStamp + 1 }),
        LinkIdentity c => Change(state, c, c.PersonId, "identity_linked", c.By, person => person.Identities.OrEmpty().Contains(c.Identity) ? person : person with { Identities = person.Identities.OrEmpty().Add(c.Identity) }),
        UnlinkIdentity c => Change(state, c, c.PersonId, "identity_unlinked", c.By, person => person with { Identities = person.Identities.OrEmpty().Remove(c.Identity) }, endsSessions: true),
        IssueToken c => Issue(state, c, now),
        RevokeToken c => Revoke(state, c, now),
        NoteTokenUse c => NoteUse(state, c, now),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    private static Turn<StaffState> Add(StaffState state, AddPerson add, DateTimeOffset now)
    {
        if (add.OnlyAsFirstAdministrator && HasAdministrator(state))
            return Turn.Unchanged(state, Reply.Refuse("administrator_exists", "There is an administrator already, who adds people from now on."));
        if (state.People.ContainsKey(add.PersonId))
            return Turn.Unchanged(state, Reply.Refuse("person_exists", $"There is somebody called {add.PersonId} already; choose another id."));
        if (!IsId(add.PersonId))
            return Turn.Unchanged(state, Reply.Refuse("person_id_invalid", "An id has 1 to 64 of the characters a-z, 0-9, '.', '_' and '-', and begins with a letter or digit."));

        var person = new StaffPerson(add.PersonId, add.Name.Trim(), Tidy(add.Email), Ordered(add.Roles), state.LastStamp + 1, now)
        {
            PasswordHash = add.PasswordHash,
            MustChangePassword = add.PasswordHash is not null,
            IsDemo = add.IsDemo,
            Identities = add.Identity is { } identity ? [identity] : [],
        };
        return (WhyWrong(add.Name, add.Email) ?? WhyWrong(add.Roles) ?? WhyTaken(state, person)) is { } refusal
            ? Turn.Unchanged(state, refusal)
            : Turn.Of(Remembering(state with { LastStamp = person.Stamp, People = state.People.Add(person.Id, person) }, add), Reply.Done,
                StaffEntries.Of(person), new Record(new PersonAdded(person.Id, person.Name, person.Roles, add.By)));
    }

    private static Turn<StaffState> Change(
        StaffState state, Command command, string id, string what, string by, Func<StaffPerson, StaffPerson> change, Reply? wrong = null, bool endsSessions = false)
    {
        if (!state.People.TryGetValue(id, out var old))
            return Turn.Unchanged(state, NoSuchPerson(id));
        if (wrong is not null)
            return Turn.Unchanged(state, wrong);
        var person = change(old);
        if (SameAs(person, old))
            return Turn.Unchanged(state, Reply.Done);
        if (endsSessions)
            person = person with { Stamp = state.LastStamp + 1 };
        var next = state with { LastStamp = Math.Max(state.LastStamp, person.Stamp), People = state.People.SetItem(id, person) };
        if (HasAdministrator(state) && !HasAdministrator(next))
            return Turn.Unchanged(state, Reply.Refuse("last_administrator", $"{id} is the only administrator who can sign in; make somebody else one first."));
        return WhyTaken(state, person) is { } taken
            ? Turn.Unchanged(state, taken)
            : Turn.Of(Remembering(next, command), Reply.Done, StaffEntries.Of(person), new Record(new PersonChanged(id, what, by)));
    }

    // Records compare their lists by identity, so those are compared apart.
    private static bool SameAs(StaffPerson one, StaffPerson other) =>
        one.Roles.SequenceEqual(other.Roles) && one.Identities.OrEmpty().SequenceEqual(other.Identities.OrEmpty())
        && one == other with { Roles = one.Roles, Identities = one.Identities };

    private static Turn<StaffState> ReplaceCodes(StaffState state, ReplaceRecoveryCodes c) =>
        state.People.GetValueOrDefault(c.PersonId) is { SecondFactor: null }
            ? Turn.Unchanged(state, Reply.Refuse("no_second_factor", "Recovery codes stand in for a second factor, and there is none; set one up first."))
            : Change(state, c, c.PersonId, "recovery_codes", c.By, person => Unlocked(person) with { SecondFactor = person.SecondFactor! with { RecoveryHashes = c.RecoveryHashes.OrEmpty() } });

    private static StaffPerson Unlocked(StaffPerson person) => person with { FailedAttempts = 0, LockedUntil = null };

    private static bool HasAdministrator(StaffState state) => state.People.Values.Any(person => person.IsAdministrator);

    private static ImmutableArray<Role> Ordered(ImmutableArray<Role> roles) => [.. roles.OrEmpty().Distinct().Order()];

    private static string? Tidy(string? email) => string.IsNullOrWhiteSpace(email) ? null : email.Trim().ToLowerInvariant();

    private static bool IsId(string id) =>
        id.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(id[0]) && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-');

    private static Reply? WhyWrong(string name, string? email) =>
        string.IsNullOrWhiteSpace(name) || name.Trim().Length > 100 ? Reply.Refuse("name_invalid", "A name has 1 to 100 characters.")
        : Tidy(email) is { } address && !IsEmail(address) ? Reply.Refuse("email_invalid", "An e-mail address looks like ann@shop.example.")
        : null;

    private static bool IsEmail(string address) =>
        address.Length <= 254 && address.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && !address.Any(char.IsWhiteSpace);

    private static Reply? WhyWrong(ImmutableArray<Role> roles) =>
        roles.OrEmpty().IsEmpty ? Reply.Refuse("roles_missing", "Give one or more roles: " + string.Join(", ", Enum.GetNames<Role>().Select(name => name.ToLowerInvariant())) + ".") : null;

    private static Reply? WhyTaken(StaffState state, StaffPerson person)
    {
        foreach (var other in state.People.Values.Where(other => other.Id != person.Id))
        {
            if (person.Email is not null && other.Email == person.Email)
                return Reply.Refuse("email_in_use", $"{other.Id} has this e-mail address already.");
            if (other.Identities.OrEmpty().Intersect(person.Identities.OrEmpty()).Any())
                return Reply.Refuse("identity_in_use", $"{other.Id} has this identity already.");
        }

        return null;
    }

    private static StaffState Remembering(StaffState state, Command command) =>
        command.Id.Length == 0 ? state : state with { Remembered = state.Remembered.AddWithin(command.Id, StaffState.RememberedCommands) };

    private static Reply NoSuchPerson(string id) => Reply.Refuse("no_such_person", $"There is nobody called {Conversations.Excerpt.Of(id, 64)}.");
}
