using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;

namespace CustomerService.Channels.Settings;

/// <summary>The owner's <c>channels.yaml</c> in use. Without the file there is the chat alone.</summary>
/// <param name="environment">Finds environment variables, which have the secrets.</param>
/// <exception cref="PipelineFormatException">It can't be used; the message lists every error with line and column.</exception>
public sealed class ChannelFile(string path, Func<string, string?> environment, TimeProvider time, ILogger<ChannelFile> logger) : LiveContent<ChannelSettings>(
    path, () => [path], () => SourceText.ReadIfThere(path) is { } text ? ChannelSettings.Parse(text, path, environment) : ChannelSettings.None, time, logger), IChatSettings
{
    /// <inheritdoc/>
    public ChatSettings Chat => Current.Chat;
}
