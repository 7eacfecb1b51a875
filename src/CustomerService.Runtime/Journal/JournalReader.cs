using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;

namespace CustomerService.Runtime.Journal;

/// <summary>The stored journal, with its live feed. Works on any reader, so that the command line can read it while the system runs.</summary>
/// <param name="feed">Null where nothing happens live; then <see cref="Subscribe"/> is not supported.</param>
public sealed class JournalReader(IGrainReader reader, GrainFormat format, JournalFeed? feed = null) : IJournal
{
    public async ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) =>
        Entries(await reader.ReadJournalAsync(grain, afterSequence, limit, cancellation));

    public async ValueTask<IReadOnlyList<JournalEntry>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
        Entries(await reader.ReadJournalAsync(afterPosition, limit, cancellation));

    public IDisposable Subscribe(GrainId? grain, Action<JournalEntry> onEntry) =>
        feed?.Subscribe(grain, onEntry) ?? throw new NotSupportedException("A store that was opened for reading tells nobody of new events; read again from the last position.");

    private List<JournalEntry> Entries(IReadOnlyList<StoredEvent> stored)
    {
        var entries = new List<JournalEntry>(stored.Count);
        foreach (var line in stored)
            entries.Add(new JournalEntry(line.Position, line.Grain, line.Sequence, line.At, format.ReadEvent(line.Body)));
        return entries;
    }
}
