using Microsoft.Extensions.Logging;

namespace CustomerService.Assistants.Settings;

/// <summary>
/// What the owner's files say, read again when they change; a bad edit keeps what was in force and says why. It looks at intervals rather
/// than waiting for the operating system's word, which network folders and container mounts do not give.
/// </summary>
internal sealed partial class LiveContent<T> : IDisposable
    where T : class
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private readonly Func<IEnumerable<string>> _files;
    private readonly Func<T> _read;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _oneLook = new();
    private string _seen;
    private volatile T _current;

    /// <param name="path">How messages name it: a file or a folder.</param>
    /// <param name="files">The files that there are now.</param>
    /// <param name="read">Reads them; throws what says the place and the fix.</param>
    public LiveContent(string path, Func<IEnumerable<string>> files, Func<T> read, TimeProvider time, ILogger logger)
    {
        (_path, _files, _read, _logger) = (path, files, read, logger);
        _seen = Fingerprint();
        _current = read();
        _timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>What is in force now.</summary>
    public T Current => _current;

    /// <summary>Looks whether the files have changed.</summary>
    public void Look()
    {
        if (!_oneLook.TryEnter())
            return;
        try
        {
            var now = Fingerprint();
            if (now == _seen)
                return;
            _seen = now;
            _current = _read();
            LogReloaded(_path);
        }
        catch (Exception fault) when (fault is ContentFormatException or Pipelines.Definitions.PipelineFormatException or IOException or UnauthorizedAccessException)
        {
            LogKept(_path, fault.Message);
        }
        finally
        {
            _oneLook.Exit();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        // Let a look that is under way end.
        lock (_oneLook)
        {
        }
    }

    private string Fingerprint() =>
        string.Join('\n', _files().Select(path => new FileInfo(path)).Where(file => file.Exists).Select(file => $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}").Order(StringComparer.Ordinal));

    [LoggerMessage(LogLevel.Information, "Reloaded {Path}")]
    private partial void LogReloaded(string path);

    [LoggerMessage(LogLevel.Error, "{Path} was changed and can't be used; what was in force stays so:\n{Errors}")]
    private partial void LogKept(string path, string errors);
}
