using System.Collections.Immutable;
using CustomerService.Grains.Staff;

namespace CustomerService.Staff;

/// <summary>What kind of somebody acts.</summary>
public enum ActorKind
{
    /// <summary>Who signed in. Acts for themselves.</summary>
    Person,

    /// <summary>Who showed an API token. May act for the agents whom it names.</summary>
    Program,

    /// <summary>The system's own: the command line, the tokens that it was started with.</summary>
    System,
}

/// <summary>Who acts. Made by <see cref="StaffSignIn"/>, by <see cref="ApiTokens"/>, or by the system for itself; immutable, so that a page can keep it.</summary>
/// <param name="Id">A person's id, which is also the id of their agent grain; a token's id; a part of the system.</param>
/// <param name="Roles">As they were at the last look; the door goes by what they are now.</param>
/// <param name="Language">Of the pages, such as <c>de</c>; null: the browser's.</param>
public sealed record StaffMember(ActorKind Kind, string Id, string Name, ImmutableArray<Role> Roles, string? Language)
{
    /// <summary>The person's when they signed in: when theirs is another one now, this session is over.</summary>
    public long Stamp { get; init; }

    /// <summary>Nothing may be done before the password is changed.</summary>
    public bool MustChangePassword { get; init; }

    /// <summary>Nothing may be done before a second factor is set up: their roles need one.</summary>
    public bool MustSetUpSecondFactor { get; init; }

    /// <summary>An outside provider said who they are in this session, so nothing is asked of them that goes with a password.</summary>
    public bool IsVouchedFor { get; init; }

    /// <summary><c>light</c> or <c>dark</c>; null: the device's.</summary>
    public string? Theme { get; init; }

    /// <summary>The network address that they act from; null: none is known.</summary>
    public string? Address { get; init; }

    /// <summary>Of a program's token, by which the door finds it again.</summary>
    internal string? TokenHash { get; init; }

    /// <summary>As the audit log names them: <c>ann</c>, <c>token:reports</c>, <c>system:command-line</c>.</summary>
    public string Signature => Kind switch
    {
        ActorKind.Program => $"token:{Id}",
        ActorKind.System => $"system:{Id}",
        _ => Id,
    };

    /// <summary>For what to show. What may be done, the door decides.</summary>
    public bool May(Permission permission) => !MustChangePassword && !MustSetUpSecondFactor && Roles.Allow(permission);

    /// <summary>A part of the system itself, with those roles.</summary>
    public static StaffMember System(string part, params ImmutableArray<Role> roles) => new(ActorKind.System, part, part, roles, Language: null);

    internal static StaffMember Of(PersonView person, StaffSettings settings, string? address, bool isVouchedFor = false) => new(ActorKind.Person, person.Id, person.Name, person.Roles, person.Language)
    {
        Stamp = person.Stamp,
        MustChangePassword = person.MustChangePassword && !isVouchedFor,
        MustSetUpSecondFactor = !isVouchedFor && settings.LacksSecondFactor(person),
        IsVouchedFor = isVouchedFor,
        Theme = person.Theme,
        Address = address,
    };
}
