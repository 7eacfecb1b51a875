using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;

namespace CustomerService.Translation.Settings;

/// <summary>The owner's <c>translation.yaml</c> in use. Without the file nothing is translated.</summary>
/// <exception cref="PipelineFormatException">It can't be used; the message lists every error with line and column.</exception>
public sealed class TranslationFile(string path, TimeProvider time, ILogger<TranslationFile> logger)
    : LiveContent<TranslationSettings>(path, () => [path], () => SourceText.ReadIfThere(path) is { } text ? Parse(text, path) : new TranslationSettings(), time, logger)
{
    /// <param name="file">How messages name it.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists every one with line and column.</exception>
    public static TranslationSettings Parse(string text, string file)
    {
        var findings = new Findings(file);
        var settings = YamlText.Read(text, findings) is { } root ? new TranslationReader(findings).Read(root) : null;
        return settings is null || findings.HasErrors ? throw new PipelineFormatException(findings.InOrder) : settings;
    }
}
