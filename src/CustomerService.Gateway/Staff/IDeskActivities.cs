using System.Collections.Immutable;
using CustomerService.Grains.Agents;

namespace CustomerService.Gateway.Staff;

/// <summary>What every agent may be doing, by the owner's settings as they are now. The composition's; where there are none, each agent's own desk settings alone count.</summary>
public interface IDeskActivities
{
    /// <summary>In the order in which they are shown.</summary>
    ImmutableArray<AgentActivity> Current { get; }
}

internal sealed class NoDeskActivities : IDeskActivities
{
    public ImmutableArray<AgentActivity> Current => [];
}

/// <summary>Choices of presence with what the owner says of their activities.</summary>
public static class DeskActivities
{
    /// <summary>The choice of an activity that the owner may have named for everybody.</summary>
    public static SetPresence With(this SetPresence choice, IDeskActivities activities) =>
        choice.Activity is { } name && activities.Current.FirstOrDefault(each => each.Name == name) is { } setting ? choice with { Setting = setting } : choice;
}
