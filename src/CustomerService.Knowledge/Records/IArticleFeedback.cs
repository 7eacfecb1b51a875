namespace CustomerService.Knowledge;

/// <summary>Whether articles helped. What is recorded is durable when the call returns.</summary>
public interface IArticleFeedback
{
    /// <summary>A customer or an agent says whether an article helped. One vote for each conversation and article: a later one replaces it.</summary>
    ValueTask RecordAsync(string articleId, string language, bool helped, string conversationId, CancellationToken cancellation = default);

    /// <summary>
    /// What a conversation's end tells by itself: articles of an answer after which no person was needed have probably helped. It counts for
    /// a quarter of what somebody says, and says nothing where somebody did.
    /// </summary>
    /// <param name="sources">The answers' sources; those that are no articles are passed over.</param>
    /// <param name="byAssistant">Resolved without a person.</param>
    ValueTask RecordResolutionAsync(string conversationId, IEnumerable<string> sources, bool byAssistant, CancellationToken cancellation = default);

    /// <summary>The votes, by article and language.</summary>
    ValueTask<IReadOnlyDictionary<(string ArticleId, string Language), FeedbackCount>> CountAsync(CancellationToken cancellation = default);
}

/// <summary>Votes, of which those that nobody cast count less than one.</summary>
public readonly record struct FeedbackCount(double Helped, double DidNotHelp);
