using CustomerService.Grains.Journal;

namespace CustomerService.Grains.Orleans.Tests;

/// <summary>What a subscriber heard.</summary>
internal sealed class Heard
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly object gate = new();
    private readonly List<JournalEntry> entries = [];
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<long> Sequences
    {
        get
        {
            lock (gate)
                return [.. entries.Select(entry => entry.Sequence)];
        }
    }

    public long Last => Sequences[^1];

    public void Add(JournalEntry entry)
    {
        lock (gate)
        {
            entries.Add(entry);
            more.TrySetResult();
            more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Ends when something like that has been heard.</summary>
    public async Task UntilAsync(Predicate<JournalEntry> isAwaited)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (entries.Exists(isAwaited))
                    return;
                next = more.Task;
            }

            try
            {
                await next.WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"What was awaited was not heard within {Patience}; heard were {string.Join(", ", Sequences)}.");
            }
        }
    }
}
