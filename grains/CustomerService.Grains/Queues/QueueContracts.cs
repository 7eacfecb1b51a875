using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Grains.Waiting;

namespace CustomerService.Grains.Queues
{
    /// <summary>A conversation joins the line, or changes its priority keeping its place in time.</summary>
    /// <param name="Since">Since when it waits for a person: its place in time, kept over transfers, returns and callbacks.</param>
    /// <param name="Skills">Wanted skills at any level, none of them required; <see cref="Needs"/> says it in full.</param>
    public sealed record Enqueue(string ConversationId, int Priority, DateTimeOffset Since, ImmutableArray<string> Skills) : Turns.Command
    {
        /// <summary>The conversation's own count of its queues, so that what this queue tells about an earlier stay is known as old.</summary>
        public long Hop { get; init; }

        /// <summary>The channel, which decides the units of capacity; null: one unit of no channel.</summary>
        public string? Channel { get; init; }

        public ImmutableArray<SkillNeed> Needs { get; init => field = value.OrEmpty(); } = [];

        /// <summary>Only this agent, if there, until <see cref="PreferredUntil"/>.</summary>
        public string? PreferredAgent { get; init; }

        public DateTimeOffset? PreferredUntil { get; init; }

        /// <summary>The agent who has just let it go: not to be offered to them while somebody else is there; null: nobody has.</summary>
        public string? LetGoBy { get; init; }

        /// <summary>When to pass it on at once; null: never.</summary>
        public SkipIf? SkipIf { get; init; }

        /// <summary>It has nowhere else to go: the queue keeps it, however full its line is, and passes it on to nobody.</summary>
        public bool Keep { get; init; }

        /// <summary>The customer waits for a call back, at this address.</summary>
        public string? CallbackTo { get; init; }

        /// <summary>Not to be offered before; null: at once.</summary>
        public DateTimeOffset? NotBefore { get; init; }

        /// <summary>The version of this queue's terms that the conversation has; the queue tells them when they differ.</summary>
        public string? TermsVersion { get; init; }
    }

    /// <summary>A conversation leaves the line; a pending offer of it is rescinded.</summary>
    public sealed record Withdraw(string ConversationId) : Turns.Command;

    /// <summary>An agent of this queue tells how much they can take now; 0 units takes them off the list.</summary>
    public sealed record AgentReady(string AgentId, int FreeUnits, ImmutableArray<string> Skills, DateTimeOffset IdleSince) : Turns.Command
    {
        /// <summary>The number of this queue's last offer that the agent had seen then; later ones are not in <see cref="FreeUnits"/> yet.</summary>
        public long SeenOffer { get; init; }

        /// <summary>The agent is at work, if busy; a queue counts them, and holds what is meant for them.</summary>
        public bool Present { get; init; }

        /// <summary>How much more of each channel fits; a channel not named is limited by the free units only. Null: no channel is.</summary>
        public ImmutableDictionary<string, int>? Channels { get; init; }

        /// <summary>Levels, 1 to 5, of the agent's skills; a skill of <see cref="Skills"/> that is not here is at level 5.</summary>
        public ImmutableDictionary<string, int>? Levels { get; init; }

        /// <summary>The agent only helps here: takes those who have waited so many seconds.</summary>
        public double DelaySeconds { get; init; }

        /// <summary>How many units of this agent this queue may fill; 0: all.</summary>
        public int QueueUnits { get; init; }
    }

    /// <summary>The agent accepts; the queue decides whether the claim still holds.</summary>
    public sealed record ClaimOffer(string OfferId, string AgentId) : Turns.Command;

    /// <summary>The agent declines, or has no capacity after all; the conversation keeps its place.</summary>
    public sealed record DeclineOffer(string OfferId, string AgentId, string Reason) : Turns.Command;

    /// <summary>The owner's settings for this queue.</summary>
    public sealed record ConfigureQueue(QueuePolicy Policy) : Turns.Command;

    /// <summary>Nothing is offered until <see cref="ResumeQueue"/>; the line goes on to form.</summary>
    public sealed record PauseQueue(string By, string Reason) : Turns.Command;

    public sealed record ResumeQueue(string By) : Turns.Command;

    /// <summary>Time may have opened a match: a relaxation, a helper's delay, the end of a preference, an opening (alarm).</summary>
    public sealed record ReviewLine : Turns.Command;

    /// <summary>Who is considered for this conversation now, and who is not and why? Answer: <see cref="MatchView"/>.</summary>
    public sealed record ExplainMatch(string ConversationId) : Turns.Query;

    /// <summary>Where do these stand? Answer: <see cref="QueuePositions"/>.</summary>
    public sealed record GetPositions(ImmutableArray<string> ConversationIds) : Turns.Query;

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
        double? EstimatedWaitSeconds, ImmutableArray<WaitingConversation> Head) : Turns.Reply
    {
        /// <summary>The estimate's band for one who joins now; null when nothing is known yet.</summary>
        public WaitBand? Wait { get; init; }

        /// <summary>How many agents of this queue are there, busy ones included.</summary>
        public int AgentsPresent { get; init; }

        /// <summary>How many offers are pending.</summary>
        public int Offers { get; init; }

        /// <summary>Who paused it and why; null: it is not paused.</summary>
        public string? Paused { get; init; }

        /// <summary>When it opens; null: it is open.</summary>
        public DateTimeOffset? OpensAt { get; init; }

        /// <summary>Trouble that builds up (more come than usual, or waits will be longer than promised), in words; null: none.</summary>
        public string? Strain { get; init; }

        /// <summary>How many joined lately, and how many usually do.</summary>
        public double ArrivalsPerHour { get; init; }

        public double UsualArrivalsPerHour { get; init; }

        public QueuePolicy? Policy { get; init; }
    }

    /// <param name="Position">From 1; 0 when it does not wait here.</param>
    public sealed record QueuePosition(int Position, int Waiting, double? EstimatedWaitSeconds) : Turns.Reply
    {
        public WaitBand? Wait { get; init; }

        /// <summary>When the queue opens; null: it is open.</summary>
        public DateTimeOffset? OpensAt { get; init; }

        /// <summary>It is closed, and its owner wants those who wait to be offered a call back.</summary>
        public bool OffersCallback { get; init; }
    }

    /// <param name="ByConversation">Of those that wait here.</param>
    public sealed record QueuePositions(ImmutableDictionary<string, QueuePosition> ByConversation) : Turns.Reply;

    /// <summary>How long it will take, honestly: as likely as not <paramref name="P50"/>, nine times in ten at most <paramref name="P90"/>; in seconds.</summary>
    /// <param name="Estimator">The one that has been nearest lately: <c>queue_length</c>, <c>last_to_enter_service</c> or <c>head_of_line</c>.</param>
    public sealed record WaitBand(double P50, double P90, string Estimator);

    /// <summary>Why a conversation is, or is not, offered to whom.</summary>
    /// <param name="Wanted">What is asked of an agent now, in words.</param>
    /// <param name="Relaxed">What was relaxed so far, in words, each with its time.</param>
    /// <param name="Chosen">The agent; null: nobody.</param>
    /// <param name="Why">In one sentence.</param>
    /// <param name="Considered">At most <see cref="MaxListed"/>, the nearest first.</param>
    /// <param name="Others">How many more were looked at.</param>
    public sealed record MatchView(
        string Wanted, ImmutableArray<string> Relaxed, string? Chosen, string Why, ImmutableArray<ConsideredAgent> Considered, int Others) : Turns.Reply
    {
        public const int MaxListed = 10;
    }

    /// <param name="Verdict"><c>chosen</c>, <c>fits</c> (but another came first) or <c>skipped</c>.</param>
    /// <param name="Why">The reason, in words.</param>
    /// <param name="Match">How well the skills match, 0…1.</param>
    public sealed record ConsideredAgent(string AgentId, string Verdict, string Why, double Match);

    /// <summary>One in the line. Higher priority first, then the longest wait.</summary>
    /// <param name="Offers">How often it was offered.</param>
    public sealed record WaitingConversation(string ConversationId, int Priority, DateTimeOffset Since, ImmutableArray<string> Skills, int Offers)
    {
        /// <summary>Its place in the line when it joined, from 1.</summary>
        public int JoinedAtPlace { get; init; }

        /// <summary>The agent who declined it last, or let its offer time out.</summary>
        public string? LetGoBy { get; init; }

        public long Hop { get; init; }

        public string? Channel { get; init; }

        public ImmutableArray<SkillNeed> Needs { get; init => field = value.OrEmpty(); } = [];

        public string? PreferredAgent { get; init; }

        public DateTimeOffset? PreferredUntil { get; init; }

        public string? CallbackTo { get; init; }

        public DateTimeOffset? NotBefore { get; init; }

        /// <inheritdoc cref="Enqueue.Keep"/>
        public bool Keep { get; init; }

        /// <summary>When it joined this line, which may be later than it began to wait.</summary>
        public DateTimeOffset? JoinedAt { get; init; }

        /// <summary>How long it was thought to wait when it joined; null: there was an agent for it at once.</summary>
        public WaitPrediction? Predicted { get; init; }

        /// <summary>It was told that the queue is closed, which happens once in a stay.</summary>
        public bool ToldClosed { get; init; }

        /// <summary>How many relaxation steps were told to the conversation.</summary>
        public int Relaxed { get; init; }

        /// <summary>The offers of it that nobody answered yet.</summary>
        public ImmutableArray<OpenOffer> Pending { get; init => field = value.OrEmpty(); } = [];
    }

    /// <summary>An offer on its way to, or on the desk of, an agent.</summary>
    public sealed record OpenOffer(string OfferId, string AgentId, DateTimeOffset ExpiresAt);

    // The trail of one conversation through a queue.
    public sealed record ConversationEnqueued(string ConversationId, int Priority) : Journal.JournalEvent;

    public sealed record ConversationWithdrawn(string ConversationId) : Journal.JournalEvent;

    public sealed record OfferMade(string OfferId, string ConversationId, string AgentId, string Why) : Journal.JournalEvent;

    /// <param name="Outcome">One of <see cref="OfferStates"/>; <c>declined</c> in journals of old.</param>
    public sealed record OfferEnded(string OfferId, string ConversationId, string AgentId, string Outcome, string? Reason) : Journal.JournalEvent
    {
        /// <summary>How long it had stood in this line, where the offer was accepted.</summary>
        public double? WaitedSeconds { get; init; }
    }

    public sealed record QueueConfigured(QueuePolicy Policy) : Journal.JournalEvent;

    public sealed record QueuePaused(string By, string Reason) : Journal.JournalEvent;

    public sealed record QueueResumed(string By) : Journal.JournalEvent;

    /// <summary>Trouble builds up: more come than usual, or those who join will wait longer than promised.</summary>
    public sealed record QueueStrained(string Reason) : Journal.JournalEvent;

    /// <summary>It has passed.</summary>
    public sealed record QueueRelieved : Journal.JournalEvent;

    /// <summary>The queue passed a conversation on: full, closed, nobody there, or offered too often.</summary>
    public sealed record ConversationPassedOn(string ConversationId, string Reason) : Journal.JournalEvent;
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
    [JsonDerivedType(typeof(ConfigureQueue), "queue.configure")]
    [JsonDerivedType(typeof(PauseQueue), "queue.pause")]
    [JsonDerivedType(typeof(ResumeQueue), "queue.resume")]
    [JsonDerivedType(typeof(ReviewLine), "queue.review_line")]
    [JsonDerivedType(typeof(ExplainMatch), "queue.explain_match")]
    [JsonDerivedType(typeof(GetPositions), "queue.get_positions")]
    public partial record Command;

    [JsonDerivedType(typeof(QueueView), "queue.view")]
    [JsonDerivedType(typeof(QueuePosition), "queue.position")]
    [JsonDerivedType(typeof(QueuePositions), "queue.positions")]
    [JsonDerivedType(typeof(MatchView), "queue.match")]
    public partial record Reply;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(ConversationEnqueued), "queue.enqueued")]
    [JsonDerivedType(typeof(ConversationWithdrawn), "queue.withdrawn")]
    [JsonDerivedType(typeof(OfferMade), "queue.offer_made")]
    [JsonDerivedType(typeof(OfferEnded), "queue.offer_ended")]
    [JsonDerivedType(typeof(QueueConfigured), "queue.configured")]
    [JsonDerivedType(typeof(QueuePaused), "queue.paused")]
    [JsonDerivedType(typeof(QueueResumed), "queue.resumed")]
    [JsonDerivedType(typeof(QueueStrained), "queue.strained")]
    [JsonDerivedType(typeof(QueueRelieved), "queue.relieved")]
    [JsonDerivedType(typeof(ConversationPassedOn), "queue.passed_on")]
    public partial record JournalEvent;
}
