using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Assistants.Models;

/// <summary>The chat models' settings in force: the owner's <c>assistant.yaml</c> over the environment. Without the file the environment alone decides.</summary>
/// <exception cref="PipelineFormatException">The file can't be used; the message lists what is wrong, with line, column and fix.</exception>
public sealed class LiveChatSettings(string file, Func<string, string?> variable, IEnumerable<string> protocols, TimeProvider time, ILogger<LiveChatSettings>? logger = null)
    : LiveContent<ChatModelSettings>(file, () => [file], () => Read(file, variable, protocols), time, logger ?? NullLogger<LiveChatSettings>.Instance)
{
    private static ChatModelSettings Read(string file, Func<string, string?> variable, IEnumerable<string> protocols) => SourceText.ReadIfThere(file) is { } text
        ? ChatSettingsFile.Parse(text, file, variable, [.. protocols])
        : ChatModelSettings.FromEnvironment(variable);
}
