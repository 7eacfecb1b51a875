using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>A question that no article answered well enough.</summary>
/// <param name="Intent">As understood; null where it was not.</param>
/// <param name="NearestArticleId">The best hit, though it does not answer; null where nothing was found.</param>
public sealed record UnansweredQuestion(string Text, string Language, string? Intent, string? NearestArticleId, string ConversationId, DateTimeOffset At);

/// <summary>Questions that one article could answer: what to write next.</summary>
/// <param name="Title">The question that is most like the others, as the article's first draft of a title.</param>
/// <param name="Examples">The most typical first, at most five.</param>
/// <param name="Size">How many questions there are.</param>
/// <param name="Conversations">In how many conversations.</param>
/// <param name="Intent">The likeliest; null where none was understood.</param>
/// <param name="NearestArticleId">The article that came nearest most often: perhaps it only lacks words or a section. Null where there is none.</param>
public sealed record KnowledgeGap(
    string Title, string Language, int Size, int Conversations, ImmutableArray<string> Examples, string? Intent, string? NearestArticleId, DateTimeOffset First, DateTimeOffset Last);
