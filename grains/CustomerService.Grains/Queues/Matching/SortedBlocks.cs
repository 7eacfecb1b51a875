namespace CustomerService.Grains.Queues.Matching;

/// <summary>
/// A sorted set in blocks of at most <see cref="BlockLength"/> items: adding and removing move part of one block, the rank of an item is a
/// sum over blocks. At 100,000 items that is some hundred nanoseconds each, without an object per item; a tree of nodes is slower.
/// </summary>
internal sealed class SortedBlocks<T>
    where T : struct, IComparable<T>
{
    private const int BlockLength = 256;
    private const int FirstLength = 4;

    private T[][] blocks = [];
    private int[] counts = [];
    private int used;

    public int Count { get; private set; }

    /// <summary>Throws when there is none.</summary>
    public ref readonly T First => ref blocks[0][0];

    /// <summary>False when it is in the set already.</summary>
    public bool Add(in T item)
    {
        if (used == 0)
            InsertBlock(0, new T[FirstLength]);
        var block = BlockOf(item);
        var index = ~Find(block, item);
        if (index < 0)
            return false;
        if (counts[block] == BlockLength)
            (block, index) = Split(block, index);
        var items = blocks[block];
        if (counts[block] == items.Length)
            Array.Resize(ref items, Math.Min(BlockLength, items.Length * 2));
        Array.Copy(items, index, items, index + 1, counts[block] - index);
        items[index] = item;
        blocks[block] = items;
        counts[block]++;
        Count++;
        return true;
    }

    /// <summary>False when it is not in the set.</summary>
    public bool Remove(in T item)
    {
        if (Count == 0)
            return false;
        var block = BlockOf(item);
        var items = blocks[block];
        var index = Find(block, item);
        if (index < 0)
            return false;
        Count--;
        var left = --counts[block];
        Array.Copy(items, index + 1, items, index, left - index);
        items[left] = default;
        if (left == 0 && used > 1)
            RemoveBlock(block);
        else if (left < BlockLength / 4 && block + 1 < used && left + counts[block + 1] <= BlockLength / 2)
            MergeWithNext(block);
        return true;
    }

    /// <summary>How many come before it, whether it is in the set or not.</summary>
    public int Rank(in T item)
    {
        if (Count == 0)
            return 0;
        var block = BlockOf(item);
        var index = Find(block, item);
        var before = index < 0 ? ~index : index;
        foreach (var count in counts.AsSpan(0, block))
            before += count;
        return before;
    }

    /// <summary>The first that does not come before it; null when all do.</summary>
    public T? AtLeast(in T item)
    {
        if (Count == 0)
            return null;
        var block = BlockOf(item);
        var index = Find(block, item);
        index = index < 0 ? ~index : index;
        return index < counts[block] ? blocks[block][index]
            : block + 1 < used ? blocks[block + 1][0]
            : null;
    }

    /// <summary>In order. The set must not change meanwhile.</summary>
    public IEnumerable<T> Items()
    {
        for (var block = 0; block < used; block++)
        {
            for (var index = 0; index < counts[block]; index++)
                yield return blocks[block][index];
        }
    }

    /// <summary>The item's index in a block, or the complement of the index where it belongs.</summary>
    private int Find(int block, in T item)
    {
        var items = blocks[block];
        var (low, high) = (0, counts[block] - 1);
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var order = items[middle].CompareTo(item);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }

    /// <summary>The last block that begins with the item or before it, or the first block.</summary>
    private int BlockOf(in T item)
    {
        var (low, high) = (0, used - 1);
        if (high > 0 && blocks[high][0].CompareTo(item) <= 0)
            return high;
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            if (blocks[middle][0].CompareTo(item) <= 0)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    // What is added at the end goes to a new block, so that a line that grows at its end fills its blocks.
    private (int Block, int Index) Split(int block, int index)
    {
        var next = new T[BlockLength];
        InsertBlock(block + 1, next);
        if (block + 2 == used && index == BlockLength)
            return (block + 1, 0);
        const int half = BlockLength / 2;
        Array.Copy(blocks[block], half, next, 0, half);
        Array.Clear(blocks[block], half, half);
        (counts[block], counts[block + 1]) = (half, half);
        return index <= half ? (block, index) : (block + 1, index - half);
    }

    private void MergeWithNext(int block)
    {
        var items = blocks[block];
        var both = counts[block] + counts[block + 1];
        if (items.Length < both)
            Array.Resize(ref items, BlockLength);
        Array.Copy(blocks[block + 1], 0, items, counts[block], counts[block + 1]);
        (blocks[block], counts[block]) = (items, both);
        RemoveBlock(block + 1);
    }

    private void InsertBlock(int at, T[] items)
    {
        if (used == blocks.Length)
        {
            Array.Resize(ref blocks, Math.Max(1, used * 2));
            Array.Resize(ref counts, Math.Max(1, used * 2));
        }

        Array.Copy(blocks, at, blocks, at + 1, used - at);
        Array.Copy(counts, at, counts, at + 1, used - at);
        (blocks[at], counts[at]) = (items, 0);
        used++;
    }

    private void RemoveBlock(int at)
    {
        used--;
        Array.Copy(blocks, at + 1, blocks, at, used - at);
        Array.Copy(counts, at + 1, counts, at, used - at);
        (blocks[used], counts[used]) = ([], 0);
    }
}
