using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Plans;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;

namespace CustomerService.Translation.Settings;

/// <summary>The owner's <c>translation.yaml</c> in use: edits take effect at once, and a bad edit leaves the old settings in force and says why.</summary>
public sealed partial class TranslationFile : IDisposable
{
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly WatchedFile? _file;
    private volatile TranslationSettings _current = new();

    /// <summary>Opens it. Where there is none nothing is translated.</summary>
    /// <exception cref="PipelineFormatException">It can't be used; the message lists every error with line and column.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public TranslationFile(string path, TimeProvider time, ILogger<TranslationFile> logger)
    {
        (_path, _logger) = (path, logger);
        if (!File.Exists(path))
            return;
        var text = PipelineChecker.ReadText(path);
        _current = Parse(text, path);
        _file = new WatchedFile(path, text, time, Apply, fault => LogKept(path, fault.Message));
        _file.Look();
    }

    /// <summary>Other settings are in force. Told from the thread that read them.</summary>
    public event Action? Changed;

    public TranslationSettings Current => _current;

    /// <param name="file">How messages name it.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists every one with line and column.</exception>
    public static TranslationSettings Parse(string text, string file)
    {
        var findings = new Findings(file);
        var settings = YamlText.Read(text, findings) is { } root ? new TranslationReader(findings).Read(root) : null;
        return settings is null || findings.HasErrors ? throw new PipelineFormatException(findings.InOrder) : settings;
    }

    public void Dispose() => _file?.Dispose();

    private void Apply(string edited)
    {
        try
        {
            _current = Parse(edited, _path);
        }
        catch (PipelineFormatException fault)
        {
            LogKept(_path, fault.Message);
            return;
        }

        LogReloaded(_path);
        Changed?.Invoke();
    }

    [LoggerMessage(LogLevel.Information, "Translation settings reloaded from {File}")]
    private partial void LogReloaded(string file);

    [LoggerMessage(LogLevel.Error, "{File} was changed and can't be used; the settings as they were stay in force:\n{Errors}")]
    private partial void LogKept(string file, string errors);
}
