using System.Collections.Immutable;

namespace CustomerService.Reporting.Alerts;

/// <summary>In what a figure is told.</summary>
public enum AlertUnit
{
    Count,

    Seconds,

    /// <summary>0…1.</summary>
    Share,

    /// <summary>1…5.</summary>
    Rating,

    /// <summary>−1…1.</summary>
    Mood,
}

/// <summary>Who knows a figure.</summary>
public enum AlertSource
{
    /// <summary>The queues themselves, as they are now.</summary>
    Queues,

    /// <summary>The list of conversations, as it is now.</summary>
    Conversations,

    /// <summary>The cases that began within the rule's window.</summary>
    Cases,

    /// <summary>The processes and the store.</summary>
    System,

    /// <summary>What customers write about, held against each hour of the last weeks.</summary>
    Topics,
}

/// <summary>A figure that rules can be about.</summary>
/// <param name="Name">As the owner writes it.</param>
/// <param name="Parts">What it can be told apart by, one of <see cref="AlertParts"/> each.</param>
/// <param name="HasPast">Whether it can be held against what is usual.</param>
public sealed record AlertFigure(string Name, AlertUnit Unit, AlertSource Source, ImmutableArray<string> Parts, bool HasPast = false);

/// <summary>What figures are told apart by.</summary>
public static class AlertParts
{
    public const string Queue = "queue";
    public const string Channel = "channel";
    public const string Language = "language";
    public const string Intent = "intent";

    /// <summary>An intent or a word that more customers than usual write about.</summary>
    public const string Topic = "topic";
}

/// <summary>All figures that rules can be about. A new one gets its line here and its value where its source is read.</summary>
public static class AlertFigures
{
    public const string Waiting = "waiting";
    public const string OldestWait = "oldest_wait";
    public const string ExpectedWait = "expected_wait";
    public const string Unserved = "unserved";
    public const string AgentsPresent = "agents_present";
    public const string AgentsReady = "agents_ready";
    public const string Active = "active";
    public const string Overdue = "overdue";
    public const string NewCases = "new_cases";
    public const string HandedOff = "handed_off";
    public const string Abandoned = "abandoned";
    public const string AbandonedShare = "abandoned_share";
    public const string AutomationRate = "automation_rate";
    public const string ServiceLevel = "service_level";
    public const string FirstResponse = "first_response";
    public const string Satisfaction = "satisfaction";
    public const string Sentiment = "sentiment";
    public const string ParkedCommands = "parked_commands";
    public const string SilentProcesses = "silent_processes";
    public const string WorkBacklog = "work_backlog";
    public const string AlarmsDue = "alarms_due";
    public const string BrokenChannels = "broken_channels";
    public const string OpenBreakers = "open_breakers";
    public const string RisingTopics = "rising_topics";

    private static readonly ImmutableArray<string> ByQueue = [AlertParts.Queue];
    private static readonly ImmutableArray<string> ByPlace = [AlertParts.Queue, AlertParts.Channel];
    private static readonly ImmutableArray<string> ByCase = [AlertParts.Queue, AlertParts.Channel, AlertParts.Language, AlertParts.Intent];

    public static ImmutableArray<AlertFigure> All { get; } =
    [
        new(Waiting, AlertUnit.Count, AlertSource.Queues, ByQueue),
        new(OldestWait, AlertUnit.Seconds, AlertSource.Queues, ByQueue),
        new(ExpectedWait, AlertUnit.Seconds, AlertSource.Queues, ByQueue),
        new(Unserved, AlertUnit.Count, AlertSource.Queues, ByQueue),
        new(AgentsPresent, AlertUnit.Count, AlertSource.Queues, ByQueue),
        new(AgentsReady, AlertUnit.Count, AlertSource.Queues, ByQueue),
        new(Active, AlertUnit.Count, AlertSource.Conversations, ByPlace),
        new(Overdue, AlertUnit.Count, AlertSource.Conversations, ByPlace),
        new(NewCases, AlertUnit.Count, AlertSource.Cases, ByCase, HasPast: true),
        new(HandedOff, AlertUnit.Count, AlertSource.Cases, ByCase, HasPast: true),
        new(Abandoned, AlertUnit.Count, AlertSource.Cases, ByCase, HasPast: true),
        new(AbandonedShare, AlertUnit.Share, AlertSource.Cases, ByCase),
        new(AutomationRate, AlertUnit.Share, AlertSource.Cases, ByCase),
        new(ServiceLevel, AlertUnit.Share, AlertSource.Cases, ByCase),
        new(FirstResponse, AlertUnit.Seconds, AlertSource.Cases, ByCase),
        new(Satisfaction, AlertUnit.Rating, AlertSource.Cases, ByCase),
        new(Sentiment, AlertUnit.Mood, AlertSource.Cases, ByCase),
        new(ParkedCommands, AlertUnit.Count, AlertSource.System, []),
        new(SilentProcesses, AlertUnit.Count, AlertSource.System, []),
        new(WorkBacklog, AlertUnit.Count, AlertSource.System, []),
        new(AlarmsDue, AlertUnit.Count, AlertSource.System, []),
        new(BrokenChannels, AlertUnit.Count, AlertSource.System, []),
        new(OpenBreakers, AlertUnit.Count, AlertSource.System, []),
        new(RisingTopics, AlertUnit.Count, AlertSource.Topics, [AlertParts.Topic], HasPast: true),
    ];

    /// <summary>Null: there is none of that name.</summary>
    public static AlertFigure? Find(string name) => All.FirstOrDefault(figure => figure.Name == name);
}
