using System.Collections.Immutable;
using CustomerService.Grains.Alerts;
using CustomerService.Grains.Staff;

namespace CustomerService.Reporting.Alerts;

/// <summary>When something is to be told, to whom. A rule of the owner's, see <c>content/alerts.yaml</c>.</summary>
/// <param name="Name">Known by it; no other has it.</param>
public sealed record AlertRule(string Name, AlertFigure Figure, AlertKind Kind)
{
    public static readonly TimeSpan UsualWindow = TimeSpan.FromHours(1);

    /// <summary>For so long nothing is known before an alert is over for that reason.</summary>
    private static readonly TimeSpan LongUnknown = TimeSpan.FromMinutes(15);

    /// <summary>Each of these by itself, one of <see cref="AlertParts"/>; null: all together.</summary>
    public string? Each { get; init; }

    /// <summary>Only of what is named here, by <see cref="AlertParts"/>; a case has to fit all of them.</summary>
    public ImmutableSortedDictionary<string, string> Only { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What the figure may not pass; of no meaning for a spike.</summary>
    public double Limit { get; init; }

    /// <summary>Where it is good again: at the limit or on its good side, so that a figure that plays about the limit is not told again and again.</summary>
    public double ClearsAt { get; init; }

    /// <summary>So long the figure has to be beyond the limit. Default none.</summary>
    public TimeSpan For { get; init; }

    /// <summary>So long it has to be good again. Default a minute.</summary>
    public TimeSpan ClearsAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Of cases: those that began within so long before now.</summary>
    public TimeSpan Window { get; init; } = UsualWindow;

    /// <summary>A share or a mean of fewer cases says nothing. Default 10.</summary>
    public int LeastCases { get; init; } = 10;

    public SpikeTerms Spike { get; init; } = new();

    /// <summary>Also of queues while they are closed.</summary>
    public bool WhenClosed { get; init; }

    public AlertSeverity Severity { get; init; } = AlertSeverity.Warning;

    /// <summary>Whoever has one of these roles gets notice.</summary>
    public ImmutableArray<Role> Tell { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What the figure may not pass now.</summary>
    public double LimitFor(AlertReading reading) => Kind != AlertKind.Spike ? Limit
        : reading.Usual is { } usual ? Math.Max(Math.Max(usual.AtMost, Spike.Times * usual.Mean), Spike.Least - 1)
        : double.PositiveInfinity;

    /// <summary>Whether there is reason to tell.</summary>
    public bool IsOver(AlertReading reading) => reading.Value is { } value && (Kind == AlertKind.Below ? value < Limit : value > LimitFor(reading));

    /// <summary>Whether it is good again; between that and the limit an alert stays.</summary>
    public bool IsCalm(AlertReading reading) => reading.Value is not { } value || Kind switch
    {
        AlertKind.Above => value <= ClearsAt,
        AlertKind.Below => value >= ClearsAt,
        _ => reading.Usual is not { } usual || value <= (usual.Mean + LimitFor(reading)) / 2,
    };

    /// <summary>So long it has to be so before the alert is over.</summary>
    internal TimeSpan CalmFor(AlertReading reading) => reading.Value is null && ClearsAfter < LongUnknown ? LongUnknown : ClearsAfter;
}

/// <summary>How far above the usual a spike is.</summary>
public sealed record SpikeTerms
{
    /// <summary>Whether it is held against the same time in the weeks before, else against the time just before. Default the weeks.</summary>
    public bool AgainstWeeks { get; init; } = true;

    /// <summary>So many weeks, or windows just before. Default 4.</summary>
    public int Periods { get; init; } = 4;

    /// <summary>So many times the usual spread above the mean. Default 3.</summary>
    public double Deviations { get; init; } = 3;

    /// <summary>At least so many times the mean. Default 1.5.</summary>
    public double Times { get; init; } = 1.5;

    /// <summary>Fewer are no spike, however rare. Default 10.</summary>
    public int Least { get; init; } = 10;
}

/// <summary>What the owner wants to be told: <c>content/alerts.yaml</c>.</summary>
public sealed record AlertRules(ImmutableArray<AlertRule> Rules)
{
    public static AlertRules None { get; } = new([]);

    /// <summary>Null: there is none of that name.</summary>
    public AlertRule? Find(string name) => Rules.FirstOrDefault(rule => rule.Name == name);
}

/// <summary>The owner's rules in use.</summary>
public interface IAlertRules
{
    AlertRules Current { get; }
}
