using CustomerService.AgentConsole.Live;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Retention;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.Retention;

/// <summary>The erasing as it stands, read once for everybody who looks: at once when a run begins or ends, and each second because it goes on.</summary>
internal sealed partial class RetentionBoard : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AtLeastEach = TimeSpan.FromSeconds(1);

    private readonly IGrainClient _grains;
    private readonly ILogger _logger;
    private readonly WatchedReading _reading;
    private readonly IDisposable _news;

    public RetentionBoard(IGrainClient grains, IJournal journal, TimeProvider time, ILogger<RetentionBoard> logger)
    {
        (_grains, _logger) = (grains, logger);
        _reading = new WatchedReading(Between, AtLeastEach, time, logger, ReadAsync);
        _news = journal.Subscribe(Grain.Retention, _ => _reading.AskIfWatched());
    }

    /// <summary>Null before the first reading.</summary>
    public RetentionView? View { get; private set; }

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
            View = await _grains.AskAsync(Grain.Retention, new GetRetention(), cancellation) as RetentionView ?? View;
        }
        catch (Exception fault) when (fault is HostBusyException or StoreUnavailableException)
        {
            LogNotRead(fault.Message); // What was read before stays; the next reading is soon.
        }
    }

    [LoggerMessage(LogLevel.Warning, "How the erasing stands could not be read for those who watch it: {Reason}")]
    private partial void LogNotRead(string reason);
}
