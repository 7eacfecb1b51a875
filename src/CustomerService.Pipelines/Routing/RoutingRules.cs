using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;

namespace CustomerService.Pipelines.Routing;

/// <summary>Who answers what: the owner's rules, see <c>content/routing.yaml</c>.</summary>
public sealed record RoutingRules
{
    /// <summary>Highest priority; 0 is the lowest.</summary>
    public const int MaxPriority = 10;

    /// <summary>The languages that the assistant answers in; a message in another one goes to a person.</summary>
    public ImmutableHashSet<string> AssistantLanguages { get; init; } = ["en"];

    /// <summary>Intents that ask for a person.</summary>
    public ImmutableHashSet<string> HumanIntents { get; init; } = ["talk_to_human"];

    /// <summary>After so many handoffs in one matter the assistant does not take it up again.</summary>
    public int MostHandoffs { get; init; } = 2;

    /// <summary>A customer whose mood is below this goes back to people with what people had before; −1…1.</summary>
    public double ReturnSentiment { get; init; } = -0.2;

    /// <summary>What a customer says who wants nothing more; the assistant may always answer it.</summary>
    public ImmutableHashSet<string> Courtesies { get; init; } = ["thanks", "goodbye"];

    /// <summary>Customers of these tiers are served by specialists.</summary>
    public ImmutableHashSet<string> SpecialistTiers { get; init; } = ["platinum", "gold"];

    /// <summary>A customer whose mood is below this is served by specialists; −1…1.</summary>
    public double SpecialistSentiment { get; init; } = -0.5;

    public string SpecialistQueue { get; init; } = "specialist";

    /// <summary>Intents for a person, ahead of others.</summary>
    public ImmutableHashSet<string> PriorityIntents { get; init; } = ["complaint", "urgent_issue", "payment_problem"];

    /// <summary>Intents that the assistant may answer.</summary>
    public ImmutableHashSet<string> AutomatableIntents { get; init; } = ["password_reset", "account_balance", "order_status", "business_hours", "return_policy"];

    /// <summary>The queue of an intent, where it is not <see cref="DefaultQueue"/>.</summary>
    public ImmutableDictionary<string, string> Queues { get; init; } = ImmutableDictionary<string, string>.Empty;

    public string DefaultQueue { get; init; } = "general";

    public PriorityScores Priority { get; init; } = new();

    /// <summary>When a rise in what customers write about is told.</summary>
    public AlertRules Alerts { get; init; } = new();

    /// <summary>What the owner wants of each queue.</summary>
    public ImmutableDictionary<string, QueuePolicy> Policies { get; init; } = ImmutableDictionary<string, QueuePolicy>.Empty;

    public ImmutableDictionary<string, BusinessCalendar> Calendars { get; init; } = ImmutableDictionary<string, BusinessCalendar>.Empty;

    /// <summary>The skills that agents may have; a language's is <c>language.</c> and its ISO 639-1 code.</summary>
    public ImmutableSortedSet<string> Skills { get; init; } = [];

    /// <summary>Whether the customer's language is required of the agent, where <see cref="Skills"/> has it.</summary>
    public bool LanguageSkills { get; init; }

    public Workflow Workflow { get; init; } = Workflow.None;

    /// <summary>Every queue that the rules can name.</summary>
    public IEnumerable<string> QueueNames =>
        Queues.Values.Concat(Policies.Keys).Append(DefaultQueue).Append(SpecialistQueue).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    public string QueueOf(string intent) => Queues.GetValueOrDefault(intent, DefaultQueue);
}

/// <summary>When supervisors are told that customers write about something more than usual.</summary>
public sealed record AlertRules
{
    public bool On { get; init; } = true;

    /// <summary>So many false alarms a week are put up with, 0.01…100.</summary>
    public double FalseAlarmsAWeek { get; init; } = 0.5;

    /// <summary>Fewer conversations in an hour are nothing to tell.</summary>
    public int LeastCount { get; init; } = 8;

    /// <summary>Less than so many times the usual is nothing to tell.</summary>
    public double LeastRatio { get; init; } = 2;

    /// <summary>Intents of which no rise is told.</summary>
    public ImmutableHashSet<string> QuietIntents { get; init; } = ["greeting", "goodbye", "thanks", "identity_details"];

    /// <summary>Words of which no rise is told, in lower case.</summary>
    public ImmutableHashSet<string> QuietWords { get; init; } = [];
}

/// <summary>How a waiting customer's priority adds up, 0…10.</summary>
public sealed record PriorityScores
{
    /// <summary>The points to begin with, by urgency.</summary>
    public ImmutableDictionary<string, int> Urgency { get; init; } =
        new Dictionary<string, int> { ["low"] = 1, ["normal"] = 3, ["high"] = 5, ["critical"] = 7 }.ToImmutableDictionary();

    /// <summary>More points by the customer's tier.</summary>
    public ImmutableDictionary<string, int> Tiers { get; init; } =
        new Dictionary<string, int> { ["gold"] = 1, ["platinum"] = 2 }.ToImmutableDictionary();

    /// <summary>More points for a mood under <see cref="RoutingRules.SpecialistSentiment"/>.</summary>
    public int Unhappy { get; init; } = 2;

    /// <summary>More points for a priority intent.</summary>
    public int PriorityIntent { get; init; } = 3;

    /// <summary>More points where the estimated wait is longer than the promised first response.</summary>
    public int LateResponse { get; init; } = 1;
}
