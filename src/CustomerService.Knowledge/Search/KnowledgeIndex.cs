using System.Collections.Frozen;
using System.Collections.Immutable;
using Npgsql;

namespace CustomerService.Knowledge;

/// <summary>
/// The articles of a folder, searchable. Many threads may search while one reloads: each search sees the articles either wholly before or
/// wholly after.
/// </summary>
public sealed class KnowledgeIndex : IKnowledgeBase
{
    private readonly TimeProvider _time;
    private readonly IndexSettings _settings;
    private readonly VectorSearch? _vectors;
    private readonly Lock _oneChange = new();
    private ImmutableArray<Article> _articles;
    private volatile KnowledgeSnapshot _snapshot;
    private DateTimeOffset? _nextChange;
    private IReadOnlyDictionary<(string ArticleId, string Language), FeedbackCount> _votes = FrozenDictionary<(string, string), FeedbackCount>.Empty;

    private KnowledgeIndex(string folder, TimeProvider time, IndexSettings settings)
    {
        (_time, _settings, _articles) = (time, settings, ArticleFolder.Read(folder));
        try
        {
            _vectors = settings.OpenVectors(time);
            _snapshot = Build();
        }
        catch (NpgsqlException fault)
        {
            throw Unreachable(folder, fault);
        }
    }

    public int ArticleCount => _snapshot.ArticleCount;

    /// <summary>The making of the vectors that the present articles lack; done when all are there. It never fails.</summary>
    internal Task Preparing { get; private set; } = Task.CompletedTask;

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
    /// <param name="settings">Where the index is kept; in memory, and without a model, when not given.</param>
    /// <exception cref="KnowledgeLoadException">The folder or an article in it cannot be used, or the database cannot.</exception>
    public static KnowledgeIndex Open(string folder, TimeProvider? time = null, IndexSettings? settings = null) =>
        new(folder, time ?? TimeProvider.System, settings ?? new IndexSettings());

    /// <summary>Reads the folder anew. When any article is bad, the articles loaded before stay in use.</summary>
    /// <exception cref="KnowledgeLoadException">The folder or an article in it cannot be used; nothing has changed.</exception>
    public void Reload(string folder)
    {
        var articles = ArticleFolder.Read(folder);
        lock (_oneChange)
        {
            var former = _articles;
            _articles = articles;
            try
            {
                _snapshot = Build();
            }
            catch (NpgsqlException fault)
            {
                _articles = former;
                throw Unreachable(folder, fault);
            }
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
            var due = _nextChange;
            try
            {
                _snapshot = Build();
            }
            catch (NpgsqlException)
            {
                // Tried again at the next look.
                _nextChange = due;
                return false;
            }
            return true;
        }
    }

    /// <summary>Ranks by these votes from now on.</summary>
    public void UseFeedback(IReadOnlyDictionary<(string ArticleId, string Language), FeedbackCount> votes)
    {
        lock (_oneChange)
        {
            _votes = votes;
            _snapshot = _snapshot.With(new ArticlePriors(votes, _time.GetUtcNow()));
        }
    }

    /// <inheritdoc/>
    public ValueTask<KnowledgeResult> SearchAsync(KnowledgeQuery query, CancellationToken cancellation = default) => _snapshot.SearchAsync(query, cancellation);

    private KnowledgeSnapshot Build()
    {
        var now = _time.GetUtcNow();
        _nextChange = _articles.Where(article => !article.IsDraft).SelectMany(article => new[] { article.PublishAt, article.ExpireAt }).Where(at => at > now).Min();
        var snapshot = new KnowledgeSnapshot([.. _articles.Where(article => article.IsPublished(now))], _settings.BuildTerms, _vectors, new ArticlePriors(_votes, now));
        if (_vectors is not null)
            Preparing = _vectors.PrepareAsync(snapshot.Languages, CancellationToken.None);
        return snapshot;
    }

    private static KnowledgeLoadException Unreachable(string folder, NpgsqlException fault) =>
        new(folder, [$"their index cannot be kept in the database ({fault.Message.TrimEnd('.')}); check that it can be reached and that its user may make tables, or keep the index in memory."]);
}
