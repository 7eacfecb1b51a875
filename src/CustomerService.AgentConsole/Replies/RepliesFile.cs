using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.Replies;

/// <summary>The owner's <c>replies.yaml</c> in use. Without the file there are no canned replies.</summary>
/// <exception cref="PipelineFormatException">It can't be used; the message lists every error with line and column.</exception>
public sealed class RepliesFile(string path, TimeProvider time, ILogger<RepliesFile> logger)
    : LiveContent<ReplyLibrary>(path, () => [path], () => SourceText.ReadIfThere(path) is { } text ? Parse(text, path) : ReplyLibrary.Empty, time, logger)
{
    /// <param name="file">How messages name it.</param>
    /// <param name="queues">The queues that there are; null: not known here, and not checked.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists every one with line and column.</exception>
    public static ReplyLibrary Parse(string text, string file, IReadOnlyCollection<string>? queues = null)
    {
        var findings = new Findings(file);
        var library = YamlText.Read(text, findings) is { } root ? new RepliesReader(findings, queues).Read(root) : null;
        return library is null || findings.HasErrors ? throw new PipelineFormatException(findings.InOrder) : library;
    }
}
