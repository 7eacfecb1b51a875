using System.Collections.Immutable;

namespace CustomerService.Gateway.Chat;

/// <summary>A customer's message.</summary>
public sealed record SendMessage
{
    /// <summary>The conversation it belongs to: 1 to 128 of letters, digits and <c>. _ : -</c>. Left out: a new one is begun.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The message's own id, of the same characters. Sending again with the same id is safe. Left out: one is made.</summary>
    public string? MessageId { get; init; }

    /// <summary>What the customer wrote: plain text of 1 to 100,000 characters.</summary>
    public string? Text { get; init; }

    /// <summary>Tickets of up to 10 uploaded files (POST /api/chat/attachments). With files there need be no text.</summary>
    public ImmutableArray<string>? Attachments { get; init; }

    /// <summary>What the page knows besides, such as its own address: up to 32 texts of up to 1,000 characters.</summary>
    public ImmutableDictionary<string, string>? Metadata { get; init; }
}

/// <summary>The message is durable.</summary>
/// <param name="Sequence">Its place in the transcript, from 1.</param>
/// <param name="Duplicate">It had been accepted before, under the same id.</param>
/// <param name="Token">The new visitor's token, where the request brought none.</param>
public sealed record AcceptedMessage(string ConversationId, string MessageId, long Sequence, bool Duplicate, string? Token)
{
    /// <summary>An agent's reply that is translated before it goes out, or waits behind one: its sequence is 0 until then.</summary>
    public bool? Translating { get; init; }
}
