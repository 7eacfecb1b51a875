using System.Collections.Immutable;
using CustomerService.AgentConsole.Administration;
using CustomerService.AgentConsole.Replies;
using CustomerService.Assistants.Models;
using CustomerService.Assistants.Prompts;
using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Responses;
using CustomerService.Channels.Settings;
using CustomerService.Knowledge;
using CustomerService.Mcp.Settings;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Desks;
using CustomerService.Pipelines.Plans;
using CustomerService.Pipelines.Routing;
using CustomerService.Silo.Alerts;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Quality;
using CustomerService.Silo.Retention;
using CustomerService.Translation.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Silo.Owners;

/// <summary>What the program would say of a changed file, by the very code that reads it at the start, while it runs, and from the command line. A new kind of file gets its line in <see cref="ReadAsync"/>.</summary>
/// <param name="parts">The pipelines' parts where they run in this process; null where not, and then some are put together for the check.</param>
internal sealed class FileChecks(SiloSettings settings, Func<PipelineParts?> parts, TimeProvider time)
{
    private readonly string _content = Path.GetFullPath(settings.Content.Path);

    /// <param name="path">Checked already.</param>
    public async ValueTask<FileCheck> CheckAsync(string path, string text, CancellationToken cancellation)
    {
        // Files that a file is read together with lie in a copy, which messages must not name.
        var named = Relative;
        try
        {
            return await ReadAsync(path, text, overlay => named = file => Within(overlay, file) ?? Relative(file), cancellation);
        }
        catch (KnowledgeLoadException fault)
        {
            return new FileCheck([.. fault.Problems.SelectMany(problem => FindingLines.In(problem, path, named))], null, IsWhole: true);
        }
        catch (Exception fault) when (ContentFaults.Recognise(fault) is { } known)
        {
            return new FileCheck(FindingLines.In(known.Message, path, named), null, IsWhole: true);
        }
    }

    /// <summary>A pipeline file's check with its plan, for whoever draws it.</summary>
    public async ValueTask<PipelineCheckReport> CheckPipelineAsync(string text, string file)
    {
        if (parts() is { } running)
            return running.Checker.Check(text, file);
        await using var own = new CheckingParts(settings, time);
        return own.Parts.Checker.Check(text, file);
    }

    private async ValueTask<FileCheck> ReadAsync(string path, string text, Action<string> inOverlay, CancellationToken cancellation)
    {
        var full = Path.Combine(_content, path);
        switch (path.Split('/')[0])
        {
            case "routing.yaml":
                var routing = RoutingCheck.Of(text, full, time);
                return Of(routing.Findings, routing.Rules is null ? null : routing.ToString());
            case "pipelines":
                var pipeline = await CheckPipelineAsync(text, full);
                return Of(pipeline.Findings, pipeline.Plan is null ? null : pipeline.ToString());
            case "procedures":
                return await ProcedureAsync(full, text);
            case "channels.yaml":
                ChannelSettings.Parse(text, full, Environment.GetEnvironmentVariable);
                return Good;
            case "translation.yaml":
                TranslationFile.Parse(text, full);
                return Good;
            case "mcp.yaml":
                McpFile.Parse(text, full);
                return Good;
            case "knowledge" when Path.GetExtension(path) == ".md":
                return InOverlay(path, text, ["knowledge"], inOverlay, folder => ArticleFolder.Read(Path.Combine(folder, "knowledge")));
            case "answers":
                return InOverlay(path, text, ["answers"], inOverlay, folder => new AnswerBook(Path.Combine(folder, "answers"), time, NullLogger<AnswerBook>.Instance).Dispose());
            case "quality.yaml" or "quality":
                return InOverlay(path, text, ["quality.yaml", "quality"], inOverlay, folder =>
                    new WatchedQualityRules(Path.Combine(folder, "quality.yaml"), time, NullLogger<WatchedQualityRules>.Instance).Dispose());
            case "assistant.yaml":
                return InOverlay(path, text, [], inOverlay, folder => new LiveChatSettings(Path.Combine(folder, path), Environment.GetEnvironmentVariable, [], time).Dispose());
            case "desk.yaml":
                DeskFile.Parse(text, full);
                return Good;
            case "replies.yaml":
                RepliesFile.Parse(text, full, RepliesCommand.QueuesBeside(full));
                return Good;
            case "scorecards.yaml":
                ScorecardFile.Parse(text, full);
                return Good;
            case "alerts.yaml":
                AlertFile.Parse(text, full, RepliesCommand.QueuesBeside(full));
                return Good;
            case "retention.yaml":
                return new FileCheck([], RetentionFile.Parse(text, full).ToString(), IsWhole: true);
            case "prompts":
                return InOverlay(path, text, ["prompts"], inOverlay, folder => new PromptLibrary(Path.Combine(folder, "prompts"), time).Dispose());
            default:
                return new FileCheck([], null, IsWhole: false);
        }
    }

    private static FileCheck Good => new([], null, IsWhole: true);

    private FileCheck InOverlay(string path, string text, IEnumerable<string> needed, Action<string> inOverlay, Action<string> read)
    {
        using var overlay = new Overlay(_content, path, text, needed);
        inOverlay(overlay.Folder);
        read(overlay.Folder);
        return Good;
    }

    private async ValueTask<FileCheck> ProcedureAsync(string full, string text)
    {
        if (parts() is { } running)
            return Of(running.CheckProcedure(text, full));
        await using var own = new CheckingParts(settings, time);
        return Of(own.Parts.CheckProcedure(text, full));

        FileCheck Of(Assistants.Procedures.ProcedureReport report) => this.Of(report.Findings, report.Definition is null ? null : report.ToString());
    }

    private FileCheck Of(IEnumerable<PipelineFinding> findings, string? inWords) => new(FindingLines.Of(findings, Relative), inWords?.Replace(_content + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), IsWhole: true);

    private string Relative(string file) => Within(_content, file) ?? file;

    private static string? Within(string folder, string file) =>
        Path.GetFullPath(file) is var full && full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? Path.GetRelativePath(folder, full).Replace(Path.DirectorySeparatorChar, '/')
            : null;
}
