using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Agents;

namespace CustomerService.Grains.Agents
{
    /// <summary>Sets who the agent is: name, queues they serve, skills, and how many conversations they can hold at once.</summary>
    public sealed record ConfigureAgent(string Name, ImmutableArray<string> Queues, ImmutableArray<string> Skills, int Capacity) : Turns.Command;

    /// <summary>The agent's own choice: <c>available</c>, <c>away</c> or <c>offline</c>.</summary>
    public sealed record SetPresence(string Presence) : Turns.Command;

    /// <summary>A queue offers a conversation. Capacity is reserved until the offer ends.</summary>
    public sealed record ReceiveOffer(string OfferId, string Queue, string ConversationId, DateTimeOffset ExpiresAt) : Turns.Command;

    /// <summary>The agent takes the offer; the queue has the last word.</summary>
    public sealed record AcceptOffer(string OfferId) : Turns.Command;

    /// <summary>The agent does not take the offer.</summary>
    public sealed record RejectOffer(string OfferId, string Reason) : Turns.Command;

    /// <summary>The queue's word on a claim: the conversation is theirs.</summary>
    public sealed record ConfirmOffer(string OfferId) : Turns.Command;

    /// <summary>The queue took the offer back: too late, or withdrawn. Reserved capacity is free again.</summary>
    public sealed record RescindOffer(string OfferId, string Reason) : Turns.Command;

    /// <summary>The conversation left the agent: resolved or transferred.</summary>
    public sealed record ReleaseWork(string ConversationId) : Turns.Command
    {
        /// <summary>The offer by which the agent got it, so that an old release never ends a newer assignment; null ends any.</summary>
        public string? OfferId { get; init; }
    }

    /// <summary>Answer: <see cref="AgentView"/>, or refused with <c>no_such_agent</c> when nobody configured the agent.</summary>
    public sealed record GetAgent : Turns.Query;

    public sealed record AgentView(
        string Id, string Name, string Presence, int Capacity, int FreeUnits, ImmutableArray<string> Queues, ImmutableArray<string> Skills,
        ImmutableArray<AgentOffer> Offers, ImmutableArray<string> Conversations) : Turns.Reply;

    /// <summary>An offer on an agent's desk. <paramref name="Claimed"/>: accepted, waiting for the queue's word.</summary>
    public sealed record AgentOffer(string OfferId, string Queue, string ConversationId, DateTimeOffset ExpiresAt, bool Claimed);

    public sealed record AgentConfigured(string Name, ImmutableArray<string> Queues, ImmutableArray<string> Skills, int Capacity) : Journal.JournalEvent;

    public sealed record PresenceChanged(string Presence) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(ConfigureAgent), "agent.configure")]
    [JsonDerivedType(typeof(SetPresence), "agent.set_presence")]
    [JsonDerivedType(typeof(ReceiveOffer), "agent.receive_offer")]
    [JsonDerivedType(typeof(AcceptOffer), "agent.accept_offer")]
    [JsonDerivedType(typeof(RejectOffer), "agent.reject_offer")]
    [JsonDerivedType(typeof(ConfirmOffer), "agent.confirm_offer")]
    [JsonDerivedType(typeof(RescindOffer), "agent.rescind_offer")]
    [JsonDerivedType(typeof(ReleaseWork), "agent.release_work")]
    [JsonDerivedType(typeof(GetAgent), "agent.get")]
    public partial record Command;

    [JsonDerivedType(typeof(AgentView), "agent.view")]
    public partial record Reply;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(AgentConfigured), "agent.configured")]
    [JsonDerivedType(typeof(PresenceChanged), "agent.presence_changed")]
    public partial record JournalEvent;
}
