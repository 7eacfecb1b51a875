using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Agents
{
    /// <summary>Sets who the agent is: name, queues they serve, skills, and how many conversations they can hold at once.</summary>
    public sealed record ConfigureAgent(string Name, ImmutableArray<string> Queues, ImmutableArray<string> Skills, int Capacity) : Turns.Command
    {
        /// <summary>Levels, 1 to 5; a skill without one is at level 5.</summary>
        public ImmutableDictionary<string, int>? Levels { get; init; }

        /// <summary>Null: the defaults.</summary>
        public DeskPolicy? Desk { get; init; }
    }

    /// <summary>
    /// The agent's own choice: <c>available</c>, <c>away</c> or <c>offline</c>. With an activity the presence may be empty: whether work
    /// comes is what the owner said of the activity.
    /// </summary>
    public sealed record SetPresence(string Presence) : Turns.Command
    {
        /// <summary>What the agent is doing, one of the activities of their <see cref="DeskPolicy"/>; null: nothing in particular.</summary>
        public string? Activity { get; init; }

        /// <summary>The activity as the owner's settings for everybody have it, filled in by whoever has read them; null: only the agent's own desk settings count.</summary>
        public AgentActivity? Setting { get; init; }

        /// <summary>Not now, but when the desk is empty; until then nothing new comes.</summary>
        public bool WhenFree { get; init; }

        /// <summary>A supervisor who sets it; null: the agent.</summary>
        public string? By { get; init; }

        /// <summary>Why a supervisor sets it: the agent reads it. Null: nothing is said.</summary>
        public string? Reason { get; init; }
    }

    /// <summary>The agent's console connected. From the first connection on, presence needs one.</summary>
    public sealed record ConnectionOpened(string ConnectionId) : Turns.Command
    {
        /// <summary>Told again within so many seconds, or it counts as lost (its gateway may have died with it); 0: it holds until it is said to be lost.</summary>
        public double LeaseSeconds { get; init; }
    }

    /// <summary>A connection is gone; so is the agent, unless another is open or one comes back in time.</summary>
    public sealed record ConnectionLost(string ConnectionId) : Turns.Command;

    /// <summary>A sign of life: a key, a click. Sent at most every few seconds.</summary>
    public sealed record SignOfLife : Turns.Command;

    /// <summary>Whether the agent is still there (alarm).</summary>
    public sealed record ReviewPresence : Turns.Command;

    /// <summary>The work after a conversation is done.</summary>
    public sealed record CompleteWrapUp(string ConversationId, string? Code, string? Note) : Turns.Command;

    /// <summary>Its time is over (alarm).</summary>
    public sealed record EndWrapUp(string ConversationId, string OfferId) : Turns.Command;

    /// <summary>A queue offers a conversation. Capacity is reserved until the offer ends.</summary>
    public sealed record ReceiveOffer(string OfferId, string Queue, string ConversationId, DateTimeOffset ExpiresAt) : Turns.Command
    {
        /// <summary>Null: of no channel, one unit.</summary>
        public string? Channel { get; init; }

        /// <summary>Of the agent's capacity; 0 means 1.</summary>
        public int Units { get; init; }

        /// <summary>Since when the customer waits.</summary>
        public DateTimeOffset? Since { get; init; }

        /// <summary>Why this agent, in one sentence.</summary>
        public string? Why { get; init; }

        /// <summary>Work that follows it; null: none.</summary>
        public WrapUpPolicy? WrapUp { get; init; }

        /// <summary>The customer wants to be called back at this address.</summary>
        public string? CallbackTo { get; init; }
    }

    /// <summary>The agent takes the offer; the queue has the last word.</summary>
    public sealed record AcceptOffer(string OfferId) : Turns.Command;

    /// <summary>The agent does not take the offer.</summary>
    public sealed record RejectOffer(string OfferId, string Reason) : Turns.Command;

    /// <summary>The queue's word on a claim: the conversation is theirs.</summary>
    public sealed record ConfirmOffer(string OfferId) : Turns.Command;

    /// <summary>The queue took the offer back: too late, or withdrawn. Reserved capacity is free again.</summary>
    public sealed record RescindOffer(string OfferId, string Reason) : Turns.Command
    {
        /// <summary>One of <see cref="OfferStates"/>; null: rescinded.</summary>
        public string? Outcome { get; init; }
    }

    /// <summary>The conversation left the agent: resolved or transferred.</summary>
    public sealed record ReleaseWork(string ConversationId) : Turns.Command
    {
        /// <summary>The offer by which the agent got it, so that an old release never ends a newer assignment; null ends any.</summary>
        public string? OfferId { get; init; }

        /// <summary>The conversation is over, so its wrap-up begins; else (transferred, snoozed) the desk is free at once.</summary>
        public bool WrapUp { get; init; }

        /// <summary>The conversation waits for <see cref="Conversations.NoteWrapUp"/>: it is told at once when no wrap-up follows.</summary>
        public bool Awaited { get; init; }

        /// <summary>The supervisor who took it over; null: nobody did.</summary>
        public string? TakenBy { get; init; }

        /// <summary>What they said, why.</summary>
        public string? Why { get; init; }
    }

    /// <summary>
    /// The agent took a conversation over from others: it lies on the desk at once, beyond capacity if need be, since they decided that themselves. One who has no desk
    /// tells <see cref="Conversations.ReturnToQueue"/>.
    /// </summary>
    /// <param name="OfferId">Made by the conversation, and never used twice.</param>
    public sealed record TakeWork(string ConversationId, string OfferId, string Queue) : Turns.Command
    {
        public string? Channel { get; init; }

        /// <inheritdoc cref="ReceiveOffer.CallbackTo"/>
        public string? CallbackTo { get; init; }
    }

    /// <summary>
    /// The customer wrote before the wrap-up was over: the conversation is held again by the same offer. An agent whose desk it has left
    /// already tells <see cref="Conversations.ReturnToQueue"/>.
    /// </summary>
    public sealed record ResumeWork(string ConversationId, string OfferId) : Turns.Command;

    /// <summary>Answer: <see cref="AgentView"/>, or refused with <c>no_such_agent</c> when nobody configured the agent.</summary>
    public sealed record GetAgent : Turns.Query;

    public sealed record AgentView(
        string Id, string Name, string Presence, int Capacity, int FreeUnits, ImmutableArray<string> Queues, ImmutableArray<string> Skills,
        ImmutableArray<AgentOffer> Offers, ImmutableArray<string> Conversations) : Turns.Reply
    {
        public string? Activity { get; init; }

        /// <summary>What the agent will be when the desk is empty; null: no change is due.</summary>
        public string? NextPresence { get; init; }

        /// <summary>Why the agent gets no work, in words; null: they can get some.</summary>
        public string? NotReady { get; init; }

        public int Connections { get; init; }

        public DateTimeOffset? PresenceSince { get; init; }

        public ImmutableDictionary<string, int>? Levels { get; init; }

        public DeskPolicy? Desk { get; init; }

        /// <summary>The supervisor who set the presence, and why; null: the agent did.</summary>
        public ChosenByOther? PresenceBy { get; init; }

        /// <summary>What was last taken over from this desk; null: nothing since work came last.</summary>
        public TakenAway? TakenAway { get; init; }

        /// <summary>What is on the desk, wrap-ups included.</summary>
        public ImmutableArray<HeldConversation> Work { get; init => field = value.OrEmpty(); } = [];

        /// <summary>Colleagues' questions that wait for this agent's answer, oldest first.</summary>
        public ImmutableArray<AskedQuestion> Consults { get; init => field = value.OrEmpty(); } = [];
    }

    /// <summary>An offer on an agent's desk. <paramref name="Claimed"/>: accepted, waiting for the queue's word.</summary>
    public sealed record AgentOffer(string OfferId, string Queue, string ConversationId, DateTimeOffset ExpiresAt, bool Claimed)
    {
        public string? Channel { get; init; }

        /// <summary>0 means 1.</summary>
        public int Units { get; init; }

        public DateTimeOffset? Since { get; init; }

        public string? Why { get; init; }

        public WrapUpPolicy? WrapUp { get; init; }

        public string? CallbackTo { get; init; }
    }

    public sealed record AgentConfigured(string Name, ImmutableArray<string> Queues, ImmutableArray<string> Skills, int Capacity) : Journal.JournalEvent
    {
        public ImmutableDictionary<string, int>? Levels { get; init; }

        public DeskPolicy? Desk { get; init; }
    }

    // The agent's day, from which worked hours, occupancy and reasons are reported.
    public sealed record PresenceChanged(string Presence) : Journal.JournalEvent
    {
        public string? Activity { get; init; }

        /// <summary>Who or what changed it: <c>agent</c>, <c>connection</c>, <c>idle</c>, <c>missed_offers</c>, or a supervisor's name.</summary>
        public string? Cause { get; init; }

        /// <summary>What a supervisor said, why.</summary>
        public string? Reason { get; init; }
    }

    /// <summary>Whether work can come, where that is not what the presence says.</summary>
    /// <param name="Cause">
    /// <c>connection</c> (lost or back), <c>idle</c>, <c>missed_offers</c>, <c>when_free</c> (another presence is planned), <c>settings</c>;
    /// <c>agent</c> or a supervisor's name where they ended it.
    /// </param>
    public sealed record ReadinessChanged(bool Ready, string Cause) : Journal.JournalEvent;

    /// <summary>An offer came onto the desk.</summary>
    public sealed record OfferReceived(string OfferId, string ConversationId) : Journal.JournalEvent;

    /// <summary>An offer left the desk, and its conversation did not come.</summary>
    /// <param name="Outcome">
    /// One of <see cref="OfferStates"/>: <c>rejected</c> by the agent or because no work comes any more, <c>timed_out</c>, <c>rescinded</c> or <c>cancelled</c>.
    /// </param>
    public sealed record OfferLeft(string OfferId, string ConversationId, string Outcome, string? Reason) : Journal.JournalEvent;

    /// <summary>A conversation came onto the desk, or goes on after a wrap-up had begun.</summary>
    public sealed record WorkStarted(string ConversationId, string OfferId, string? Channel, int Units) : Journal.JournalEvent;

    public sealed record WrapUpStarted(string ConversationId, string OfferId) : Journal.JournalEvent;

    /// <summary>A conversation left the desk.</summary>
    /// <param name="Outcome"><c>resolved</c>, <c>released</c> (transferred, snoozed), <c>returned</c> (stranded).</param>
    /// <param name="Code">The wrap-up's code, if any.</param>
    public sealed record WorkEnded(string ConversationId, string OfferId, string Outcome, string? Code) : Journal.JournalEvent;
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
    [JsonDerivedType(typeof(TakeWork), "agent.take_work")]
    [JsonDerivedType(typeof(ResumeWork), "agent.resume_work")]
    [JsonDerivedType(typeof(GetAgent), "agent.get")]
    [JsonDerivedType(typeof(ConnectionOpened), "agent.connection_opened")]
    [JsonDerivedType(typeof(ConnectionLost), "agent.connection_lost")]
    [JsonDerivedType(typeof(SignOfLife), "agent.sign_of_life")]
    [JsonDerivedType(typeof(ReviewPresence), "agent.review_presence")]
    [JsonDerivedType(typeof(CompleteWrapUp), "agent.complete_wrap_up")]
    [JsonDerivedType(typeof(EndWrapUp), "agent.end_wrap_up")]
    public partial record Command;

    [JsonDerivedType(typeof(AgentView), "agent.view")]
    public partial record Reply;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(AgentConfigured), "agent.configured")]
    [JsonDerivedType(typeof(PresenceChanged), "agent.presence_changed")]
    [JsonDerivedType(typeof(ReadinessChanged), "agent.readiness_changed")]
    [JsonDerivedType(typeof(OfferReceived), "agent.offer_received")]
    [JsonDerivedType(typeof(OfferLeft), "agent.offer_left")]
    [JsonDerivedType(typeof(WorkStarted), "agent.work_started")]
    [JsonDerivedType(typeof(WrapUpStarted), "agent.wrap_up_started")]
    [JsonDerivedType(typeof(WorkEnded), "agent.work_ended")]
    public partial record JournalEvent;
}
