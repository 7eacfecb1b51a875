using CustomerService.Pipelines.Plans;

namespace CustomerService.AgentConsole.Administration;

/// <summary>What pipelines will do, to be drawn. The composition's, as the page needs it.</summary>
public interface IPipelinePlans
{
    /// <summary>The owner's file that messages go through; null: it lies outside of the content folder.</summary>
    string? InForce { get; }

    /// <summary>Checks a pipeline's text; its plan is there when it has no errors.</summary>
    ValueTask<PipelineCheckReport> CheckAsync(string path, string text);
}
