using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.Gateway.Waiting;

/// <summary>
/// Tells connected customers who wait where they stand, whenever that changes. The cost is per queue and not per customer: one question for all
/// of a queue's connected customers, at most once a second, when something happened in that queue.
/// </summary>
internal sealed class WaitingCustomers(IGrainClient grains, IJournal journal, GatewayOptions options, TimeProvider time, ILogger<WaitingCustomers> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, QueueWatch> _queues = new(StringComparer.Ordinal);

    /// <summary>Calls back, quickly and in order, with each new place of the conversation in this queue's line, until disposed.</summary>
    public IDisposable Watch(string queue, string conversationId, Action<PlaceInLine> onPlace)
    {
        var watcher = new Watcher(conversationId, onPlace);
        lock (_lock)
        {
            if (!_queues.TryGetValue(queue, out var watch))
            {
                _queues.Add(queue, watch = new QueueWatch(Grain.Queue(queue), grains, options, time, logger));
                watch.Begin(journal);
            }

            watch.Add(watcher);
        }

        return new Ending(() => End(queue, watcher));
    }

    private void End(string queue, Watcher watcher)
    {
        lock (_lock)
        {
            if (_queues.TryGetValue(queue, out var watch) && watch.Remove(watcher) && watch.IsEmpty)
            {
                _queues.Remove(queue);
                watch.Dispose();
            }
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

/// <summary>One connected customer who waits.</summary>
internal sealed class Watcher(string conversationId, Action<PlaceInLine> onPlace)
{
    public string ConversationId => conversationId;

    public Action<PlaceInLine> OnPlace => onPlace;
}
