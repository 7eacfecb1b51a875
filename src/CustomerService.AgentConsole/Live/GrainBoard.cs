using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.Live;

/// <summary>One grain as it stands, read once for everybody who looks: at once when something happens to it, and now and then because figures move.</summary>
internal abstract partial class GrainBoard<TView> : IAsyncDisposable
    where TView : Reply
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    private readonly IGrainClient _grains;
    private readonly GrainId _grain;
    private readonly Query _question;
    private readonly ILogger _logger;
    private readonly WatchedReading _reading;
    private readonly IDisposable _news;

    /// <param name="question">Its answer is shown.</param>
    /// <param name="atLeastEach">So often it is read while somebody watches.</param>
    protected GrainBoard(GrainId grain, Query question, TimeSpan atLeastEach, IGrainClient grains, IJournal journal, TimeProvider time, ILogger logger)
    {
        (_grains, _grain, _question, _logger) = (grains, grain, question, logger);
        _reading = new WatchedReading(Between, atLeastEach, time, logger, ReadAsync);
        _news = journal.Subscribe(grain, _ => _reading.AskIfWatched());
    }

    /// <summary>Null before the first reading.</summary>
    public TView? View { get; private set; }

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
            View = await _grains.AskAsync(_grain, _question, cancellation) as TView ?? View;
        }
        catch (Exception fault) when (fault is HostBusyException or StoreUnavailableException)
        {
            LogNotRead(_grain, fault.Message); // What was read before stays; the next reading is soon.
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Grain} could not be read for those who watch it: {Reason}")]
    private partial void LogNotRead(GrainId grain, string reason);
}
