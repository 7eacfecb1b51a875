using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;

namespace CustomerService.Mcp.Settings;

/// <summary>Where the settings in force come from.</summary>
public interface IMcpSettingsSource
{
    McpSettings Current { get; }
}

/// <summary><c>mcp.yaml</c> in use. Without the file nobody may call, and nobody is called.</summary>
/// <exception cref="PipelineFormatException">It can't be used; the message lists every error with line and column.</exception>
public sealed class McpFile(string path, TimeProvider time, ILogger<McpFile> logger)
    : LiveContent<McpSettings>(path, () => [path], () => SourceText.ReadIfThere(path) is { } text ? Parse(text, path) : McpSettings.None, time, logger), IMcpSettingsSource
{
    /// <summary>Reads settings from YAML text.</summary>
    /// <param name="file">How messages name it.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists every one with line and column.</exception>
    public static McpSettings Parse(string text, string file) => McpReader.Parse(text, file);
}
