using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace CustomerService.Gateway.Conversations;

internal enum TypingSide
{
    Customer,
    Agent,
}

/// <summary>Who is typing where, right now. A hint only: kept in memory, forgotten soon, lost without harm.</summary>
internal sealed class TypingSignals(TimeProvider time)
{
    /// <summary>How long a sign of typing holds.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromSeconds(8);

    private const int ForgetAbove = 1_000;
    private readonly ConcurrentDictionary<(string Conversation, TypingSide Side), DateTimeOffset> _last = new();
    private readonly ConcurrentDictionary<string, ImmutableArray<Action<TypingSide>>> _listeners = new(StringComparer.Ordinal);

    public void Report(string conversation, TypingSide side)
    {
        var now = time.GetUtcNow();
        if (_last.Count > ForgetAbove)
        {
            foreach (var (key, at) in _last)
            {
                if (now - at > Holds)
                    _last.TryRemove(key, out _);
            }
        }

        _last[(conversation, side)] = now;
        if (_listeners.TryGetValue(conversation, out var listeners))
        {
            foreach (var listener in listeners)
                listener(side);
        }
    }

    /// <summary>When they were last seen typing; null when that is over.</summary>
    public DateTimeOffset? LastAt(string conversation, TypingSide side) =>
        _last.TryGetValue((conversation, side), out var at) && time.GetUtcNow() - at <= Holds ? at : null;

    /// <summary>Calls back for each sign of typing in the conversation, until disposed.</summary>
    public IDisposable Subscribe(string conversation, Action<TypingSide> listener)
    {
        _listeners.AddOrUpdate(conversation, [listener], (_, others) => others.Add(listener));
        return new Subscription(this, conversation, listener);
    }

    private sealed class Subscription(TypingSignals signals, string conversation, Action<TypingSide> listener) : IDisposable
    {
        public void Dispose()
        {
            while (signals._listeners.TryGetValue(conversation, out var listeners))
            {
                var others = listeners.Remove(listener);
                var done = others.IsEmpty
                    ? signals._listeners.TryRemove(KeyValuePair.Create(conversation, listeners))
                    : signals._listeners.TryUpdate(conversation, others, listeners);
                if (done)
                    return;
            }
        }
    }
}
