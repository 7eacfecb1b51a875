using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;

namespace CustomerService.Runtime.Turns;

/// <summary>
/// In a host that shares its store: the last tell of each other grain that a grain has handled. What a grain tells arrives in its order; but a host that was given up,
/// or from which the telling grain has moved, may bring a tell again after newer ones of other hosts. By this it is known, and changes nothing.
/// </summary>
/// <remarks>
/// It is kept among the grain's index entries, under keys that no grain uses, and written with the commit of the turns that it is about.
/// </remarks>
internal sealed class HeardTells
{
    /// <summary>How much later than newer ones a tell may come and still be known.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Begins the key of each entry; no id has a control character, and grains use others.</summary>
    private const char Mark = '\u001d';

    private const int ForgottenAtOnce = 4;

    private readonly Dictionary<GrainId, Heard> last = [];
    private readonly Queue<(GrainId Source, DateTimeOffset At)> oldest = new();

    /// <param name="entries">All of the grain's entries.</param>
    public HeardTells(ImmutableArray<IndexEntry> entries)
    {
        foreach (var heard in entries.Where(entry => IsOne(entry.Key)).Select(Read).OrderBy(heard => heard.At))
            Add(heard);
    }

    /// <summary>Whether the entry under this key is no grain's own.</summary>
    public static bool IsOne(string key) => key[0] == Mark;

    /// <summary>The entries that are the grain's own.</summary>
    public static ImmutableArray<IndexEntry> Without(ImmutableArray<IndexEntry> entries) => entries.RemoveAll(entry => IsOne(entry.Key));

    public bool Knows(EffectId tell) => last.TryGetValue(tell.Source, out var heard) && !heard.Tell.IsBefore(tell);

    /// <summary>What a commit has to write to have handled these.</summary>
    public IEnumerable<EntryChange> Changes(IReadOnlyCollection<EffectId> handled, DateTimeOffset now)
    {
        foreach (var tell in handled)
            yield return new EntryChange(KeyOf(tell.Source), Write(new Heard(tell, now)));
        foreach (var (source, at) in oldest.Take(ForgottenAtOnce).TakeWhile(each => each.At + Window < now))
        {
            if (last.GetValueOrDefault(source).At == at && handled.All(tell => tell.Source != source))
                yield return new EntryChange(KeyOf(source), null);
        }
    }

    /// <summary>Takes note of what was written.</summary>
    public void Wrote(IReadOnlyCollection<EffectId> handled, DateTimeOffset now)
    {
        foreach (var tell in handled)
            Add(new Heard(tell, now));
        for (var count = 0; count < ForgottenAtOnce && oldest.TryPeek(out var first) && first.At + Window < now; count++)
        {
            oldest.Dequeue();
            if (last.GetValueOrDefault(first.Source).At == first.At)
                last.Remove(first.Source);
        }
    }

    private void Add(Heard heard)
    {
        last[heard.Tell.Source] = heard;
        oldest.Enqueue((heard.Tell.Source, heard.At));
    }

    private static string KeyOf(GrainId source) => $"{Mark}{source}";

    private static string Write(Heard heard) => string.Create(CultureInfo.InvariantCulture, $"[{heard.Tell.Version},{heard.Tell.Number},{heard.At.UtcTicks}]");

    private static Heard Read(IndexEntry entry)
    {
        var slash = entry.Key.IndexOf('/', StringComparison.Ordinal);
        long[] parts = [.. entry.Payload.Trim('[', ']').Split(',').Select(part => long.Parse(part, CultureInfo.InvariantCulture))];
        return new Heard(new EffectId(new GrainId(entry.Key[1..slash], entry.Key[(slash + 1)..]), parts[0], (int)parts[1]), new DateTimeOffset(parts[2], TimeSpan.Zero));
    }

    private readonly record struct Heard(EffectId Tell, DateTimeOffset At);
}
