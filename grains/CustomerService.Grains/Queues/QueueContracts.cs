using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Queues;

namespace CustomerService.Grains.Queues
{
    /// <summary>A conversation joins the line, or changes its priority keeping its place in time.</summary>
    public sealed record Enqueue(string ConversationId, int Priority, DateTimeOffset Since, ImmutableArray<string> Skills) : Turns.Command;

    /// <summary>A conversation leaves the line; a pending offer of it is rescinded.</summary>
    public sealed record Withdraw(string ConversationId) : Turns.Command;

    /// <summary>An agent of this queue tells how much they can take now; 0 units takes them off the list.</summary>
    public sealed record AgentReady(string AgentId, int FreeUnits, ImmutableArray<string> Skills, DateTimeOffset IdleSince) : Turns.Command
    {
        /// <summary>The number of this queue's last offer that the agent had seen then; later ones are not in <see cref="FreeUnits"/> yet.</summary>
        public long SeenOffer { get; init; }
    }

    /// <summary>The agent accepts; the queue decides whether the claim still holds.</summary>
    public sealed record ClaimOffer(string OfferId, string AgentId) : Turns.Command;

    /// <summary>The agent declines, or has no capacity after all; the conversation keeps its place.</summary>
    public sealed record DeclineOffer(string OfferId, string AgentId, string Reason) : Turns.Command;

    /// <summary>The offer's lease ran out (alarm).</summary>
    public sealed record ExpireOffer(string OfferId) : Turns.Command;

    /// <summary>Answer: <see cref="QueueView"/>.</summary>
    public sealed record GetQueue : Turns.Query;

    /// <summary>Where does this conversation stand? Answer: <see cref="QueuePosition"/>.</summary>
    public sealed record GetPosition(string ConversationId) : Turns.Query;

    /// <param name="Waiting">How many wait, offered ones included.</param>
    /// <param name="ByPriority">How many wait, by <c>high</c> (priority over 5) and <c>normal</c>.</param>
    /// <param name="EstimatedWaitSeconds">For one who joins now; null when nothing is known yet.</param>
    public sealed record QueueView(
        string Name, int Waiting, ImmutableDictionary<string, int> ByPriority, DateTimeOffset? OldestSince, int AgentsReady, int FreeUnits,
        double? EstimatedWaitSeconds, ImmutableArray<WaitingConversation> Head) : Turns.Reply;

    /// <param name="Position">From 1; 0 when it does not wait here.</param>
    public sealed record QueuePosition(int Position, int Waiting, double? EstimatedWaitSeconds) : Turns.Reply;

    /// <summary>One in the line. Higher priority first, then the longest wait.</summary>
    /// <param name="Offers">How often it was offered.</param>
    public sealed record WaitingConversation(string ConversationId, int Priority, DateTimeOffset Since, ImmutableArray<string> Skills, int Offers)
    {
        /// <summary>Its place in the line when it joined, from 1.</summary>
        public int JoinedAtPlace { get; init; }

        /// <summary>The agent who declined it last, or let its offer time out.</summary>
        public string? LetGoBy { get; init; }
    }

    // The trail of one conversation through a queue.
    public sealed record ConversationEnqueued(string ConversationId, int Priority) : Journal.JournalEvent;

    public sealed record ConversationWithdrawn(string ConversationId) : Journal.JournalEvent;

    public sealed record OfferMade(string OfferId, string ConversationId, string AgentId, string Why) : Journal.JournalEvent;

    /// <param name="Outcome"><c>accepted</c>, <c>declined</c>, <c>timed_out</c> or <c>rescinded</c>.</param>
    public sealed record OfferEnded(string OfferId, string ConversationId, string AgentId, string Outcome, string? Reason) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(Enqueue), "queue.enqueue")]
    [JsonDerivedType(typeof(Withdraw), "queue.withdraw")]
    [JsonDerivedType(typeof(AgentReady), "queue.agent_ready")]
    [JsonDerivedType(typeof(ClaimOffer), "queue.claim_offer")]
    [JsonDerivedType(typeof(DeclineOffer), "queue.decline_offer")]
    [JsonDerivedType(typeof(ExpireOffer), "queue.expire_offer")]
    [JsonDerivedType(typeof(GetQueue), "queue.get")]
    [JsonDerivedType(typeof(GetPosition), "queue.get_position")]
    public partial record Command;

    [JsonDerivedType(typeof(QueueView), "queue.view")]
    [JsonDerivedType(typeof(QueuePosition), "queue.position")]
    public partial record Reply;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(ConversationEnqueued), "queue.enqueued")]
    [JsonDerivedType(typeof(ConversationWithdrawn), "queue.withdrawn")]
    [JsonDerivedType(typeof(OfferMade), "queue.offer_made")]
    [JsonDerivedType(typeof(OfferEnded), "queue.offer_ended")]
    public partial record JournalEvent;
}
