namespace CustomerService.Grains.Queues.Matching;

/// <summary>
/// Some who wait, in order. One sorted set per priority, by time alone: so the order between priorities, which the policy says, is only a
/// question of which head comes first, and those who have waited for some time are always a front part of each set.
/// </summary>
internal sealed class Line
{
    // Highest priority first.
    private readonly List<(int Priority, SortedBlocks<Spot> Spots)> levels = [];

    public int Count { get; private set; }

    public void Add(LineEntry entry)
    {
        var index = LevelOf(entry.Priority);
        if (index == levels.Count || levels[index].Priority != entry.Priority)
            levels.Insert(index, (entry.Priority, new SortedBlocks<Spot>()));
        if (levels[index].Spots.Add(new Spot(entry.Since, entry)))
            Count++;
    }

    public void Remove(LineEntry entry)
    {
        var index = LevelOf(entry.Priority);
        if (index == levels.Count || levels[index].Priority != entry.Priority || !levels[index].Spots.Remove(new Spot(entry.Since, entry)))
            return;
        Count--;
        if (levels[index].Spots.Count == 0)
            levels.RemoveAt(index);
    }

    /// <summary>The first in line of those who wait since <paramref name="until"/> or longer; null: none.</summary>
    public LineEntry? First(long until = long.MaxValue)
    {
        LineEntry? first = null;
        foreach (var (_, spots) in levels)
        {
            if (spots.First.Since <= until && (first is null || spots.First.Entry!.ComesBefore(first)))
                first = spots.First.Entry;
        }

        return first;
    }

    /// <summary>In order; the line must not change meanwhile.</summary>
    public IEnumerable<LineEntry> InOrder(long until = long.MaxValue)
    {
        var heads = levels.Select(level => level.Spots.Items().TakeWhile(spot => spot.Since <= until).GetEnumerator()).Where(head => head.MoveNext()).ToList();
        while (heads.Count > 0)
        {
            var first = heads.Aggregate((a, b) => b.Current.Entry!.ComesBefore(a.Current.Entry!) ? b : a);
            yield return first.Current.Entry!;
            if (!first.MoveNext())
                heads.Remove(first);
        }
    }

    /// <summary>From 1, of one who is in this line.</summary>
    public int PlaceOf(LineEntry entry, LineOrder order)
    {
        var before = 0;
        foreach (var (priority, spots) in levels)
        {
            if (priority == entry.Priority)
                before += spots.Rank(new Spot(entry.Since, entry));
            else if (order.IsStrict)
                before += priority > entry.Priority ? spots.Count : 0;
            else if (order.SinceOf(entry.Key, priority) is var same)
                before += spots.Rank(new Spot(same < entry.Since ? same + 1 : same, null)); // On one key, the longer wait is first.
        }

        return before + 1;
    }

    public int CountOver(int priority) => levels.TakeWhile(level => level.Priority > priority).Sum(level => level.Spots.Count);

    /// <summary>Since when the longest-waiting waits, in ticks; null when nobody does.</summary>
    public long? OldestSince() => levels.Count == 0 ? null : levels.Min(level => level.Spots.First.Since);

    /// <summary>The longest wait that began after an instant; null: none.</summary>
    public long? FirstSinceAfter(long instant) => levels.Min(level => level.Spots.AtLeast(new Spot(instant + 1, null))?.Since);

    /// <summary>The index of the level of a priority, or where it belongs.</summary>
    private int LevelOf(int priority)
    {
        var index = 0;
        while (index < levels.Count && levels[index].Priority > priority)
            index++;
        return index;
    }

    /// <param name="Entry">Null for a bound: before all who wait since then.</param>
    private readonly record struct Spot(long Since, LineEntry? Entry) : IComparable<Spot>
    {
        public int CompareTo(Spot other) =>
            Since != other.Since ? Since.CompareTo(other.Since) : string.CompareOrdinal(Entry?.Id, other.Entry?.Id);
    }
}

/// <summary>
/// How priority and waiting weigh against each other. Everybody's priority grows at one pace, so two who wait never change places, and
/// the key that orders them is fixed when they join.
/// </summary>
/// <param name="PointTicks">A point of priority in ticks of waiting; 0: priority is strict.</param>
internal readonly record struct LineOrder(long PointTicks)
{
    // Beyond these bounds keys would overflow: three years a point, a thousand points.
    private const long LongestPoint = 3 * 365 * TimeSpan.TicksPerDay;
    private const int MostPoints = 1000;

    public static LineOrder Of(QueuePolicy policy) => new(Math.Min(LongestPoint, Seconds.Ticks(policy.PriorityPointSeconds)));

    public bool IsStrict => PointTicks == 0;

    /// <summary>The smaller comes first; on one key the longer wait does.</summary>
    public long Key(int priority, long since) => IsStrict ? -(long)priority : since - (Points(priority) * PointTicks);

    /// <summary>Since when one of this priority waits who has this key.</summary>
    public long SinceOf(long key, int priority) => key + (Points(priority) * PointTicks);

    private static long Points(int priority) => Math.Clamp(priority, -MostPoints, MostPoints);
}
