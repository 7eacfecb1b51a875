using System.Collections.Immutable;
using CustomerService.Gateway.Conversations;
using CustomerService.Grains.Conversations;

namespace CustomerService.Gateway.Staff;

/// <summary>Writes replies for agents to take, change or leave. Whoever runs pipelines implements it.</summary>
public interface IReplySuggestions
{
    /// <summary>The suggestion as it comes. Who stops reading stops its writing.</summary>
    /// <param name="messages">The last messages, the newest last; at least one is the customer's.</param>
    IAsyncEnumerable<SuggestionNews> SuggestAsync(ConversationView conversation, ImmutableArray<ChatMessage> messages, CancellationToken cancellation);
}

/// <summary>One event of a suggestion.</summary>
/// <param name="Kind"><c>begin</c> (what came before is void), <c>piece</c>, <c>whole</c> or <c>nothing</c>; it is the event's name on the wire too.</param>
public sealed record SuggestionNews(string Kind)
{
    /// <summary>Of a piece: more of the text, unchecked. Of the whole: all of it. Plain text: show it as text, never as markup.</summary>
    public string? Text { get; init; }

    /// <summary>Of the whole: ids of what it rests on.</summary>
    public ImmutableArray<string>? Sources { get; init; }

    /// <summary>Of the whole: whether the quality check would let it be sent.</summary>
    public bool? Passed { get; init; }

    /// <summary>Of the whole: the quality check's mean, 0…1.</summary>
    public double? Score { get; init; }

    /// <summary>Of the whole: what the quality check found.</summary>
    public ImmutableArray<string>? Issues { get; init; }

    /// <summary>How it came about, or why there is nothing.</summary>
    public string? Note { get; init; }
}
