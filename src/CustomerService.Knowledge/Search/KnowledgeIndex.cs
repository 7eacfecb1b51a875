using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>
/// The articles of a folder, searchable. Many threads may search while one reloads: each search sees the articles either wholly before or
/// wholly after.
/// </summary>
public sealed class KnowledgeIndex : IKnowledgeBase
{
    private readonly TimeProvider _time;
    private readonly Lock _oneChange = new();
    private ImmutableArray<Article> _articles;
    private volatile KnowledgeSnapshot _snapshot;
    private DateTimeOffset? _nextChange;

    private KnowledgeIndex(ImmutableArray<Article> articles, TimeProvider time)
    {
        (_time, _articles) = (time, articles);
        _snapshot = Build();
    }

    public int ArticleCount => _snapshot.ArticleCount;

    /// <summary>All that the folder holds: drafts and what is not yet or no longer shown, too. For the articles' owner.</summary>
    public ImmutableArray<Article> Articles
    {
        get
        {
            lock (_oneChange)
                return _articles;
        }
    }

    /// <param name="folder">The articles' folder.</param>
    /// <param name="time">By whose clock articles are published and expire; the machine's when not given.</param>
    /// <exception cref="KnowledgeLoadException">The folder or an article in it cannot be used.</exception>
    public static KnowledgeIndex Open(string folder, TimeProvider? time = null) => new(ArticleFolder.Read(folder), time ?? TimeProvider.System);

    /// <summary>Reads the folder anew. When any article is bad, the articles loaded before stay in use.</summary>
    /// <exception cref="KnowledgeLoadException">The folder or an article in it cannot be used; nothing has changed.</exception>
    public void Reload(string folder)
    {
        var articles = ArticleFolder.Read(folder);
        lock (_oneChange)
        {
            _articles = articles;
            _snapshot = Build();
        }
    }

    /// <summary>Publishes what is due and withdraws what has expired.</summary>
    /// <returns>Whether anything did.</returns>
    public bool Refresh()
    {
        lock (_oneChange)
        {
            if (!(_nextChange <= _time.GetUtcNow()))
                return false;
            _snapshot = Build();
            return true;
        }
    }

    /// <inheritdoc/>
    public ValueTask<KnowledgeResult> SearchAsync(KnowledgeQuery query, CancellationToken cancellation = default) => _snapshot.SearchAsync(query, cancellation);

    private KnowledgeSnapshot Build()
    {
        var now = _time.GetUtcNow();
        _nextChange = _articles.Where(article => !article.IsDraft).SelectMany(article => new[] { article.PublishAt, article.ExpireAt }).Where(at => at > now).Min();
        return new KnowledgeSnapshot([.. _articles.Where(article => article.IsPublished(now))], languages => new MemoryTermIndex(languages));
    }
}
