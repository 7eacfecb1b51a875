using System.Collections.Immutable;
using CustomerService.Grains.Agents;

namespace CustomerService.Pipelines.Desks;

/// <summary>What holds for every agent's desk: the owner's <c>desk.yaml</c>.</summary>
public sealed record DeskSettings
{
    /// <summary>What agents may be doing, in the order in which they are shown.</summary>
    public ImmutableArray<AgentActivity> Activities { get; init; } =
    [
        new("break", Available: false), new("meal", Available: false), new("training", Available: false), new("meeting", Available: false),
        new("paperwork", Available: false),
    ];
}
