using System.Collections.Immutable;
using CustomerService.Assistants.Responses;
using CustomerService.Knowledge;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Actions;

/// <summary>Articles about the question. Internal ones come flagged, for agents only.</summary>
public sealed class KnowledgeBaseSearch(IKnowledgeBase knowledge) : IPipelineAction
{
    private static readonly string[] OutputFields = ["relevant_articles", "solution_steps", "confidence_score"];
    private static readonly string[] ArticleFields = ["id", "title", "passage", "score", "internal", "steps", "intents"];

    public ActionContract Contract { get; } = new(
        "knowledge_base_search",
        "Finds articles, best first, and the best public one's steps.",
        [new("query", Required: true), new("intent"), new("customer_tier"), new("include_internal_kb")],
        [.. OutputFields]);

    public async ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        var query = Query(
            call.Text("query") ?? call.Run.Context.Message.Content, call.Text("intent"), call.Run, call.Run.Draft.Language, call.Text("customer_tier"),
            call.Value("include_internal_kb") is true);
        var result = await call.Run.Share<RunMemory>().SearchAsync(knowledge, query, cancellation);
        var articles = new List<object?>(result.Hits.Length);
        foreach (var hit in result.Hits)
        {
            var article = hit.Article;
            articles.Add(new Fields(ArticleFields, article.Id, article.Title, hit.Passage, hit.Score, article.Internal, article.Steps, article.Intents));
        }

        // The steps of what answers best; another article's steps would solve another problem.
        var steps = result.Hits.FirstOrDefault(hit => !hit.Article.Internal)?.Article.Steps ?? [];
        return new ActionResult(new Fields(OutputFields, articles, steps, result.Confidence), Note(result));
    }

    /// <summary>The one query of a run, so that those who ask the same get the same answer without a second search.</summary>
    internal static KnowledgeQuery Query(string text, string? intent, RunScope run, string? language, string? tier, bool includeInternal)
    {
        var query = new KnowledgeQuery(text, intent is "unknown" ? null : intent, language is null or "und" ? "en" : language, tier, includeInternal);
        // A pipeline that classifies otherwise than by our action gives an intent without a confidence.
        return run.Share<RunMemory>().Intent is { } understood && understood.Primary == intent ? query.Asking(understood) : query;
    }

    /// <summary>The articles that a pipeline's value names, without the internal ones: these are never answered from.</summary>
    internal static ImmutableArray<ArticleSource> PublicArticles(object? value, RunMemory memory)
    {
        if (value is not IEnumerable<object?> list)
            return [];
        var articles = ImmutableArray.CreateBuilder<ArticleSource>();
        foreach (var item in list)
        {
            // What does not say that it is public counts as internal.
            if (item is not IReadOnlyDictionary<string, object?> map || map.GetValueOrDefault("internal") is not false
                || map.GetValueOrDefault("id") is not string id || map.GetValueOrDefault("passage") is not string passage)
                continue;
            if (memory.Found(id) is { } hit)
            {
                if (!hit.Article.Internal)
                    articles.Add(ArticleSource.Of(hit));
            }
            else
            {
                var score = map.GetValueOrDefault("score") is double given ? given : 0;
                articles.Add(new ArticleSource(id, map.GetValueOrDefault("title") as string ?? id, passage, score, Texts(map.GetValueOrDefault("intents"))));
            }
        }

        return articles.ToImmutable();
    }

    private static ImmutableArray<string> Texts(object? value) => value switch
    {
        ImmutableArray<string> texts => texts,
        IEnumerable<object?> list => [.. list.OfType<string>()],
        _ => [],
    };

    private static string Note(KnowledgeResult result) => result.Hits.IsEmpty ? "no article" : result.Hits[0].Article.Id;
}
