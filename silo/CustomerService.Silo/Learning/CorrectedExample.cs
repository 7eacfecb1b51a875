using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Silo.Learning;

/// <summary>A customer's message with what people say that it wanted.</summary>
/// <param name="Source">The conversation and the message's place in it, such as <c>c-1/3</c>: names the example for its reviewer.</param>
/// <param name="Intent">The last correction's word.</param>
/// <param name="Language">ISO 639-1; null: never known.</param>
/// <param name="Understood">What the system had taken it for; null: it was not understood by a pipeline.</param>
/// <param name="By">Who corrected it, in order; others than the last may have said otherwise.</param>
internal sealed record CorrectedExample(string Source, string Text, string Intent, string? Language, string? Understood, IReadOnlyList<(string Who, string Intent)> By)
{
    public bool IsDisputed => By.Any(correction => correction.Intent != Intent);

    /// <summary>Every corrected message of a system, oldest correction first.</summary>
    public static async ValueTask<IReadOnlyList<CorrectedExample>> ReadAsync(IJournal journal, CancellationToken cancellation)
    {
        const int page = 1_000;
        var corrections = new Dictionary<(GrainId Conversation, long Sequence), List<MessageCorrected>>();
        for (long position = 0; await journal.ReadAllAsync(position, page, cancellation) is { Count: > 0 } entries; position = entries[^1].Position)
        {
            foreach (var entry in entries)
            {
                if (entry.Event is not MessageCorrected correction)
                    continue;
                if (!corrections.TryGetValue((entry.Grain, correction.MessageSequence), out var known))
                    corrections.Add((entry.Grain, correction.MessageSequence), known = []);
                known.Add(correction);
            }
        }

        var examples = new List<CorrectedExample>(corrections.Count);
        foreach (var ((conversation, sequence), said) in corrections)
        {
            if (await MessageAsync(journal, conversation, sequence, cancellation) is { } message)
                examples.Add(Of(conversation, sequence, said, message.Text, message.Signals));
        }

        return examples;
    }

    private static CorrectedExample Of(GrainId conversation, long sequence, List<MessageCorrected> said, string text, MessageSignals? understood) => new(
        $"{conversation.Key}/{sequence}", text, said[^1].Intent,
        said.LastOrDefault(correction => correction.Language is not null)?.Language ?? (understood?.Language is "und" ? null : understood?.Language),
        understood?.Intent, [.. said.Select(correction => (correction.By, correction.Intent))]);

    private static async ValueTask<(string Text, MessageSignals? Signals)?> MessageAsync(IJournal journal, GrainId conversation, long sequence, CancellationToken cancellation)
    {
        const int page = 500;
        Interaction? message = null;
        for (long after = 0; await journal.ReadAsync(conversation, after, page, cancellation) is { Count: > 0 } entries; after = entries[^1].Sequence)
        {
            foreach (var entry in entries)
            {
                if (entry.Event is MessageReceived received && received.MessageSequence == sequence)
                    message = received.Interaction;
                else if (message is not null && entry.Event is RunCompleted run && run.MessageId == message.Id)
                    return (message.Content, run.Signals);
            }
        }

        return message is null ? null : (message.Content, null);
    }
}
