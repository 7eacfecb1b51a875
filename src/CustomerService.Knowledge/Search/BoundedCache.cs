using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace CustomerService.Knowledge;

/// <summary>
/// Keeps between <paramref name="capacity"/> and twice as many entries: when the young generation is full it becomes the old one,
/// and what nobody asked for since is dropped. No lock, no bookkeeping on a hit.
/// </summary>
internal sealed class BoundedCache<TValue>(int capacity)
{
    private ConcurrentDictionary<string, TValue> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, TValue> _old = new(StringComparer.Ordinal);
    private int _count;

    internal int Count => _young.Count + _old.Count;

    internal bool TryGet(string key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_young.TryGetValue(key, out value))
            return true;
        if (!_old.TryGetValue(key, out value))
            return false;
        Add(key, value);
        return true;
    }

    internal void Add(string key, TValue value)
    {
        if (_young.TryAdd(key, value) && Interlocked.Increment(ref _count) == capacity)
        {
            // Exactly one thread reaches the capacity. One that still adds to the former young one loses nothing but that entry's rank.
            _old = Interlocked.Exchange(ref _young, new(StringComparer.Ordinal));
            Volatile.Write(ref _count, 0);
        }
    }
}
