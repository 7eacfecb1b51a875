using System.Data.Common;
using CustomerService.AgentConsole.Live;
using CustomerService.Reporting.Quality;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.Figures;

/// <summary>
/// Tells those who look at figures and reviews that there is more to read, whichever process keeps them: it looks once for everybody how far they have come, and only while somebody
/// watches.
/// </summary>
internal sealed partial class FiguresNews : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly IReviewList _reviews;
    private readonly ILogger _logger;
    private readonly Watchers _watchers = new();
    private readonly Coalesced _looking;
    private readonly ITimer _timer;
    private long? _told;

    public FiguresNews(IReviewList reviews, TimeProvider time, ILogger<FiguresNews> logger)
    {
        (_reviews, _logger) = (reviews, logger);
        _looking = new Coalesced(TimeSpan.Zero, time, logger, LookAsync);
        _timer = time.CreateTimer(_ => LookIfWatched(), null, Pace, Pace);
    }

    /// <summary>Calls back when something may have changed, at most once a second, until disposed. Who watches first and reads then misses nothing.</summary>
    public IDisposable Watch(Action changed) => _watchers.Add(changed);

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _looking.DisposeAsync();
    }

    private void LookIfWatched()
    {
        if (_watchers.Any)
            _looking.Ask();
    }

    /// <summary>One look. A store that is away is looked at again.</summary>
    internal async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            var position = await _reviews.PositionAsync(cancellation);
            if (_told == position)
                return;
            _told = position;
            _watchers.Tell();
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or IOException)
        {
            LogLater(fault.Message); // What was read before stays; it is looked again in a second.
        }
    }

    [LoggerMessage(LogLevel.Debug, "Whether there are new figures could not be looked for: {Reason}")]
    private partial void LogLater(string reason);
}
