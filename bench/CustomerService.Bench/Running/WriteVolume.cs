using System.Globalization;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;

namespace CustomerService.Bench.Running;

/// <summary>Rows written to one table.</summary>
/// <param name="Bytes">Of the inserted and updated rows: keys and bodies.</param>
internal readonly record struct TableWrites(long Inserts, long Updates, long Deletes, long Bytes)
{
    public long Rows => Inserts + Updates + Deletes;

    /// <summary>Mean size of a written row.</summary>
    public int RowBytes => (int)(Bytes / Math.Max(1, Inserts + Updates));

    public TableWrites WithInsert(long bytes) => this with { Inserts = Inserts + 1, Bytes = Bytes + bytes };

    public TableWrites WithUpdate(long bytes) => this with { Updates = Updates + 1, Bytes = Bytes + bytes };

    public TableWrites WithDelete() => this with { Deletes = Deletes + 1 };

    public TableWrites Less(TableWrites earlier) =>
        new(Inserts - earlier.Inserts, Updates - earlier.Updates, Deletes - earlier.Deletes, Bytes - earlier.Bytes);
}

/// <summary>What was written to the store's four busy tables. (Alarms and parked commands are rare.)</summary>
internal sealed record WriteVolume
{
    public TableWrites Grains { get; init; }

    public TableWrites Journal { get; init; }

    public TableWrites Effects { get; init; }

    public TableWrites Entries { get; init; }

    public long Rows => Grains.Rows + Journal.Rows + Effects.Rows + Entries.Rows;

    public long Bytes => Grains.Bytes + Journal.Bytes + Effects.Bytes + Entries.Bytes;

    public WriteVolume With(GrainCommit commit)
    {
        var key = KeyBytes(commit.Grain);
        var (journal, effects, entries) = (Journal, Effects, Entries);
        foreach (var body in commit.Events)
            journal = journal.WithInsert(key + body.Length);
        foreach (var body in commit.Effects)
            effects = effects.WithInsert(key + body.Length);
        foreach (var entry in commit.Entries)
            entries = entry.Payload is null ? entries.WithDelete() : entries.WithInsert(key + entry.Key.Length + entry.Payload.Length);
        var state = key + commit.State.Length;
        return new WriteVolume
        {
            Grains = commit.ExpectedVersion == 0 ? Grains.WithInsert(state) : Grains.WithUpdate(state),
            Journal = journal,
            Effects = effects,
            Entries = entries,
        };
    }

    /// <summary>What came after an earlier reading.</summary>
    public WriteVolume Less(WriteVolume earlier) => new()
    {
        Grains = Grains.Less(earlier.Grains),
        Journal = Journal.Less(earlier.Journal),
        Effects = Effects.Less(earlier.Effects),
        Entries = Entries.Less(earlier.Entries),
    };

    /// <summary>One line a table, for so many of what was done.</summary>
    public string Describe(int count, string one = "message")
    {
        return string.Join('\n', Line("grains", Grains), Line("journal", Journal), Line("effects", Effects), Line("entries", Entries));

        string Line(string table, TableWrites writes) => string.Create(
            CultureInfo.InvariantCulture,
            $"    {table,-8} {(double)writes.Inserts / count,5:0.00} inserts, {(double)writes.Updates / count,5:0.00} updates, {(double)writes.Deletes / count,5:0.00} deletes, {(double)writes.Bytes / count,7:0} bytes a {one}");
    }

    private static int KeyBytes(GrainId grain) => grain.Kind.Length + grain.Key.Length;
}
