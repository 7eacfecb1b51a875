using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Staff;

// Attempts to sign in: how many there may be, and that no code works twice.
public sealed partial class StaffBehaviour
{
    private static Turn<StaffState> Begin(StaffState state, BeginSignIn begin, DateTimeOffset now)
    {
        if (FindByName(state, begin.Name) is not { } person)
            return Turn.Unchanged(state, Reply.Refuse("no_such_person", "There is nobody of that name."));
        if (begin.Id.Length > 0 && state.Remembered.Contains(begin.Id))
            return Turn.Unchanged(state, Attempt(person));
        if (person.LockedUntil > now)
            return Turn.Unchanged(state, new LockedOut(person.LockedUntil.Value));

        var attempts = person.FailedAttempts + 1;
        var counted = person with { FailedAttempts = attempts, LockedUntil = Lockout.Until(attempts, now) };
        var next = Remembering(state with { People = state.People.SetItem(person.Id, counted) }, begin);
        return counted.LockedUntil is { } until
            ? Turn.Of(next, Attempt(counted), StaffEntries.Of(counted), new Record(new PersonLockedOut(person.Id, until)))
            : Turn.Of(next, Attempt(counted), StaffEntries.Of(counted));
    }

    private static Turn<StaffState> Complete(StaffState state, CompleteSignIn complete, DateTimeOffset now)
    {
        if (!state.People.TryGetValue(complete.PersonId, out var person))
            return Turn.Unchanged(state, NoSuchPerson(complete.PersonId));
        if (complete.Id.Length > 0 && state.Remembered.Contains(complete.Id))
            return Turn.Unchanged(state, person.ToView());
        if (person.Disabled)
            return Turn.Unchanged(state, Disabled(person));
        if (person.Stamp != complete.Stamp)
            return Turn.Unchanged(state, Reply.Refuse("sign_in_outdated", "The account was changed a moment ago; sign in again."));

        var factor = person.SecondFactor;
        if (factor is not null)
        {
            if (WithUsed(factor, complete) is not { } used)
                return Turn.Unchanged(state, Reply.Refuse("code_used", "This code was used already; wait for the next one."));
            factor = used;
        }

        return SignedIn(state, complete, Unlocked(person) with { SecondFactor = factor, PasswordHash = complete.Rehashed ?? person.PasswordHash }, now);
    }

    private static SecondFactor? WithUsed(SecondFactor factor, CompleteSignIn complete) => complete switch
    {
        { Step: { } step } when step > factor.LastStep => factor with { LastStep = step },
        { RecoveryHash: { } hash } when factor.RecoveryHashes.OrEmpty().Contains(hash) => factor with { RecoveryHashes = factor.RecoveryHashes.Remove(hash) },
        _ => null,
    };

    private static Turn<StaffState> SignIn(StaffState state, SignInByIdentity command, DateTimeOffset now) =>
        state.People.Values.FirstOrDefault(person => person.Identities.OrEmpty().Contains(command.Identity)) switch
        {
            null => Turn.Unchanged(state, Reply.Refuse("no_such_person", "Nobody here has this identity; an administrator links it to a person.")),
            { Disabled: true } person => Turn.Unchanged(state, Disabled(person)),
            var person => command.Id.Length > 0 && state.Remembered.Contains(command.Id) ? Turn.Unchanged(state, person.ToView()) : SignedIn(state, command, person, now),
        };

    private static Turn<StaffState> SignedIn(StaffState state, Command command, StaffPerson person, DateTimeOffset now)
    {
        person = person with { LastSignIn = now };
        return Turn.Of(Remembering(state with { People = state.People.SetItem(person.Id, person) }, command), person.ToView(),
            StaffEntries.Of(person), new Record(new PersonSignedIn(person.Id)));
    }

    private static StaffPerson? FindByName(StaffState state, string name) =>
        name.Trim().ToLowerInvariant() is var wanted && state.People.TryGetValue(wanted, out var person)
            ? person
            : wanted.Contains('@', StringComparison.Ordinal) ? state.People.Values.FirstOrDefault(each => each.Email == wanted) : null;

    private static SignInAttempt Attempt(StaffPerson person) => new(person.ToView(), person.PasswordHash, person.SecondFactor);

    private static Reply Disabled(StaffPerson person) => Reply.Refuse("person_disabled", $"{person.Id} may not sign in any more; an administrator can change that.");
}
