using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>What a question was understood to want, held against an article.</summary>
internal sealed class WantedIntents
{
    private readonly ImmutableArray<LikelyIntent> _wanted;
    private readonly double _known;

    private WantedIntents(ImmutableArray<LikelyIntent> wanted, LanguageArticles articles) =>
        // Who surely only says hello wants nothing that an article tells.
        (_wanted, _known) = (wanted, Math.Min(1, wanted.Where(intent => articles.Intents.Contains(intent.Intent)).Sum(intent => intent.Confidence)));

    /// <summary>Null where nothing was understood: then words alone tell.</summary>
    internal static WantedIntents? Of(KnowledgeQuery query, LanguageArticles articles) =>
        !query.Intents.IsDefaultOrEmpty ? new(query.Intents, articles)
        : query.Intent is { } intent ? new([new(intent, query.IntentConfidence)], articles)
        : null;

    /// <summary>Null for an article that names no intents: these say nothing of it.</summary>
    internal IntentFit? FitOf(Article article)
    {
        if (article.Intents.IsEmpty)
            return null;
        var fits = 0.0;
        foreach (var (intent, confidence) in _wanted)
            fits += article.Intents.Contains(intent) ? confidence : 0;
        fits = Math.Min(1, fits);
        return new IntentFit(fits, Math.Max(0, _known - fits), 1 - _known);
    }
}

/// <summary>How what is wanted fits what an article is about. The three add up to 1.</summary>
/// <param name="Fits">0…1: how sure it is that what the article is about is wanted.</param>
/// <param name="Elsewhere">0…1: how sure it is that something else is.</param>
/// <param name="Unknown">0…1: how sure it is that nothing is wanted that any article is about.</param>
internal readonly record struct IntentFit(double Fits, double Elsewhere, double Unknown);
