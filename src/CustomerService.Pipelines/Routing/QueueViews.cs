using System.Collections.Concurrent;
using CustomerService.Grains;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Pipelines.Routing;

/// <summary>
/// How queues stand, asked of their grains at most once a second each, so that routing under load costs the queues nothing.
/// </summary>
public sealed class QueueViews(IGrainClient grains, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Asked> _asked = new(StringComparer.Ordinal);

    /// <summary>The queue's view, at most a second old; null when the queue can't tell just now.</summary>
    public async ValueTask<QueueView?> GetAsync(string queue, CancellationToken cancellation)
    {
        if (!_asked.TryGetValue(queue, out var asked) || time.GetElapsedTime(asked.At) > Freshness)
        {
            // Whoever comes first asks; the others wait for the same answer.
            var mine = new Asked(time.GetTimestamp());
            var first = asked is null ? _asked.TryAdd(queue, mine) : _asked.TryUpdate(queue, mine, asked);
            asked = first ? mine : _asked[queue];
            if (first)
                _ = AskAsync(queue, mine);
        }

        return await asked.Answer.Task.WaitAsync(cancellation);
    }

    private async Task AskAsync(string queue, Asked asked)
    {
        try
        {
            asked.Answer.SetResult(await grains.AskAsync(Grain.Queue(queue), new GetQueue()) as QueueView);
        }
        catch (Exception)
        {
            // Whatever keeps a queue from telling how it stands must not keep a customer from being routed to it.
            asked.Answer.TrySetResult(null);
        }
    }

    private sealed record Asked(long At)
    {
        public TaskCompletionSource<QueueView?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
