using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Plans;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;

namespace CustomerService.Pipelines.Routing;

/// <summary>Where the routing action gets its rules from.</summary>
public interface IRoutingRulesSource
{
    /// <summary>The rules in force now.</summary>
    RoutingRules Current { get; }
}

/// <summary>
/// A file of routing rules in use: edits take effect at once, and a bad edit leaves the old rules in force and says why. Once a day it
/// is read again, for the holiday files that it names and for the new year's holidays.
/// </summary>
public sealed partial class RoutingRulesFile : IRoutingRulesSource, IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WatchedFile _file;
    private readonly ITimer _daily;
    private readonly Lock _gate = new();
    private string _text;
    private volatile RoutingRules _current;

    /// <exception cref="PipelineFormatException">It can't be used; the message lists every error with line and column.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public RoutingRulesFile(string path, TimeProvider time, ILogger<RoutingRulesFile> logger)
    {
        (_path, _time, _logger) = (path, time, logger);
        _text = PipelineChecker.ReadText(path);
        _current = Read(_text).RulesOrThrow();
        _file = new WatchedFile(path, _text, time, Apply, fault => LogKept(path, fault.Message));
        _file.Look();
        _daily = time.CreateTimer(_ => Apply(null), null, Day, Day);
    }

    /// <summary>Other rules are in force. Told from the thread that read them.</summary>
    public event Action? Changed;

    public RoutingRules Current => _current;

    /// <summary>Reads rules from YAML text.</summary>
    /// <param name="file">How messages name it; files that it names are looked for beside it.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists every one with line and column.</exception>
    public static RoutingRules Parse(string text, string file) => RoutingCheck.Of(text, file, TimeProvider.System).RulesOrThrow();

    public void Dispose()
    {
        _daily.Dispose();
        _file.Dispose();
    }

    private RoutingCheckReport Read(string text)
    {
        var report = RoutingCheck.Of(text, _path, _time);
        foreach (var warning in report.Warnings)
            LogWarning(warning.ToString());
        return report;
    }

    /// <param name="edited">Null: as it was.</param>
    private void Apply(string? edited)
    {
        lock (_gate)
        {
            _text = edited ?? _text;
            try
            {
                _current = Read(_text).RulesOrThrow();
            }
            catch (PipelineFormatException fault)
            {
                LogKept(_path, fault.Message);
                return;
            }

            if (edited is not null)
                LogReloaded(_path);
        }

        Changed?.Invoke();
    }

    [LoggerMessage(LogLevel.Information, "Routing rules reloaded from {File}")]
    private partial void LogReloaded(string file);

    [LoggerMessage(LogLevel.Warning, "{Finding}")]
    private partial void LogWarning(string finding);

    [LoggerMessage(LogLevel.Error, "{File} was changed and can't be used; the rules as they were stay in force:\n{Errors}")]
    private partial void LogKept(string file, string errors);
}
