using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Plans;
using Microsoft.Extensions.Logging;

namespace CustomerService.Pipelines.Sources;

/// <summary>Where a run gets its plan from.</summary>
public interface IPipelineSource
{
    /// <summary>The plan in force now. A run that has begun keeps the one that it began with.</summary>
    PipelinePlan Current { get; }
}

/// <summary>A pipeline file in use.</summary>
/// <exception cref="PipelineFormatException">It can't be read or has errors; the message lists them, one a line.</exception>
public sealed class PipelineFile(string path, PipelineChecker checker, TimeProvider time, ILogger<PipelineFile> logger)
    : LiveContent<PipelinePlan>(path, () => [path], () => Read(path, checker, logger), time, logger), IPipelineSource
{
    private static PipelinePlan Read(string path, PipelineChecker checker, ILogger logger)
    {
        var report = checker.CheckFile(path);
        logger.LogFindings(report.Warnings);
        return report.PlanOrThrow();
    }
}
