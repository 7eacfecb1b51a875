using System.Collections.Immutable;
using CustomerService.Grains.Agents;

namespace CustomerService.Simulation.Chaos.Actors;

internal static class DeskViews
{
    /// <summary>What an agent holds, wrap-ups included.</summary>
    public static ImmutableArray<HeldConversation> OnDesk(this AgentView desk) =>
        desk.Work.Length > 0 ? desk.Work : [.. desk.Conversations.Select(conversation => new HeldConversation(conversation, ""))];
}
