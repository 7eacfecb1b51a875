using System.Threading.Channels;
using CustomerService.Gateway.Waiting;

namespace CustomerService.Gateway.Sockets;

/// <summary>The newest place in the line of one socket's conversation. A slow socket skips places; it never holds up the others.</summary>
internal sealed class PlaceNews(WaitingCustomers waiting, string conversationId) : IDisposable
{
    private readonly Channel<PlaceInLine> _newest = Channel.CreateBounded<PlaceInLine>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private string? _queue;
    private IDisposable? _watch;

    /// <param name="queue">The queue in whose line it stands; null: in none.</param>
    public void Follow(string? queue)
    {
        if (queue == _queue)
            return;
        Dispose();
        _queue = queue;
        _watch = queue is null ? null : waiting.Watch(queue, conversationId, place => _newest.Writer.TryWrite(place));
    }

    public IAsyncEnumerable<PlaceInLine> ReadAllAsync(CancellationToken ending) => _newest.Reader.ReadAllAsync(ending);

    public void Dispose()
    {
        _watch?.Dispose();
        (_queue, _watch) = (null, null);
    }
}
