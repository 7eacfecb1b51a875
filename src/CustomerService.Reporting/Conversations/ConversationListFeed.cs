using System.Collections.Immutable;

namespace CustomerService.Reporting.Conversations;

/// <summary>Finds what changed in the list since it looked last, whoever keeps it. It looks only while somebody listens.</summary>
public sealed class ConversationListFeed(ConversationTables tables) : IConversationListNews, IDisposable
{
    /// <summary>How often to look where other processes may keep the list.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _looking = new(1);
    private ImmutableArray<Subscription> _subscriptions = [];
    private ListState? _told;

    public IDisposable Subscribe(Action<ConversationNews> onNews)
    {
        var subscription = new Subscription(this, onNews);
        ImmutableInterlocked.Update(ref _subscriptions, others => others.Add(subscription));
        return subscription;
    }

    /// <summary>Tells what is new. The first time since somebody listens that is everything: what they read before may have changed meanwhile.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        await _looking.WaitAsync(cancellation);
        try
        {
            if (_subscriptions.IsEmpty)
            {
                _told = null;
                return;
            }

            var state = await tables.ReadStateAsync(cancellation);
            if (_told == state)
                return;
            var changes = _told is { } told && told.Remade == state.Remade && told.Position <= state.Position
                ? await tables.ChangesAsync(told.Position, state.Position, cancellation)
                : null;
            _told = state;
            Tell(changes is { } each ? new ConversationNews(Everything: false, each) : new ConversationNews(Everything: true, []));
        }
        finally
        {
            _looking.Release();
        }
    }

    public void Dispose() => _looking.Dispose();

    private void Tell(ConversationNews news)
    {
        if (!news.Everything && news.Changes.IsEmpty)
            return;
        foreach (var subscription in _subscriptions)
            subscription.OnNews(news);
    }

    private sealed class Subscription(ConversationListFeed feed, Action<ConversationNews> onNews) : IDisposable
    {
        public Action<ConversationNews> OnNews => onNews;

        public void Dispose() => ImmutableInterlocked.Update(ref feed._subscriptions, others => others.Remove(this));
    }
}
