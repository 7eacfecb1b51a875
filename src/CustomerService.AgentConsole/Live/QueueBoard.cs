using System.Collections.Immutable;
using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.Live;

/// <summary>All queues as they stand now, read once for everybody who looks: again soon after something happened to one, and now and then because time passes.</summary>
internal sealed partial class QueueBoard : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan AtLeastEach = TimeSpan.FromSeconds(2);

    private readonly IGrainClient _grains;
    private readonly KnownQueues _queues;
    private readonly ILogger _logger;
    private readonly WatchedReading _reading;
    private readonly IDisposable _news;

    public QueueBoard(IGrainClient grains, KnownQueues queues, IJournal journal, TimeProvider time, ILogger<QueueBoard> logger)
    {
        (_grains, _queues, _logger) = (grains, queues, logger);
        _reading = new WatchedReading(Between, AtLeastEach, time, logger, ReadAsync);
        _news = journal.Subscribe(null, entry =>
        {
            if (entry.Grain.Kind is GrainKinds.Queue or GrainKinds.Agent)
                _reading.AskIfWatched();
        });
    }

    /// <summary>By name; empty before the first reading.</summary>
    public ImmutableArray<QueueView> Queues { get; private set; } = [];

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
            var views = ImmutableArray.CreateBuilder<QueueView>();
            foreach (var name in _queues.Names)
            {
                if (await _grains.AskAsync(Grain.Queue(name), new GetQueue(), cancellation) is QueueView view)
                    views.Add(view);
            }

            Queues = views.DrainToImmutable();
        }
        catch (Exception fault) when (fault is HostBusyException or StoreUnavailableException)
        {
            LogNotRead(fault.Message); // What was read before stays; the next reading is soon.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The queues could not be read for those who watch them: {Reason}")]
    private partial void LogNotRead(string reason);
}
