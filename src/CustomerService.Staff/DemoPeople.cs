using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;

namespace CustomerService.Staff;

/// <summary>Somebody to try the console as.</summary>
/// <param name="Id">Of the person and, where they have a desk, of their agent.</param>
public sealed record DemoPerson(string Id, string Name, Role Role)
{
    public bool HasDesk => Role is Role.Agent or Role.Supervisor;
}

/// <summary>
/// One person of each role, who sign in by one click where the system is run for development. They are kept as what they are: elsewhere nobody gets in as them, a session of
/// theirs ends, and none counts as the administrator that a system must have.
/// </summary>
public sealed class DemoPeople(IGrainClient grains, StaffSignIn signIn, AuditNotes notes, StaffSettings settings)
{
    private const string Issuer = "demo";
    private const int Capacity = 4;

    private static readonly StaffMember Self = StaffMember.System("demo", Role.Administrator);

    public static ImmutableArray<DemoPerson> All { get; } =
    [
        new("demo-ann", "Ann", Role.Agent),
        new("demo-sam", "Sam", Role.Supervisor),
        new("demo-olu", "Olu", Role.Operator),
        new("demo-ada", "Ada", Role.Administrator),
        new("demo-aki", "Aki", Role.Auditor),
    ];

    /// <summary>Whether anybody gets in as one of them here.</summary>
    public bool AreLetIn => settings.LetsDemoPeopleIn;

    /// <summary>Makes those who are not there yet, with desks for agents and supervisors. Whoever has such an id already stays as they are.</summary>
    /// <param name="queues">Those that their desks serve.</param>
    /// <exception cref="InvalidOperationException">This process lets none of them in.</exception>
    public async ValueTask EnsureAsync(ImmutableArray<string> queues, CancellationToken cancellation = default)
    {
        if (!AreLetIn)
            throw new InvalidOperationException("Demo people are let in where the system is run for development, and nowhere else.");
        foreach (var person in All)
        {
            var add = new AddPerson(person.Id, person.Name, Email: null, [person.Role], PasswordHash: null, Self.Signature)
            {
                Id = Ids.New(),
                IsDemo = true,
                Identity = new OutsideIdentity(Issuer, person.Id),
            };
            if (await grains.AskAsync(Grain.Staff, add, cancellation) is not Done)
                continue;
            await notes.NoteAsync(Self, StaffActs.NameOf(add), Permission.ManagePeople, Grain.Staff.ToString(), ActOutcome.Allowed, person.Id, cancellation: cancellation);
            if (person.HasDesk)
                await grains.AskAsync(Grain.Agent(person.Id), new ConfigureAgent(person.Name, queues, [], Capacity), cancellation);
        }
    }

    /// <summary>Signs somebody in as one of them.</summary>
    public ValueTask<SignInResult> SignInAsync(string id, string? address, CancellationToken cancellation = default) =>
        signIn.SignInByIdentityAsync(Issuer, id, address, cancellation);
}
