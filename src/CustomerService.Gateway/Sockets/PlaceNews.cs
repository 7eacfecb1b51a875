using CustomerService.Gateway.Waiting;

namespace CustomerService.Gateway.Sockets;

/// <summary>The newest place in the line of one socket's conversation. A slow socket skips places; it never holds up the others.</summary>
/// <param name="arrived">Called, quickly, when there is a new one.</param>
internal sealed class PlaceNews(WaitingCustomers waiting, string conversationId, Action arrived) : IDisposable
{
    private PlaceInLine? _newest;
    private string? _queue;
    private IDisposable? _watch;

    /// <param name="queue">The queue in whose line it stands; null: in none.</param>
    public void Follow(string? queue)
    {
        if (queue == _queue)
            return;
        Dispose();
        _queue = queue;
        _watch = queue is null ? null : waiting.Watch(queue, conversationId, Hear);
    }

    /// <summary>The newest that was not taken before, if there is one.</summary>
    public PlaceInLine? Take() => Interlocked.Exchange(ref _newest, null);

    public void Dispose()
    {
        _watch?.Dispose();
        (_queue, _watch) = (null, null);
    }

    private void Hear(PlaceInLine place)
    {
        Volatile.Write(ref _newest, place);
        arrived();
    }
}
