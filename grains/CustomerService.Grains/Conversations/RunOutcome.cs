using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

/// <summary>
/// All that one pipeline run decided about one message. It is committed in one turn of the conversation, so a run that
/// dies half way has done nothing, and a run that is repeated has done everything once.
/// </summary>
public sealed record RunOutcome
{
    /// <summary>What to send to the customer: an answer, or the words that come with a handoff.</summary>
    public OutgoingMessage? Answer { get; init; }

    /// <summary>Set when a person has to take over.</summary>
    public HandoffPackage? Handoff { get; init; }

    public required MessageSignals Signals { get; init; }

    /// <summary>One of <see cref="ResolutionTypes"/>.</summary>
    public required string ResolutionType { get; init; }

    /// <summary>Set when this message proved who the customer is.</summary>
    public ProvenIdentity? Identity { get; init; }

    /// <summary>The customer offered a proof that did not hold.</summary>
    public bool ProofFailed { get; init; }

    /// <summary>What the assistant asked for and waits for now; null clears what was asked before.</summary>
    public PendingRequest? Pending { get; init; }

    /// <summary>The procedure to go on with when the customer writes again; null: there is none, or it has ended.</summary>
    public ActiveProcedure? Procedure { get; init; }

    /// <summary>What became of the changes that this message said yes to.</summary>
    public ImmutableArray<CallOutcome> Outcomes { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What chat models took for this run; null: nothing.</summary>
    public ModelSpend? Spent { get; init; }

    /// <summary>What the ticket and the customer's record are told; null when the pipeline did not log.</summary>
    public InteractionLog? Log { get; init; }

    /// <summary>The run's trace as JSON (see the Pipelines project), kept in the journal.</summary>
    public string? Trace { get; init; }
}

/// <summary>How a message was dealt with; the label of the metrics.</summary>
public static class ResolutionTypes
{
    public const string Automated = "automated";
    public const string Human = "human";

    /// <summary>Processing failed: a fallback reply went out and a person has the conversation.</summary>
    public const string ErrorFallback = "error_fallback";
}

/// <summary>A message to the customer.</summary>
/// <param name="Actions">Suggested next steps, shown as buttons or lines.</param>
/// <param name="Sources">Ids of the articles and records that the text rests on.</param>
public sealed record OutgoingMessage(string Text, ImmutableArray<string> Actions, ImmutableArray<string> Sources);

/// <summary>What was understood of a message.</summary>
/// <param name="Language">ISO 639-1, or <c>und</c>.</param>
/// <param name="Confidence">Of the intent, 0…1.</param>
/// <param name="Sentiment">−1…1.</param>
/// <param name="Urgency"><c>low</c>, <c>normal</c>, <c>high</c> or <c>critical</c>.</param>
public sealed record MessageSignals(
    string Language, string Intent, double Confidence, double Sentiment, ImmutableArray<string> Emotions, string Urgency)
{
    public static MessageSignals Unknown { get; } = new("und", "unknown", 0, 0, [], "normal");
}

/// <summary>The whole context that travels with a conversation to a person.</summary>
/// <param name="Queue">Where it waits.</param>
/// <param name="Priority">0…10; higher is served first.</param>
/// <param name="Reason">Why the assistant gave it away, in one sentence.</param>
/// <param name="Summary">What the customer wants and what was tried, for the agent.</param>
public sealed record HandoffPackage(
    string Queue, int Priority, string Reason, string Summary, ImmutableArray<string> Skills, ImmutableArray<string> ArticleIds)
{
    public const int MaxPriority = 10;

    /// <summary>Between why it goes to this queue and why it went to the one before, in <see cref="Reason"/>.</summary>
    internal const string Before = "; before: ";

    /// <summary>Why it goes to this queue, without why it went to those before.</summary>
    internal string NewestReason() => Reason.Split(Before, 2)[0];

    /// <summary>What is asked of the agent in full; default: <see cref="Skills"/> alone, none required.</summary>
    public ImmutableArray<SkillNeed> Needs { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What is known, each thing by itself; null: nothing but the summary.</summary>
    public HandoffFacts? Facts { get; init; }

    /// <summary>Where it goes in turn; null: to <see cref="Queue"/>, and it stays there.</summary>
    public RoutePlan? Route { get; init; }

    /// <summary>The customer's tier, which decides what is promised; null: standard.</summary>
    public string? Tier { get; init; }

    /// <summary>ISO 639-1; null: not known.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// The agent who knows this customer; goes first for <see cref="PreferredSeconds"/>, if there. In a run's outcome the conversation's own
    /// last agent goes before them.
    /// </summary>
    public string? PreferredAgent { get; init; }

    /// <summary>For how long; without a <see cref="PreferredAgent"/> it is the conversation's own last agent who goes first. 0: nobody, or what the queue's terms say.</summary>
    public double PreferredSeconds { get; init; }

    /// <summary>At least this, where processing failed: the customer has waited for nothing already.</summary>
    public const int RaisedPriority = 6;
}

/// <summary>The customer proved to be this customer of the shop.</summary>
/// <param name="CustomerId">The id in the order system.</param>
/// <param name="Level">How well, such as <c>basic</c> (two matching facts).</param>
public sealed record ProvenIdentity(string CustomerId, string Name, string Level, DateTimeOffset At, DateTimeOffset Until);

/// <summary>Something the assistant asked for, to go on with an intent when it comes.</summary>
/// <param name="Kind">What is awaited, such as <c>identity</c> or <c>order_number</c>.</param>
/// <param name="Intent">The intent to go on with.</param>
/// <param name="Slots">What is known for it already, such as the order's number.</param>
public sealed record PendingRequest(string Kind, string Intent, ImmutableDictionary<string, string> Slots, DateTimeOffset AskedAt);

/// <summary>What is told to the ticket and to the customer's record.</summary>
public sealed record InteractionLog(string TicketId, string Subject, string Status, string CustomerId, ImmutableDictionary<string, string> Metrics);
