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

/// <summary>A file of routing rules in use: edits take effect at once, and a bad edit leaves the old rules in force and says why.</summary>
public sealed partial class RoutingRulesFile : IRoutingRulesSource, IDisposable
{
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly WatchedFile _file;
    private volatile RoutingRules _current;

    /// <exception cref="PipelineFormatException">It can't be used; the message lists every error with line and column.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public RoutingRulesFile(string path, TimeProvider time, ILogger<RoutingRulesFile> logger)
    {
        _path = path;
        _logger = logger;
        var text = PipelineChecker.ReadText(path);
        _current = Parse(text, path);
        _file = new WatchedFile(path, text, time, Apply, fault => LogKept(path, fault.Message));
        _file.Look();
    }

    public RoutingRules Current => _current;

    /// <summary>Reads rules from YAML text.</summary>
    /// <param name="file">How messages name it.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists every one with line and column.</exception>
    public static RoutingRules Parse(string text, string file)
    {
        var findings = new Findings(file);
        var rules = YamlText.Read(text, findings) is { } root ? new RoutingRulesReader(findings).Read(root) : null;
        return rules is not null && !findings.HasErrors ? rules : throw new PipelineFormatException(findings.InOrder);
    }

    public void Dispose() => _file.Dispose();

    private void Apply(string text)
    {
        try
        {
            _current = Parse(text, _path);
            LogReloaded(_path);
        }
        catch (PipelineFormatException fault)
        {
            LogKept(_path, fault.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Routing rules reloaded from {File}")]
    private partial void LogReloaded(string file);

    [LoggerMessage(LogLevel.Error, "{File} was changed and can't be used; the rules as they were stay in force:\n{Errors}")]
    private partial void LogKept(string file, string errors);
}
