using CustomerService.AgentConsole.Administration;
using CustomerService.Pipelines.Plans;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Owners;

/// <summary>Pipelines' plans, by the check that the program itself puts them in force by.</summary>
internal sealed class PipelinePlans(SiloSettings settings, FileChecks checks) : IPipelinePlans
{
    public string? InForce { get; } =
        OwnerPathOf(settings.Content.Path, settings.PipelineFile ?? settings.Content.DefaultPipeline);

    public ValueTask<PipelineCheckReport> CheckAsync(string path, string text) => checks.CheckPipelineAsync(text, path);

    private static string? OwnerPathOf(string content, string file) =>
        Path.GetRelativePath(Path.GetFullPath(content), Path.GetFullPath(file)).Replace(Path.DirectorySeparatorChar, '/') is var path && !path.StartsWith("..", StringComparison.Ordinal) ? path : null;
}
