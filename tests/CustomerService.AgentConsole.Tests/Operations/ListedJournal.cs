using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.AgentConsole.Tests.Operations;

/// <summary>A journal of these events.</summary>
internal sealed class ListedJournal(params JournalEntry[] entries) : IJournal
{
    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) =>
        new([.. entries.Where(entry => entry.Grain == grain && entry.Sequence > afterSequence).Take(limit)]);

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
        new([.. entries.Where(entry => entry.Position > afterPosition).Take(limit)]);

    public IDisposable Subscribe(GrainId? grain, Action<JournalEntry> onEntry) => throw new NotSupportedException();
}
