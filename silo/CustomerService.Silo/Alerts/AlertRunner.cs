using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Alerts;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Alerts;
using CustomerService.Runtime;
using CustomerService.Silo.Crm;
using CustomerService.Staff;

namespace CustomerService.Silo.Alerts;

/// <summary>Holds the figures against the owner's rules every few seconds, and has the alerts' grain raise and clear. One process of a cluster does it.</summary>
/// <param name="grains">Never refuses for load.</param>
internal sealed partial class AlertRunner(
    IAlertRules rules, IEnumerable<IAlertSource> sources, IGrainClient grains, IDuty duty, AlertInstruments instruments, TimeProvider time, ILogger<AlertRunner> logger) : BackgroundService
{
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FollowEach = TimeSpan.FromSeconds(15);

    private AlertWatch? _watch;
    private readonly Dictionary<(string Rule, string Subject), AlertMeasured> _newest = [];
    private DateTimeOffset _followAt;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => duty.WhileHeldAsync(RunAsync, stoppingToken);

    private async Task RunAsync(CancellationToken cancellation)
    {
        _watch = null; // Another process may have raised and cleared meanwhile.
        await new Rounds("Keeping the alerts", time, logger).NowAndEachAsync(Pace, LookAsync, cancellation);
        instruments.Forget();
    }

    /// <summary>One look at all figures.</summary>
    internal async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            var now = time.GetUtcNow();
            _watch ??= new AlertWatch((await ViewAsync(cancellation)).Raised.Select(alert => alert.Finding));
            await TellAsync(_watch.Keep(rules.Current), cancellation);
            foreach (var source in sources)
            {
                AlertRule[] about = [.. rules.Current.Rules.Where(rule => rule.Figure.Source == source.Source)];
                if (about.Length > 0 && await ReadAsync(source, about, now, cancellation) is { } readings)
                {
                    foreach (var (rule, found) in readings)
                        await TakeAsync(_watch, rule, found, now, cancellation);
                }
            }

            await FollowAsync(now, cancellation);
        }
        catch
        {
            _watch = null; // What of it was done, the grain knows.
            throw;
        }
    }

    private async ValueTask<IReadOnlyList<RuleReadings>?> ReadAsync(
        IAlertSource source, IReadOnlyCollection<AlertRule> about, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            return await source.ReadAsync(about, now, cancellation);
        }
#pragma warning disable CA1031 // One source that is out of order must not keep the others from being watched.
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogUnread(source.Source, fault);
            return null;
        }
    }

    private async Task TakeAsync(AlertWatch watch, AlertRule rule, ImmutableArray<AlertReading> readings, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var reading in readings.Where(reading => reading.Value is not null))
            _newest[(rule.Name, reading.Subject)] = new AlertMeasured(rule.Name, reading.Subject, reading.Value!.Value, Finite(rule.LimitFor(reading)));
        await TellAsync(watch.Take(rule, readings, now), cancellation);
    }

    private async Task TellAsync(IReadOnlyList<AlertChange> changes, CancellationToken cancellation)
    {
        foreach (var change in changes)
        {
            switch (change)
            {
                case AlertChange.Raise raise:
                    var finding = FindingOf(raise);
                    LogRaised(finding.Rule, finding.Severity, finding.Said);
                    if (await grains.AskAsync(Grain.Alerts, new RaiseAlert(finding, await PeopleAsync(raise.By.Tell, cancellation)), cancellation) is Refused refused)
                        LogRefused(finding.Rule, refused.Message);
                    break;
                case AlertChange.Clear clear:
                    _newest.Remove((clear.Rule, clear.Subject));
                    await grains.AskAsync(Grain.Alerts, new ClearAlert(clear.Rule, clear.Subject, clear.Why), cancellation);
                    break;
            }
        }
    }

    /// <summary>Gives the grain the figures of what is raised, now and then; also those that stand still, so that each course is one of time.</summary>
    private async Task FollowAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var view = await ViewAsync(cancellation);
        instruments.Show(view.Raised);
        if (now < _followAt)
            return;
        _followAt = now + FollowEach;
        ImmutableArray<AlertMeasured> figures = [.. view.Raised.Select(alert => _newest.GetValueOrDefault((alert.Finding.Rule, alert.Finding.Subject))).OfType<AlertMeasured>()];
        if (!figures.IsEmpty)
            await grains.AskAsync(Grain.Alerts, new FollowAlerts(figures), cancellation);
    }

    private async ValueTask<AlertsView> ViewAsync(CancellationToken cancellation) => (AlertsView)await grains.AskAsync(Grain.Alerts, new GetAlerts(), cancellation);

    /// <summary>Those who have a desk, where notices are shown.</summary>
    private async ValueTask<ImmutableArray<string>> PeopleAsync(ImmutableArray<Role> roles, CancellationToken cancellation)
    {
        if (roles.IsEmpty || await grains.AskAsync(Grain.Staff, new GetPeople(), cancellation) is not PeopleView staff)
            return [];
        return [.. staff.People.Where(person => !person.Disabled && person.Roles.Any(roles.Contains) && person.Roles.Allow(Permission.WorkConversations)).Select(person => person.Id)];
    }

    private static AlertFinding FindingOf(AlertChange.Raise raise) => new(
        raise.Rule, raise.Subject, raise.By.Figure.Name, raise.By.Kind, raise.By.Severity, raise.Reading.Value ?? 0, Finite(raise.Limit), raise.Since, raise.Course,
        AlertSigns.Of(raise.By.Figure, raise.Subject, raise.Reading.Value ?? 0, raise.By.Kind, Finite(raise.Limit)))
    {
        Part = raise.By.Each,
        Usual = raise.Reading.Usual?.Mean,
    };

    private static double Finite(double limit) => double.IsFinite(limit) ? limit : 0;

    [LoggerMessage(LogLevel.Warning, "Alert '{Rule}' ({Severity}): {Said}")]
    private partial void LogRaised(string rule, AlertSeverity severity, string said);

    [LoggerMessage(LogLevel.Error, "Alert '{Rule}' was not raised: {Reason}")]
    private partial void LogRefused(string rule, string reason);

    [LoggerMessage(LogLevel.Warning, "The figures of {Source} can't be held against the alerts' rules for now; it is tried again")]
    private partial void LogUnread(AlertSource source, Exception fault);
}
