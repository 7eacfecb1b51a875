using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace CustomerService.Pipelines.Sources;

/// <summary>
/// What the owner's files say, read again when they change: a good edit is in force within two seconds, a bad one leaves what was in force and
/// says why. It looks at intervals, since network folders and mounts tell nobody of their changes, and compares what the files hold, since
/// folders are switched by links and clocks are coarse.
/// </summary>
public partial class LiveContent<T> : IDisposable, ILiveFiles
    where T : class
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A change counts when it has been still for this long: editors and deployments save in steps.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    private readonly string _path;
    private readonly Func<IEnumerable<string>> _files;
    private readonly Func<T> _read;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _oneLook = new();
    private string _seen;
    private string _taken;
    private bool _disposed;
    private volatile T _current;
    private string? _problem;

    /// <summary>Reads the files; whatever <paramref name="read"/> throws now is the caller's.</summary>
    /// <param name="path">How the log names them: a file or a folder.</param>
    /// <param name="files">The files that there may be now; one that is missing is a state like any other.</param>
    /// <param name="read">Reads them. Its exception's message tells place and fix.</param>
    public LiveContent(string path, Func<IEnumerable<string>> files, Func<T> read, TimeProvider time, ILogger logger)
    {
        (_path, _files, _read, _logger) = (path, files, read, logger);
        _seen = _taken = Fingerprint();
        _current = read();
        _timer = time.CreateTimer(_ => Look(atOnce: false), null, Interval, Timeout.InfiniteTimeSpan);
        LiveFiles.Add(this);
    }

    /// <summary>Something else is in force. Told by the thread that read it, one change at a time.</summary>
    public event Action? Changed;

    /// <summary>What is in force now.</summary>
    public T Current => _current;

    string ILiveFiles.Path => _path;

    /// <summary>Looks now whether the files have changed.</summary>
    public void Look() => Look(atOnce: true);

    bool ILiveFiles.GoesBy(string path)
    {
        try
        {
            return _files().Any(file => Path.GetFullPath(file) == path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false; // the folder can't be listed
        }
    }

    string? ILiveFiles.LookNow()
    {
        lock (_oneLook)
        {
            Look();
            return _problem;
        }
    }

    /// <summary>Reads the files though they have not changed: something else has, by which they are read.</summary>
    public void ReadAgain()
    {
        lock (_oneLook)
        {
            if (!_disposed)
                Read();
        }
    }

    public virtual void Dispose()
    {
        LiveFiles.Remove(this);
        _timer.Dispose();
        lock (_oneLook) // lets a look that is under way end
            _disposed = true;
        GC.SuppressFinalize(this);
    }

    private void Look(bool atOnce)
    {
        lock (_oneLook)
        {
            if (_disposed)
                return;
            var now = Fingerprint();
            var settled = atOnce || now == _seen;
            _seen = now;
            if (settled && now != _taken)
            {
                _taken = now;
                Read();
            }

            _timer.Change(now == _taken ? Interval : Settling, Timeout.InfiniteTimeSpan);
        }
    }

    private void Read()
    {
        try
        {
            _current = _read();
            _problem = null;
        }
#pragma warning disable CA1031 // Whatever an edit trips over, what was in force goes on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _problem = fault.Message;
            LogKept(_path, fault.Message, fault is FormatException or IOException or UnauthorizedAccessException ? null : fault);
            return;
        }

        Changed?.Invoke();
        LogInForce(_path); // Only now it is: whoever goes by it has taken it up.
    }

    private string Fingerprint()
    {
        try
        {
            return string.Join('\n', _files().Order(StringComparer.Ordinal).Select(file => $"{file}|{Digest(file)}"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return fault.Message; // the folder can't be listed
        }
    }

    private static string Digest(string file)
    {
        try
        {
            using var content = File.OpenRead(file);
            return Convert.ToHexString(SHA256.HashData(content));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return fault.GetType().Name;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Path} was read again and is in force")]
    private partial void LogInForce(string path);

    [LoggerMessage(LogLevel.Error, "{Path} can't be used as it is now; what was in force stays in force:\n{Problem}")]
    private partial void LogKept(string path, string problem, Exception? fault);
}
