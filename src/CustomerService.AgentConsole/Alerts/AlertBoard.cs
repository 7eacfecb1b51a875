using CustomerService.AgentConsole.Live;
using CustomerService.Grains;
using CustomerService.Grains.Alerts;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.Alerts;

/// <summary>The alerts as they stand, read once for everybody who looks: at once when one is raised, taken on or over, and now and then because figures move.</summary>
internal sealed partial class AlertBoard : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AtLeastEach = TimeSpan.FromSeconds(5);

    private readonly IGrainClient _grains;
    private readonly ILogger _logger;
    private readonly WatchedReading _reading;
    private readonly IDisposable _news;

    public AlertBoard(IGrainClient grains, IJournal journal, TimeProvider time, ILogger<AlertBoard> logger)
    {
        (_grains, _logger) = (grains, logger);
        _reading = new WatchedReading(Between, AtLeastEach, time, logger, ReadAsync);
        _news = journal.Subscribe(Grain.Alerts, _ => _reading.AskIfWatched());
    }

    /// <summary>Null before the first reading.</summary>
    public AlertsView? View { get; private set; }

    /// <summary>Calls back after each reading, until disposed. Nothing is read while nobody watches.</summary>
    public IDisposable Watch(Action changed) => _reading.Watch(changed);

    /// <summary>Reads again soon: whoever did something wants to see it.</summary>
    public void Refresh() => _reading.Ask();

    public async ValueTask DisposeAsync()
    {
        _news.Dispose();
        await _reading.DisposeAsync();
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            View = await _grains.AskAsync(Grain.Alerts, new GetAlerts(), cancellation) as AlertsView ?? View;
        }
        catch (Exception fault) when (fault is HostBusyException or StoreUnavailableException)
        {
            LogNotRead(fault.Message); // What was read before stays; the next reading is soon.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The alerts could not be read for those who watch them: {Reason}")]
    private partial void LogNotRead(string reason);
}
