using CustomerService.Knowledge;
using CustomerService.Language;

namespace CustomerService.Assistants.Actions;

/// <summary>A question to the articles with what was understood of it.</summary>
public static class UnderstoodQuery
{
    /// <summary>Asks for all that the message may want, also where none of it is sure enough to be named.</summary>
    public static KnowledgeQuery Asking(this KnowledgeQuery query, IntentRanking understood) => query with
    {
        Intent = understood.Primary is IntentRanking.Unknown ? null : understood.Primary,
        IntentConfidence = understood.Confidence,
        Intents = [.. understood.Ranked.Select(score => new LikelyIntent(score.Intent, score.Confidence))],
    };
}
