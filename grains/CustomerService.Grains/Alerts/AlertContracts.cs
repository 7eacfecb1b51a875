using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Alerts;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Alerts
{
    /// <summary>
    /// Something is as a rule of the owner's says it should not be. What is raised already takes the newer figures, and nobody is told again. Refused with <c>too_many_alerts</c>.
    /// </summary>
    /// <param name="Tell">The people who get notice; nobody where it is snoozed.</param>
    public sealed record RaiseAlert(AlertFinding Finding, ImmutableArray<string> Tell) : Turns.Command
    {
        public ImmutableArray<string> Tell { get; init => field = value.OrEmpty(); } = Tell;
    }

    /// <summary>The figures of what is raised, as they are now; what is not raised is passed over.</summary>
    public sealed record FollowAlerts(ImmutableArray<AlertMeasured> Figures) : Turns.Command
    {
        public ImmutableArray<AlertMeasured> Figures { get; init => field = value.OrEmpty(); } = Figures;
    }

    /// <summary>It is over; what is not raised changes nothing.</summary>
    /// <param name="Why">Of <see cref="AlertEnds"/>.</param>
    public sealed record ClearAlert(string Rule, string Subject, string Why) : Turns.Command;

    /// <summary>Somebody takes it on. Refused with <c>no_such_alert</c>, or <c>already_taken_on</c> when another was faster.</summary>
    /// <param name="Note">What they do about it.</param>
    public sealed record AcknowledgeAlert(string By, string AlertId, string? Note) : Turns.Command;

    /// <summary>
    /// Nobody is told and nothing is counted of it until then, also when it is over and raised again meanwhile. Refused with <c>no_such_alert</c>, <c>snooze_in_the_past</c> or <c>snooze_too_long</c>.
    /// </summary>
    /// <param name="Until">To come, within <see cref="AlertsState.LongestSnooze"/>.</param>
    public sealed record SnoozeAlert(string By, string AlertId, DateTimeOffset Until) : Turns.Command;

    /// <summary>It counts again. Refused with <c>no_such_alert</c>.</summary>
    public sealed record UnsnoozeAlert(string By, string AlertId) : Turns.Command;

    /// <summary>Answer: <see cref="AlertsView"/>.</summary>
    public sealed record GetAlerts : Turns.Query;

    /// <param name="Raised">The oldest first.</param>
    /// <param name="Past">Those that are over, the newest first, at most <see cref="AlertsState.MostPast"/>.</param>
    public sealed record AlertsView(ImmutableArray<AlertRecord> Raised, ImmutableArray<AlertRecord> Past) : Turns.Reply
    {
        public ImmutableArray<AlertRecord> Raised { get; init => field = value.OrEmpty(); } = Raised;

        public ImmutableArray<AlertRecord> Past { get; init => field = value.OrEmpty(); } = Past;
    }

    public enum AlertSeverity
    {
        Notice,

        Warning,

        /// <summary>Customers suffer now.</summary>
        Critical,
    }

    public enum AlertKind
    {
        /// <summary>More than the limit.</summary>
        Above,

        /// <summary>Less than the limit.</summary>
        Below,

        /// <summary>More than is usual.</summary>
        Spike,
    }

    /// <summary>Why an alert is over.</summary>
    public static class AlertEnds
    {
        /// <summary>The figure is again as it should be.</summary>
        public const string Calm = "calm";

        /// <summary>For long nobody can tell how the figure is: too few cases, a closed queue.</summary>
        public const string Unknown = "unknown";

        /// <summary>The owner's file has the rule no more.</summary>
        public const string RuleGone = "rule_gone";
    }

    /// <summary>What a rule found.</summary>
    /// <param name="Rule">Its name.</param>
    /// <param name="Subject">Of which queue, channel, … the figure is; empty: of all.</param>
    /// <param name="Figure">The figure's name, such as <c>oldest_wait</c>.</param>
    /// <param name="Limit">What it may not pass: the owner's, or what is usual at most.</param>
    /// <param name="Since">When it began.</param>
    /// <param name="Course">The figure before and now, the oldest first.</param>
    /// <param name="Said">It in signs that need no translation, for notices.</param>
    public sealed record AlertFinding(
        string Rule, string Subject, string Figure, AlertKind Kind, AlertSeverity Severity, double Value, double Limit, DateTimeOffset Since, ImmutableArray<double> Course, string Said)
    {
        public ImmutableArray<double> Course { get; init => field = value.OrEmpty(); } = Course;

        /// <summary>What kind of thing the subject is: <c>queue</c>, <c>channel</c>, <c>language</c>, <c>intent</c> or <c>topic</c>; null: it is of all.</summary>
        public string? Part { get; init; }

        /// <summary>The figure as it usually is; null: it is held against no past.</summary>
        public double? Usual { get; init; }
    }

    /// <summary>A figure that a raised alert is about, as it is now.</summary>
    public sealed record AlertMeasured(string Rule, string Subject, double Value, double Limit);

    /// <summary>An alert from when it was raised.</summary>
    /// <param name="Id">Such as <c>alert-12</c>.</param>
    /// <param name="Finding">With the newest figures.</param>
    /// <param name="Worst">The figure when it was farthest beyond the limit.</param>
    public sealed record AlertRecord(string Id, AlertFinding Finding, double Worst, DateTimeOffset RaisedAt)
    {
        public string? AcknowledgedBy { get; init; }

        public DateTimeOffset? AcknowledgedAt { get; init; }

        public string? Note { get; init; }

        /// <summary>Null: it is not snoozed.</summary>
        public DateTimeOffset? SnoozedUntil { get; init; }

        public string? SnoozedBy { get; init; }

        /// <summary>Null: it is not over.</summary>
        public DateTimeOffset? ClearedAt { get; init; }

        /// <summary>Of <see cref="AlertEnds"/>.</summary>
        public string? Why { get; init; }

        /// <summary>Nobody has taken it on, and nobody has put it off.</summary>
        [JsonIgnore]
        public bool IsOpen => ClearedAt is null && AcknowledgedBy is null && SnoozedUntil is null;
    }

    /// <param name="Finding">Without its course.</param>
    public sealed record AlertRaised(string AlertId, AlertFinding Finding) : Journal.JournalEvent;

    public sealed record AlertAcknowledged(string AlertId, string By, string? Note) : Journal.JournalEvent;

    /// <param name="Until">Null: it counts again.</param>
    public sealed record AlertSnoozed(string AlertId, string By, DateTimeOffset? Until) : Journal.JournalEvent;

    /// <param name="Alert">As it was at the end.</param>
    public sealed record AlertCleared(AlertRecord Alert) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(RaiseAlert), "alerts.raise")]
    [JsonDerivedType(typeof(FollowAlerts), "alerts.follow")]
    [JsonDerivedType(typeof(ClearAlert), "alerts.clear")]
    [JsonDerivedType(typeof(AcknowledgeAlert), "alerts.acknowledge")]
    [JsonDerivedType(typeof(SnoozeAlert), "alerts.snooze")]
    [JsonDerivedType(typeof(UnsnoozeAlert), "alerts.unsnooze")]
    [JsonDerivedType(typeof(GetAlerts), "alerts.get")]
    public partial record Command;

    [JsonDerivedType(typeof(AlertsView), "alerts.view")]
    public partial record Reply;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(AlertRaised), "alerts.raised")]
    [JsonDerivedType(typeof(AlertAcknowledged), "alerts.acknowledged")]
    [JsonDerivedType(typeof(AlertSnoozed), "alerts.snoozed")]
    [JsonDerivedType(typeof(AlertCleared), "alerts.cleared")]
    public partial record JournalEvent;
}
