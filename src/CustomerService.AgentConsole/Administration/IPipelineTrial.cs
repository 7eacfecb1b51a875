using CustomerService.Pipelines.Traces;

namespace CustomerService.AgentConsole.Administration;

/// <summary>Plays a pipeline once with a made-up message. The composition's, as the page needs it.</summary>
public interface IPipelineTrial
{
    /// <summary>Every action is real, chat models that have a key too; nothing is sent or stored, and there are no orders to find.</summary>
    /// <param name="path">How findings name it.</param>
    /// <param name="message">What the customer writes, by chat.</param>
    /// <exception cref="FormatException">The pipeline has errors.</exception>
    ValueTask<TriedRun> RunAsync(string path, string text, string message, CancellationToken cancellation = default);
}

/// <param name="Resolution"><c>automated</c>, <c>human</c> or <c>error_fallback</c>.</param>
/// <param name="Answer">What the customer would read; null: nothing.</param>
/// <param name="Queue">Where people would get it; null: they would not.</param>
/// <param name="Reason">Why people would get it.</param>
public sealed record TriedRun(PipelineTrace Trace, string Resolution, string? Answer, string? Queue, string? Reason);
