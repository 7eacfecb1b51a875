using System.Collections.Concurrent;
using System.Diagnostics;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Bench.Running;

/// <summary>Waits for messages' outcomes: it follows the live journal, as the socket of a customer does.</summary>
internal sealed class OutcomeWatch : IDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<(Outcome Outcome, long At)>> _expected = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<GrainId, ConversationLedger> _conversations = new();
    private readonly IDisposable _subscription;

    public OutcomeWatch(IJournal journal) => _subscription = journal.Subscribe(null, Take);

    /// <summary>Call before sending. The outcome comes with its timestamp.</summary>
    public Task<(Outcome Outcome, long At)> Expect(string messageId) => _expected.GetOrAdd(
        messageId, _ => new TaskCompletionSource<(Outcome, long)>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public bool IsWithPerson(string conversation) =>
        _conversations.TryGetValue(Grain.Conversation(conversation), out var ledger) && ledger.IsWithPerson;

    /// <summary>Keeps nothing more of a conversation.</summary>
    public void Forget(string conversation) => _conversations.TryRemove(Grain.Conversation(conversation), out _);

    public void Dispose() => _subscription.Dispose();

    private void Take(JournalEntry entry)
    {
        if (entry.Grain.Kind != GrainKinds.Conversation)
            return;
        // One conversation's events come one after another, so its ledger needs no lock.
        _conversations.GetOrAdd(entry.Grain, _ => new ConversationLedger()).Apply(entry.Event, (message, outcome) =>
        {
            if (_expected.TryRemove(message, out var waiting))
                waiting.TrySetResult((outcome, Stopwatch.GetTimestamp()));
        });
    }
}
