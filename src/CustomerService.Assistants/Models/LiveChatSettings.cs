using CustomerService.Assistants.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Assistants.Models;

/// <summary>The chat models' settings in force: the owner's <c>assistant.yaml</c> over the environment. Edits take effect at once.</summary>
public sealed class LiveChatSettings : IDisposable
{
    private readonly LiveContent<ChatModelSettings> _content;

    /// <param name="file">It need not be there: then the environment alone decides.</param>
    /// <exception cref="Pipelines.Definitions.PipelineFormatException">The file can't be used; the message lists what is wrong, with line, column and fix.</exception>
    public LiveChatSettings(string file, Func<string, string?> variable, IEnumerable<string> protocols, TimeProvider time, ILogger<LiveChatSettings>? logger = null)
    {
        string[] known = [.. protocols];
        _content = new(file, () => [file], () => Read(file, variable, known), time, logger ?? NullLogger<LiveChatSettings>.Instance);
    }

    public ChatModelSettings Current => _content.Current;

    /// <summary>Looks whether the file has changed.</summary>
    internal void Look() => _content.Look();

    public void Dispose() => _content.Dispose();

    private static ChatModelSettings Read(string file, Func<string, string?> variable, string[] protocols) => File.Exists(file)
        ? ChatSettingsFile.Parse(ContentYaml.ReadText(file), file, variable, protocols)
        : ChatModelSettings.FromEnvironment(variable);
}
