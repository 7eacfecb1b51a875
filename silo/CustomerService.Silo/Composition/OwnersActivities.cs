using System.Collections.Immutable;
using CustomerService.Gateway.Staff;
using CustomerService.Grains.Agents;
using CustomerService.Pipelines.Desks;

namespace CustomerService.Silo.Composition;

/// <summary>The activities of <c>desk.yaml</c>, as it is now.</summary>
internal sealed class OwnersActivities(DeskFile file) : IDeskActivities
{
    public ImmutableArray<AgentActivity> Current => file.Current.Activities;
}
