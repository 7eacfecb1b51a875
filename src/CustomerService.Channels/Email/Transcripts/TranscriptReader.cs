using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;

namespace CustomerService.Channels.Email.Transcripts;

/// <summary>What a conversation's customer wrote and was told, oldest first.</summary>
/// <param name="LeftOut">How many messages before these are too much for a mail.</param>
internal sealed record Transcript(ImmutableArray<SaidLine> Lines, int LeftOut);

/// <param name="Files">The names of what went along.</param>
internal sealed record SaidLine(Author Author, string Text, ImmutableArray<string> Files, DateTimeOffset At);

/// <summary>
/// Reads from a conversation's journal what both sides have seen. Only what was received and sent is looked at, so nothing private, such as notes and held drafts, can
/// get in.
/// </summary>
internal static class TranscriptReader
{
    /// <summary>How much goes into one mail, in characters; what is older is left out.</summary>
    public const int MostCharacters = 300_000;

    private const int PageLength = 256;

    /// <param name="upTo">The last message's place; the same until the same message is always the same mail.</param>
    public static async Task<Transcript> ReadAsync(IJournal journal, string conversationId, long upTo, CancellationToken cancellation)
    {
        var lines = new Queue<SaidLine>();
        var (length, leftOut) = (0, 0);
        await foreach (var line in LinesAsync(journal, conversationId, upTo, cancellation))
        {
            lines.Enqueue(line);
            length += line.Text.Length;
            for (; length > MostCharacters && lines.Count > 1; leftOut++)
                length -= lines.Dequeue().Text.Length;
        }

        return new Transcript([.. lines], leftOut);
    }

    private static async IAsyncEnumerable<SaidLine> LinesAsync(
        IJournal journal, string conversationId, long upTo, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlyList<JournalEntry> page;
        for (var after = 0L; (page = await journal.ReadAsync(Grain.Conversation(conversationId), after, PageLength, cancellation)).Count > 0; after = page[^1].Sequence)
        {
            foreach (var entry in page)
            {
                var (sequence, line) = entry.Event switch
                {
                    MessageReceived { Interaction: { } said } received => (received.MessageSequence, new SaidLine(Author.Customer, said.Content, NamesOf(said.Attachments), entry.At)),
                    MessageSent sent => (sent.MessageSequence, new SaidLine(sent.Author, sent.Text, NamesOf(sent.Attachments), entry.At)),
                    _ => (0, null),
                };
                if (line is null)
                    continue;
                if (sequence > upTo)
                    yield break;
                yield return line;
            }
        }
    }

    private static ImmutableArray<string> NamesOf(ImmutableArray<Attachment> files) => files.IsDefault ? [] : [.. files.Select(file => file.Name)];
}
