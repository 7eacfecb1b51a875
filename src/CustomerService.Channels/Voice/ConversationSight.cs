using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Channels.Voice;

/// <summary>A conversation as far as a call needs to see it.</summary>
/// <param name="News">The messages to the customer after <see cref="CallRequest.After"/>, oldest first.</param>
public sealed record ConversationSight(ConversationStatus Status, ImmutableArray<CallNews> News)
{
    /// <summary>The agent who has it; null: nobody.</summary>
    public string? AgentId { get; init; }

    /// <summary>The queue that it is in, or came from.</summary>
    public string? Queue { get; init; }

    /// <summary>Where the customer stands in line; null: they don't, or it is not known yet.</summary>
    public CallPlace? Place { get; init; }

    /// <summary>Where they are to be called back; null: they did not ask for it.</summary>
    public string? CallbackTo { get; init; }

    /// <summary>What an agent should know before the first word, in a sentence or two; null: nothing.</summary>
    public string? Brief { get; init; }

    /// <summary>What the conversation said to the last <see cref="CallTurn.Ask"/> of this request; null: nothing was asked.</summary>
    public Reply? Outcome { get; init; }

    /// <summary>The time of a <see cref="CallTurn.Wait"/> of this request is over.</summary>
    public bool WaitedOut { get; init; }
}

/// <param name="Sequence">Its place in the transcript.</param>
public sealed record CallNews(long Sequence, string Text);

/// <param name="Position">From 1.</param>
/// <param name="Wait">How long it will take, as people say it in <see cref="CallRequest.Language"/>; null: not known.</param>
/// <param name="OffersCallback">Being called back would spare them a wait.</param>
/// <param name="IsClosed">Nobody works there now.</param>
public sealed record CallPlace(int Position, string? Wait, bool OffersCallback, bool IsClosed);
