namespace CustomerService.Grains.Queues.Matching;

/// <summary>Things by small numbers; a number is used again when its thing is gone.</summary>
internal sealed class Slots<T>
    where T : class
{
    private readonly List<T?> items = [];
    private readonly Stack<int> free = [];

    /// <summary>The number that the next thing gets.</summary>
    public int Next => free.TryPeek(out var number) ? number : items.Count;

    public IEnumerable<T> Used => items.OfType<T>();

    public T this[int number] => items[number]!;

    public void Take(T item)
    {
        if (free.TryPop(out var number))
            items[number] = item;
        else
            items.Add(item);
    }

    public void Free(int number)
    {
        items[number] = null;
        free.Push(number);
    }
}

internal static class Slots
{
    /// <summary>So many things that nobody uses are kept, and as many as half of all: most come back.</summary>
    public const int MostUnused = 8;
}
