using System.Collections.Immutable;
using CustomerService.AgentConsole.Replies;
using CustomerService.Knowledge;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;

namespace CustomerService.Silo.Answering;

/// <summary>Articles for agents, internal ones among them: found as the assistant finds them, in this process's own index where it has one.</summary>
internal sealed class AgentsArticles(SiloSettings settings, TimeProvider time, IServiceProvider services, ILogger<KnowledgeWatcher> logger) : IArticleSearch, IDisposable
{
    private const int Most = 8;

    /// <summary>A process without pipelines reads the articles when the first is looked for.</summary>
    private readonly Lazy<(KnowledgeIndex Index, KnowledgeWatcher Watcher)> _own = new(() =>
    {
        var index = KnowledgeIndex.Open(settings.Content.Knowledge, time);
        return (index, new KnowledgeWatcher(index, settings.Content.Knowledge, time, logger));
    });

    public async ValueTask<ImmutableArray<FoundArticle>> FindAsync(ArticleQuestion question, CancellationToken cancellation)
    {
        var articles = services.GetService<PipelineHolder>()?.Parts?.Knowledge ?? _own.Value.Index;
        var found = await articles.SearchAsync(new KnowledgeQuery(question.Text, question.Intent, question.Language, question.Tier, IncludeInternal: true, Most), cancellation);
        return
        [
            .. found.Hits.Select(hit => new FoundArticle(hit.Article.Id, hit.Article.Title, hit.Article.Language, hit.Article.Internal, hit.Passage, hit.Article.Updated)),
        ];
    }

    public void Dispose()
    {
        if (_own.IsValueCreated)
            _own.Value.Watcher.Dispose();
    }
}
