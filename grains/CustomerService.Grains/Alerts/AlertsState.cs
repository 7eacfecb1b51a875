using System.Collections.Immutable;

namespace CustomerService.Grains.Alerts;

/// <summary>All alerts of the system: what is raised, what was, and what is put off. At most one is raised for each rule and subject.</summary>
public sealed record AlertsState
{
    /// <summary>More are refused: rules that raise so many help nobody.</summary>
    public const int MostRaised = 200;

    /// <summary>Beyond so many the oldest goes; the journal keeps it.</summary>
    public const int MostPast = 100;

    /// <summary>So many figures of a course are kept.</summary>
    public const int CourseLength = 60;

    public static readonly TimeSpan LongestSnooze = TimeSpan.FromDays(7);

    /// <summary>Counts the alerts.</summary>
    public long LastNumber { get; init; }

    /// <summary>The oldest first.</summary>
    public ImmutableList<AlertRecord> Raised { get; init; } = [];

    /// <summary>The oldest first.</summary>
    public ImmutableList<AlertRecord> Past { get; init; } = [];

    public ImmutableList<AlertSnooze> Snoozes { get; init; } = [];

    internal AlertRecord? Find(string rule, string subject) => Raised.Find(alert => alert.Finding.Rule == rule && alert.Finding.Subject == subject);

    internal AlertRecord? Find(string id) => Raised.Find(alert => alert.Id == id);

    internal AlertSnooze? SnoozeOf(AlertFinding finding, DateTimeOffset now) => Snoozes.Find(snooze => snooze.IsOf(finding) && snooze.Until > now);

    internal AlertsState With(AlertRecord alert) => this with { Raised = Raised.SetItem(Raised.FindIndex(each => each.Id == alert.Id), alert) };
}

/// <summary>Until then the rule's alert about the subject counts for nothing.</summary>
public sealed record AlertSnooze(string Rule, string Subject, string By, DateTimeOffset Until)
{
    internal bool IsOf(AlertFinding finding) => Rule == finding.Rule && Subject == finding.Subject;
}
