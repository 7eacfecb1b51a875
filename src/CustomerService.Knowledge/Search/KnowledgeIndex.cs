namespace CustomerService.Knowledge;

/// <summary>
/// The articles of a folder, searchable with SQLite FTS5 in memory. Many threads may search while one reloads:
/// each search sees the articles either wholly before or wholly after.
/// </summary>
public sealed class KnowledgeIndex : IKnowledgeBase, IDisposable
{
    private volatile KnowledgeSnapshot _snapshot;

    private KnowledgeIndex(KnowledgeSnapshot snapshot) => _snapshot = snapshot;

    public int ArticleCount => _snapshot.ArticleCount;

    /// <exception cref="KnowledgeLoadException">The folder or an article in it cannot be used.</exception>
    public static KnowledgeIndex Open(string folder) => new(new KnowledgeSnapshot(ArticleFolder.Read(folder)));

    /// <summary>Reads the folder anew. When any article is bad, the articles loaded before stay in use.</summary>
    /// <exception cref="KnowledgeLoadException">The folder or an article in it cannot be used; nothing has changed.</exception>
    public void Reload(string folder)
    {
        var next = new KnowledgeSnapshot(ArticleFolder.Read(folder));
        Interlocked.Exchange(ref _snapshot, next).Dispose();
    }

    /// <inheritdoc/>
    public KnowledgeResult Search(KnowledgeQuery query)
    {
        while (true)
        {
            var snapshot = _snapshot;
            try
            {
                return snapshot.Search(query);
            }
            catch (ObjectDisposedException) when (snapshot != _snapshot)
            {
                // A reload overtook this search: ask the new articles.
            }
        }
    }

    public void Dispose() => _snapshot.Dispose();
}
