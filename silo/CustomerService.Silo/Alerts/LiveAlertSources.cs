using System.Collections.Immutable;
using CustomerService.Channels.Health;
using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Alerts;

namespace CustomerService.Silo.Alerts;

/// <summary>How the queues stand now, asked of themselves.</summary>
/// <param name="queues">The queues that there are.</param>
internal sealed class QueueAlertSource(IGrainClient grains, Func<IEnumerable<string>> queues) : IAlertSource
{
    public AlertSource Source => AlertSource.Queues;

    public async ValueTask<IReadOnlyList<RuleReadings>> ReadAsync(IReadOnlyCollection<AlertRule> rules, DateTimeOffset now, CancellationToken cancellation)
    {
        var views = new List<QueueView>();
        foreach (var name in queues())
        {
            if (await grains.AskAsync(Grain.Queue(name), new GetQueue(), cancellation) is QueueView view)
                views.Add(view);
        }

        return [.. rules.Select(rule => new RuleReadings(rule, Of(rule, views, now)))];
    }

    internal static ImmutableArray<AlertReading> Of(AlertRule rule, IReadOnlyCollection<QueueView> queues, DateTimeOffset now)
    {
        var meant = queues.Where(queue => !rule.Only.TryGetValue(AlertParts.Queue, out var only) || queue.Name == only).ToList();
        return rule.Each is null
            ? [new AlertReading("", Total(rule, meant, now))]
            : [.. meant.Select(queue => new AlertReading(queue.Name, ValueOf(rule, queue, now)))];
    }

    /// <summary>Counts add up; of times the longest counts.</summary>
    private static double? Total(AlertRule rule, IEnumerable<QueueView> queues, DateTimeOffset now)
    {
        double[] values = [.. queues.Select(queue => ValueOf(rule, queue, now)).OfType<double>()];
        return values.Length == 0 ? null : rule.Figure.Unit == AlertUnit.Seconds ? values.Max() : values.Sum();
    }

    /// <returns>Null: the queue is closed, or does not know.</returns>
    private static double? ValueOf(AlertRule rule, QueueView queue, DateTimeOffset now) => queue.OpensAt is not null && !rule.WhenClosed ? null : rule.Figure.Name switch
    {
        AlertFigures.Waiting => queue.Waiting,
        AlertFigures.OldestWait => queue.OldestSince is { } since ? Math.Max(0, (now - since).TotalSeconds) : 0,
        AlertFigures.ExpectedWait => queue.Wait?.P90,
        AlertFigures.Unserved => queue.AgentsPresent == 0 ? queue.Waiting : 0,
        AlertFigures.AgentsPresent => queue.AgentsPresent,
        AlertFigures.AgentsReady => queue.AgentsReady,
        _ => throw new ArgumentException($"'{rule.Figure.Name}' is no figure of queues.", nameof(rule)),
    };
}

/// <summary>How the processes and the store stand. To count what is stored costs the store something, so that is done now and then.</summary>
internal sealed class SystemAlertSource(IClusterView cluster) : IAlertSource
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);

    private DateTimeOffset? _read;

    public AlertSource Source => AlertSource.System;

    public async ValueTask<IReadOnlyList<RuleReadings>> ReadAsync(IReadOnlyCollection<AlertRule> rules, DateTimeOffset now, CancellationToken cancellation)
    {
        if (now - _read < Pace)
            return [];
        var status = await cluster.LookAsync(cancellation);
        _read = now;
        return [.. rules.Select(rule => new RuleReadings(rule, [new AlertReading("", ValueOf(rule, status))]))];
    }

    private static (ProcessPicture Figures, ImmutableArray<AccountStatus> Channels) Seen(ClusterStatus status) => ProcessReports.Together(status.Silos.Select(silo => silo.Report).OfType<ProcessReport>());

    internal static double ValueOf(AlertRule rule, ClusterStatus status) => rule.Figure.Name switch
    {
        AlertFigures.ParkedCommands => status.ParkedCommands,
        AlertFigures.SilentProcesses => status.Silos.Count(silo => silo.Status == "not_answering"),
        AlertFigures.WorkBacklog => status.Silos.Sum(silo => silo.WorkBacklog),
        AlertFigures.AlarmsDue => status.AlarmsDue,
        AlertFigures.BrokenChannels => Seen(status).Channels.Count(account => account.State != AccountStatus.Open),
        AlertFigures.OpenBreakers => Seen(status).Figures.Circuits.Count(circuit => circuit.IsOpen),
        _ => throw new ArgumentException($"'{rule.Figure.Name}' is no figure of the system.", nameof(rule)),
    };
}
