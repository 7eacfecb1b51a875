using CustomerService.Grains;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;

namespace CustomerService.Staff;

/// <summary>A new system has nobody who could sign in, so its first start makes an administrator.</summary>
public sealed class FirstAdministrator(IGrainClient grains, Passwords passwords, AuditNotes notes)
{
    public const string Id = "admin";

    private static readonly StaffMember Self = StaffMember.System("first-start", Role.Administrator);

    /// <summary>Of processes that start at once, one gets the password; once there is an administrator, nobody ever does.</summary>
    /// <returns>The password to sign in with once, as <see cref="Id"/>; null: there is an administrator.</returns>
    public async ValueTask<string?> EnsureAsync(CancellationToken cancellation = default)
    {
        if (await grains.AskAsync(Grain.Staff, new GetPeople(), cancellation) is PeopleView people && people.People.Any(person => person is { Disabled: false, IsDemo: false } && person.Roles.Contains(Role.Administrator)))
            return null;

        var password = Passwords.MakeOneTime();
        var add = new AddPerson(Id, "Administrator", Email: null, [Role.Administrator], passwords.Hash(password), Self.Signature) { Id = Ids.New(), OnlyAsFirstAdministrator = true };
        if (await grains.AskAsync(Grain.Staff, add, cancellation) is not Done)
            return null;
        await notes.NoteAsync(Self, StaffActs.NameOf(add), Permission.ManagePeople, Grain.Staff.ToString(), Grains.Audit.ActOutcome.Allowed, Id, cancellation: cancellation);
        return password;
    }
}
