using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Plans;
using Microsoft.Extensions.Logging;

namespace CustomerService.Pipelines.Sources;

/// <summary>Where a run gets its plan from.</summary>
public interface IPipelineSource
{
    /// <summary>The plan in force now. A run that has begun keeps the one that it began with.</summary>
    PipelinePlan Current { get; }
}

/// <summary>A pipeline file in use: edits take effect at once, and a bad edit leaves the old plan in force and says why.</summary>
public sealed partial class PipelineFile : IPipelineSource, IDisposable
{
    private readonly PipelineChecker _checker;
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly WatchedFile _file;
    private volatile PipelinePlan _current;

    /// <summary>Opens, checks and watches a pipeline file.</summary>
    /// <exception cref="PipelineFormatException">It can't be read or has errors; the message lists them, one a line.</exception>
    public PipelineFile(string path, PipelineChecker checker, TimeProvider time, ILogger<PipelineFile> logger)
    {
        _path = path;
        _checker = checker;
        _logger = logger;
        var report = checker.CheckFile(path);
        _current = report.PlanOrThrow();
        _file = new WatchedFile(path, report.Text, time, Apply, Unreadable);
        LogLoaded(_current.Id, path, _current.Tasks.Length);
        LogWarnings(report);
        _file.Look();
    }

    /// <summary>Raised after every edit, with what was found; the new plan is in force when the report has one.</summary>
    public event EventHandler<PipelineCheckReport>? Reloaded;

    public PipelinePlan Current => _current;

    public void Dispose() => _file.Dispose();

    private void Apply(string text)
    {
        var report = _checker.Check(text, _path);
        if (report.Plan is { } plan)
        {
            _current = plan;
            LogReloaded(plan.Id, _path);
            LogWarnings(report);
        }
        else
        {
            LogKept(_path, string.Join('\n', report.Errors));
        }

        Reloaded?.Invoke(this, report);
    }

    private void Unreadable(Exception fault)
    {
        var report = _checker.CheckFile(_path);
        if (report.Plan is not null)
            return; // it is back; the next look takes it
        LogKept(_path, string.Join('\n', report.Errors));
        LogFault(fault);
        Reloaded?.Invoke(this, report);
    }

    private void LogWarnings(PipelineCheckReport report)
    {
        foreach (var warning in report.Warnings)
            LogWarning(warning);
    }

    [LoggerMessage(LogLevel.Information, "Pipeline {Pipeline} loaded from {File}: {Tasks} tasks")]
    private partial void LogLoaded(string pipeline, string file, int tasks);

    [LoggerMessage(LogLevel.Information, "Pipeline {Pipeline} reloaded from {File}")]
    private partial void LogReloaded(string pipeline, string file);

    [LoggerMessage(LogLevel.Error, "{File} was changed and can't be used; the pipeline as it was stays in force:\n{Errors}")]
    private partial void LogKept(string file, string errors);

    [LoggerMessage(LogLevel.Debug, "The pipeline file can't be read")]
    private partial void LogFault(Exception fault);

    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    private partial void LogWarning(PipelineFinding warning);
}
