using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

/// <summary>What a conversation keeps of its translation between the customer and people. Bounded; what was said is in the journal.</summary>
public sealed record ConversationTranslation
{
    /// <summary>How many replies may wait to go out.</summary>
    public const int MaxReplies = 10;

    /// <summary>How many characters they may have together.</summary>
    public const int MaxRepliesText = 60_000;

    /// <summary>How many translated messages are remembered, so that none is recorded twice.</summary>
    public const int MaxKnown = 40;

    public static ConversationTranslation None { get; } = new();

    /// <summary>What the customer wrote in last, ISO 639-1; null: not known.</summary>
    public string? CustomerLanguage { get; init; }

    /// <summary>What whoever has it reads and writes, the main one first.</summary>
    public ImmutableArray<string> Reader { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Messages that were translated.</summary>
    public ImmutableList<TranslatedMessage> Known { get; init => field = value ?? []; } = [];

    /// <summary>Agents' replies that have not gone out yet, in their order.</summary>
    public ImmutableList<PendingReply> Replies { get; init => field = value ?? []; } = [];
}

/// <summary>A message that exists in another language.</summary>
public readonly record struct TranslatedMessage(long Sequence, string To);

/// <summary>An agent's reply on its way to the customer's language.</summary>
/// <param name="Text">As the agent wrote it.</param>
/// <param name="To">ISO 639-1.</param>
/// <param name="Attempt">Counts from 1; what an older attempt brings is too late.</param>
public sealed record PendingReply(string MessageId, string AgentId, string Text, string To, int Attempt)
{
    /// <summary>What it is written in; null: to be told from the text.</summary>
    public string? From { get; init; }

    /// <summary>What goes out; null: not known yet.</summary>
    public string? Outgoing { get; init; }

    /// <summary>Who translated it; null: nobody, it goes out as it is.</summary>
    public string? Provider { get; init; }

    /// <summary>Why it could not be translated: its agent decides. Null: it could, or it is under way.</summary>
    public string? Reason { get; init; }

    public ImmutableArray<Attachment> Attachments { get; init => field = value.OrEmpty(); } = [];

    [JsonIgnore]
    public bool IsUnderWay => Outgoing is null && Reason is null;
}

/// <summary>One message of a transcript that somebody is to read in another language.</summary>
public sealed record LineToTranslate(long Sequence, Author Author, string Text)
{
    /// <summary>The text is only the beginning; the whole is in the journal.</summary>
    public bool Shortened { get; init; }
}

/// <summary>What came of one line: a text and who made it, or the reason why there is none.</summary>
/// <param name="From">ISO 639-1, or <c>und</c>.</param>
public sealed record LineTranslation(long Sequence, string From, string To)
{
    public string? Text { get; init; }

    public string? Provider { get; init; }

    public string? Reason { get; init; }
}
