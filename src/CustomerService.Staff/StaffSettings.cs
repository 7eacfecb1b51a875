using System.Collections.Immutable;
using CustomerService.Grains.Staff;

namespace CustomerService.Staff;

/// <summary>How this process lets people in. Each default is the careful one.</summary>
public sealed record StaffSettings
{
    /// <summary>Whether <see cref="DemoPeople"/> get in, by one click. For development; default no.</summary>
    public bool LetsDemoPeopleIn { get; init; }

    /// <summary>Whoever has one of these roles, and a password, needs a second factor too. Default none.</summary>
    public ImmutableArray<Role> SecondFactorFor { get; init; } = [];

    /// <summary>Who else may say who somebody is. Default none.</summary>
    public ImmutableArray<IdentityProvider> Providers { get; init; } = [];

    internal bool Excludes(PersonView person) => person.Disabled || (person.IsDemo && !LetsDemoPeopleIn);

    internal bool LacksSecondFactor(PersonView person) => person is { HasPassword: true, HasSecondFactor: false } && person.Roles.Any(SecondFactorFor.Contains);
}
