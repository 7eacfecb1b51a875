using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace CustomerService.Knowledge;

/// <summary>
/// Reloads the articles when their files change, and lets those appear and go whose minute has come. It looks at intervals rather than waiting for the operating system's word,
/// which network folders and container mounts do not give. A change is taken once it has been still for one interval,
/// so that a half-copied folder is not read.
/// </summary>
public sealed class KnowledgeWatcher : IDisposable
{
    private readonly KnowledgeIndex _index;
    private readonly string _folder;
    private readonly ILogger _logger;
    private readonly Lock _oneLook = new();
    private readonly ITimer _timer;
    private string _loaded;
    private string _seen;

    /// <param name="index">What to keep current; it was opened from <paramref name="folder"/>.</param>
    /// <param name="folder">The articles' folder.</param>
    /// <param name="time">Whose clock the interval follows.</param>
    /// <param name="logger">Told of each reload, and of each refusal with its reason.</param>
    /// <param name="interval">Time between looks; 2 seconds when not given.</param>
    public KnowledgeWatcher(KnowledgeIndex index, string folder, TimeProvider time, ILogger<KnowledgeWatcher> logger, TimeSpan? interval = null)
    {
        (_index, _folder, _logger) = (index, folder, logger);
        _seen = _loaded = Fingerprint();
        var every = interval ?? TimeSpan.FromSeconds(2);
        _timer = time.CreateTimer(_ => Look(), null, every, every);
    }

    /// <summary>Raised after an attempt to load changed files, with its problems; none means that the new articles are in use.</summary>
    public event Action<ImmutableArray<string>>? Reloaded;

    public void Dispose()
    {
        _timer.Dispose();
        // Let a look that is under way end: the index may be disposed next.
        lock (_oneLook)
        {
        }
    }

    private void Look()
    {
        if (!_oneLook.TryEnter())
            return;
        try
        {
            var now = Fingerprint();
            var still = now == _seen;
            _seen = now;
            if (still && now != _loaded)
                Load(now);
            else if (_index.Refresh())
                _logger.LogInformation("{Count} articles are published now in {Folder}: one was due, or has expired", _index.ArticleCount, _folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning("The articles in {Folder} could not be looked at, and stay as they were: {Reason}", _folder, error.Message);
        }
        finally
        {
            _oneLook.Exit();
        }
    }

    private void Load(string fingerprint)
    {
        ImmutableArray<string> problems = [];
        try
        {
            _index.Reload(_folder);
            _logger.LogInformation("Loaded {Count} articles from {Folder}", _index.ArticleCount, _folder);
        }
        catch (KnowledgeLoadException refusal)
        {
            problems = refusal.Problems;
            _logger.LogError("The changed articles are not in use; the former ones still are. {Reason}", refusal.Message);
        }
        // Only now: a folder that could not even be listed is tried again at the next look.
        _loaded = fingerprint;
        Reloaded?.Invoke(problems);
    }

    private string Fingerprint() => Directory.Exists(_folder)
        ? string.Join('\n', ArticleFolder.Files(_folder).Select(path => new FileInfo(path)).Select(file => $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}"))
        : "";
}
