using CustomerService.Pipelines.Plans;

namespace CustomerService.Pipelines.Sources;

/// <summary>
/// Watches one text file and tells when its text has changed. Several changes in a moment count as one, as editors
/// save in steps; a touch that changes nothing counts as none.
/// </summary>
internal sealed class WatchedFile : IDisposable
{
    /// <summary>Editors and deployments are done with their steps after this long.</summary>
    public static TimeSpan Settling { get; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often to look where the system can't watch.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private readonly Action<string> _changed;
    private readonly Action<Exception> _unreadable;
    private readonly ITimer _timer;
    private readonly FileSystemWatcher? _watcher;
    private readonly Lock _gate = new();
    private string _text;
    private bool _disposed;

    /// <param name="text">The text as it was read last.</param>
    /// <param name="changed">Gets the new text; called one at a time.</param>
    /// <param name="unreadable">Told when the file is gone or can't be read.</param>
    public WatchedFile(string path, string text, TimeProvider time, Action<string> changed, Action<Exception> unreadable)
    {
        _path = Path.GetFullPath(path);
        _text = text;
        _changed = changed;
        _unreadable = unreadable;
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watcher = Watch();
        if (_watcher is null)
            _timer.Change(PollInterval, PollInterval);
    }

    /// <summary>Looks at the file now.</summary>
    public void Look()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            try
            {
                var text = PipelineChecker.ReadText(_path);
                if (text == _text)
                    return;
                _text = text;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
            {
                _unreadable(fault);
                return;
            }

            _changed(_text);
        }
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _timer.Dispose();
        lock (_gate)
            _disposed = true;
    }

    // The whole folder is watched: editors replace files, and deployments switch a link beside them.
    private FileSystemWatcher? Watch()
    {
        try
        {
            var watcher = new FileSystemWatcher(Path.GetDirectoryName(_path)!);
            watcher.Changed += Soon;
            watcher.Created += Soon;
            watcher.Renamed += Soon;
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    private void Soon(object sender, FileSystemEventArgs change) => _timer.Change(Settling, Timeout.InfiniteTimeSpan);
}
