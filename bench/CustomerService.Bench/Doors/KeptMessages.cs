using System.Globalization;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;

namespace CustomerService.Bench.Doors;

/// <summary>Counts customers' messages and runs of the pipeline as they become durable.</summary>
internal sealed class KeptMessages : IDisposable
{
    private readonly IDisposable _subscription;
    private long _received;
    private long _runs;

    public KeptMessages(IJournal journal) => _subscription = journal.Subscribe(null, Count);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Read(ref _received)} {Interlocked.Read(ref _runs)}");

    public void Dispose() => _subscription.Dispose();

    private void Count(JournalEntry entry)
    {
        if (entry.Event is MessageReceived)
            Interlocked.Increment(ref _received);
        else if (entry.Event is RunCompleted or RunFailed)
            Interlocked.Increment(ref _runs);
    }
}
