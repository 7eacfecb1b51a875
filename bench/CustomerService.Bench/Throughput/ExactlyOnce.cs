using System.Globalization;
using CustomerService.Bench.Running;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Bench.Throughput;

/// <summary>Reads the stored journal: a run counts only if each message was kept once, dealt with once and answered once.</summary>
internal static class ExactlyOnce
{
    private const int Page = 1_000;

    /// <returns>What is wrong, a line each.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(IJournal journal, int messages)
    {
        var conversations = new Dictionary<GrainId, ConversationLedger>();
        var received = new Dictionary<string, int>(StringComparer.Ordinal);
        var answers = new Dictionary<string, int>(StringComparer.Ordinal);
        var outcomes = new Dictionary<string, List<Outcome>>(StringComparer.Ordinal);
        IReadOnlyList<JournalEntry> page;
        for (long position = 0; (page = await journal.ReadAllAsync(position, Page)).Count > 0; position = page[^1].Position)
        {
            foreach (var entry in page)
            {
                if (entry.Grain.Kind != GrainKinds.Conversation)
                    continue;
                if (entry.Event is MessageReceived { Interaction.Id: var id })
                    received[id] = received.GetValueOrDefault(id) + 1;
                if (entry.Event is MessageSent { InReplyTo: { } question })
                    answers[question] = answers.GetValueOrDefault(question) + 1;
                if (!conversations.TryGetValue(entry.Grain, out var ledger))
                    conversations.Add(entry.Grain, ledger = new ConversationLedger());
                ledger.Apply(entry.Event, (message, outcome) =>
                {
                    if (!outcomes.TryGetValue(message, out var known))
                        outcomes.Add(message, known = []);
                    known.Add(outcome);
                });
            }
        }

        var faults = new List<string>();
        if (received.Count != messages)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{messages} messages were sent and {received.Count} are in the journal"));
        foreach (var (message, times) in received)
        {
            if (times != 1)
                faults.Add($"{message} is in the journal {times} times");
            if (outcomes.GetValueOrDefault(message) is not [var outcome])
                faults.Add($"{message} was dealt with {outcomes.GetValueOrDefault(message)?.Count ?? 0} times");
            else if (answers.GetValueOrDefault(message) != (outcome == Outcome.WithPerson ? 0 : 1))
                faults.Add($"{message} was answered {answers.GetValueOrDefault(message)} times ({outcome})");
            else if (outcome == Outcome.Failed)
                faults.Add($"the pipeline failed on {message}");
        }

        return faults;
    }
}
