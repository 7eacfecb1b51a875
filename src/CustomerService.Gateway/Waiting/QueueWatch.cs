using System.Collections.Concurrent;
using System.Threading.Channels;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.Gateway.Waiting;

/// <summary>Follows one queue for the customers who wait in it and are connected here.</summary>
internal sealed partial class QueueWatch(GrainId queue, IGrainClient grains, GatewayOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Watcher, bool> _watchers = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Channel<bool> _happened = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private IDisposable? _subscription;

    public bool IsEmpty => _watchers.IsEmpty;

    public void Begin(IJournal journal)
    {
        _subscription = journal.Subscribe(queue, _ => _happened.Writer.TryWrite(true));
        _ = RunAsync(_ending.Token);
    }

    public void Add(Watcher watcher)
    {
        _watchers[watcher] = true;
        _happened.Writer.TryWrite(true);
    }

    public bool Remove(Watcher watcher) => _watchers.TryRemove(watcher, out _);

    public void Dispose()
    {
        _subscription?.Dispose();
        _ending.Cancel();
        _ending.Dispose();
    }

    private async Task RunAsync(CancellationToken ending)
    {
        try
        {
            while (true)
            {
                await SomethingHappensAsync(ending);
                await TellAsync(ending);
                await Task.Delay(Pace, time, ending);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Nobody waits here any more.
        }
    }

    /// <summary>Until the queue has an event, or for a while: time alone changes estimates, and opens and closes queues.</summary>
    private async Task SomethingHappensAsync(CancellationToken ending)
    {
        using var aWhile = new CancellationTokenSource(options.QueuePlaceRefresh, time);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(aWhile.Token, ending);
        try
        {
            await _happened.Reader.ReadAsync(until.Token);
        }
        catch (OperationCanceledException) when (!ending.IsCancellationRequested)
        {
            // Nothing happened.
        }
    }

    private async Task TellAsync(CancellationToken ending)
    {
        try
        {
            var watchers = _watchers.Keys.ToList();
            var places = await grains.AskForAsync<QueuePositions>(queue, new GetPositions([.. watchers.Select(watcher => watcher.ConversationId).Distinct()]), ending);
            foreach (var watcher in watchers)
            {
                if (PlaceInLine.Of(places.ByConversation.GetValueOrDefault(watcher.ConversationId), options.CallbackOfferedFrom) is { } place)
                    watcher.OnPlace(place);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !ending.IsCancellationRequested)
        {
            // A place can be told later as well as now; the next event, or the next while, brings it.
            LogLater(queue.ToString(), Problems.From(fault).Code);
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Queue} could not be asked for places: {Code}")]
    private partial void LogLater(string queue, string code);
}
