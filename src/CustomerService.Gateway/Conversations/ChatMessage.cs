using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CustomerService.Gateway.Attachments;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;

namespace CustomerService.Gateway.Conversations;

/// <summary>One message of a conversation, as customers and agents see it.</summary>
/// <param name="Sequence">Its place in the transcript, from 1, without gaps.</param>
/// <param name="Id">The message's own id: the sender's for a customer's message.</param>
/// <param name="Author"><c>customer</c>, <c>assistant</c>, <c>agent</c> or <c>system</c>.</param>
/// <param name="Text">Plain text. Show it as text, never as markup.</param>
/// <param name="Actions">Suggested next steps.</param>
/// <param name="Sources">Ids of the articles and records that the text rests on.</param>
/// <param name="Status">Of a message to the customer: <c>sent</c>, <c>delivered</c> or <c>read</c>. Absent for a customer's own.</param>
/// <param name="InReplyTo">The customer's message id that it answers.</param>
public sealed record ChatMessage(
    long Sequence, string Id, string Author, string Text, ImmutableArray<string> Actions, ImmutableArray<string> Sources, DateTimeOffset At,
    string? Status, string? InReplyTo)
{
    /// <summary>Absent where there are none.</summary>
    public ImmutableArray<MessageAttachment>? Attachments { get; init; }

    /// <summary>The message that an event of the journal brings, if it brings one.</summary>
    internal static bool TryRead(JournalEntry entry, long deliveredUpTo, long readUpTo, [NotNullWhen(true)] out ChatMessage? message)
    {
        message = entry.Event switch
        {
            MessageReceived received => new ChatMessage(
                received.MessageSequence, received.Interaction.Id, "customer", received.Interaction.Content, [], [], entry.At, null, null)
            {
                Attachments = MessageAttachment.AllOf(received.Interaction.Attachments),
            },
            MessageSent sent => new ChatMessage(
                sent.MessageSequence, sent.MessageId, NameOf(sent.Author), sent.Text, OrEmpty(sent.Actions), Outward(sent.Sources), entry.At,
                sent.MessageSequence <= readUpTo ? "read" : sent.MessageSequence <= deliveredUpTo ? "delivered" : "sent", sent.InReplyTo)
            {
                Attachments = MessageAttachment.AllOf(sent.Attachments),
            },
            _ => null,
        };
        return message is not null;
    }

    /// <summary>Whether an event changes what a customer is told about the conversation, beyond its messages.</summary>
    internal static bool ChangesStatus(JournalEvent @event) =>
        @event is not (NoteAdded or ToolCalled or MessageTranslated or MessageNotTranslated or ReplyHeld or ReplyNotTranslated or ReplyCancelled or LegalHoldPlaced or LegalHoldLifted);

    private static string NameOf(Author author) => author switch
    {
        Grains.Conversations.Author.Customer => "customer",
        Grains.Conversations.Author.Assistant => "assistant",
        Grains.Conversations.Author.Agent => "agent",
        _ => "system",
    };

    /// <summary>Without the ids of our own fixed phrases, which tell a reader nothing.</summary>
    private static ImmutableArray<string> Outward(ImmutableArray<string> sources) =>
        OrEmpty(sources).RemoveAll(source => source.StartsWith("text:", StringComparison.Ordinal));

    private static ImmutableArray<string> OrEmpty(ImmutableArray<string> list) => list.IsDefault ? [] : list;
}
