using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Routing;
using CustomerService.Reporting.Following;
using CustomerService.Reporting.Spikes;
using CustomerService.Runtime;

namespace CustomerService.Silo.Running;

/// <summary>Keeps the foresight of this process up with the journal and with the owner's settings, and says in the log what begins to rise.</summary>
internal sealed partial class ForesightFollower(Foresight foresight, Func<RoutingRules?> rules, TimeProvider time, ILogger<ForesightFollower> logger) : BackgroundService
{
    private HashSet<(string Name, DateTimeOffset Since)> _told = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new Rounds("Looking for what rises", time, logger).NowAndEachAsync(Foresight.Pace, LookAsync, stoppingToken);

    /// <summary>One look at the journal.</summary>
    internal async Task LookAsync(CancellationToken cancellation)
    {
        if (rules()?.Alerts is { } wanted)
            foresight.Use(SettingsOf(wanted));
        if (foresight.KnowsThePast)
            await foresight.ReadAsync(cancellation);
        else
            await foresight.CatchUpAsync(cancellation);
        Tell();
    }

    private void Tell()
    {
        var alerts = foresight.Alerts;
        foreach (var alert in alerts)
        {
            if (!_told.Contains((alert.Name, alert.Since)))
                LogRise(alert.Sentence);
        }

        _told = [.. alerts.Select(alert => (alert.Name, alert.Since))];
    }

    private static SpikeSettings SettingsOf(AlertRules rules) => new()
    {
        On = rules.On,
        FalseAlarmsAWeek = rules.FalseAlarmsAWeek,
        LeastCount = rules.LeastCount,
        LeastRatio = rules.LeastRatio,
        QuietIntents = rules.QuietIntents,
        QuietWords = rules.QuietWords,
    };

    [LoggerMessage(LogLevel.Warning, "More customers than usual: {Alert}")]
    private partial void LogRise(string alert);
}

/// <summary>The foresight as pipelines ask for it.</summary>
internal sealed class PipelineForesight(Func<Foresight> foresight) : IForesight
{
    public Likelihood? After(string intent) => foresight().After(intent) is { } next ? new Likelihood(next.Intent, next.Probability, next.Evidence) : null;

    public IReadOnlyList<string> RisesIn(string intent) => [.. foresight().Alerts.Where(alert => alert.Kind == Alert.IntentKind && alert.Name == intent).Select(alert => alert.Sentence)];
}
