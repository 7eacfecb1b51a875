using CustomerService.Knowledge;

namespace CustomerService.Assistants.Responses;

/// <summary>Answers from public articles with the owner's phrases around them, and fixed texts where nothing is to be looked up.</summary>
internal static class ArticleAnswers
{
    /// <summary>The fixed text for an intent, or null where there is none.</summary>
    public static ComposedAnswer? Fixed(AnswerRequest request)
    {
        var key = AnswerKeys.FixedText(request.Intent);
        return request.Phrases is { } phrases && phrases.Has(key)
            ? new AnswerText(phrases).Greet(request with { Tone = request.Tone == Tones.Empathetic ? Tones.Neutral : request.Tone, Greet = request.Greet && request.Intent != "goodbye" })
                .Say(key, ("name", request.Name ?? "")).Build(request.Intent, "fixed text")
            : null;
    }

    /// <summary>The answer from the best article, or null where none fits well enough.</summary>
    public static ComposedAnswer? FromBest(AnswerRequest request)
    {
        if (request.Phrases is not { } phrases || Best(request) is not { } article)
            return null;
        var body = article.Answer;
        var acknowledges = phrases.List(AnswerKeys.EmpathyUnless).Any(word => body.Contains(word, StringComparison.OrdinalIgnoreCase));
        var text = new AnswerText(phrases)
            .Greet(acknowledges && request.Tone == Tones.Empathetic ? request with { Tone = Tones.Neutral } : request)
            .SayIfThere(AnswerKeys.Lead(request.Intent))
            .Quote(body).RestOn(article.SourceId, body);
        if (request.IncludeNextSteps)
            text.Say(phrases.Has(AnswerKeys.NextStepsOf(request.Intent)) ? AnswerKeys.NextStepsOf(request.Intent) : AnswerKeys.NextSteps);
        return text.Build(request.Intent, $"article {article.Id}, score {article.Score:0.00}") with { Intents = article.Intents };
    }

    private static ArticleSource? Best(AnswerRequest request)
    {
        ArticleSource? best = null;
        foreach (var article in request.Articles)
        {
            var fits = article.Intents.IsEmpty || article.Intents.Contains(request.Intent);
            if (fits && article.Score >= KnowledgeResult.LeastConfidence && (best is null || article.Score > best.Score))
                best = article;
        }

        return best;
    }
}
