using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Plans;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;

namespace CustomerService.Mcp.Settings;

/// <summary>Where the settings in force come from.</summary>
public interface IMcpSettingsSource
{
    McpSettings Current { get; }
}

/// <summary><c>mcp.yaml</c> in use: edits take effect at once, and a bad edit leaves the old settings in force and says why.</summary>
public sealed partial class McpFile : IMcpSettingsSource, IDisposable
{
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly WatchedFile? _file;
    private volatile McpSettings _current = McpSettings.None;

    /// <summary>Without a file nobody may call, and nobody is called.</summary>
    /// <exception cref="PipelineFormatException">It can't be used; the message lists every error with line and column.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public McpFile(string path, TimeProvider time, ILogger<McpFile> logger)
    {
        (_path, _logger) = (path, logger);
        if (!File.Exists(path))
            return;
        var text = PipelineChecker.ReadText(path);
        _current = Parse(text, path);
        _file = new WatchedFile(path, text, time, Apply, fault => LogKept(path, fault.Message));
        _file.Look();
    }

    /// <summary>Other settings are in force.</summary>
    public event Action? Changed;

    public McpSettings Current => _current;

    /// <summary>Reads settings from YAML text.</summary>
    /// <param name="file">How messages name it.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists every one with line and column.</exception>
    public static McpSettings Parse(string text, string file) => McpReader.Parse(text, file);

    /// <summary>Looks now whether the file was changed.</summary>
    public void Look() => _file?.Look();

    public void Dispose() => _file?.Dispose();

    private void Apply(string text)
    {
        try
        {
            _current = Parse(text, _path);
        }
        catch (PipelineFormatException fault)
        {
            LogKept(_path, fault.Message);
            return;
        }

        LogReloaded(_path);
        Changed?.Invoke();
    }

    [LoggerMessage(LogLevel.Information, "{File} was changed and is in force")]
    private partial void LogReloaded(string file);

    [LoggerMessage(LogLevel.Error, "{File} was changed and can't be used; it stays as it was: {Problem}")]
    private partial void LogKept(string file, string problem);
}
