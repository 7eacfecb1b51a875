using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Plans;

namespace CustomerService.Pipelines.Runs;

/// <summary>
/// Runs checked pipelines. Tasks whose dependencies have ended start at once, side by side; one that ends without
/// waiting for anything costs no thread. Safe for use by many runs at once.
/// </summary>
/// <param name="auto">Resolves <c>&lt;AUTO&gt;</c> with a chat model; null leaves it to the actions' own rules.</param>
public sealed class PipelineRunner(IAutoResolver? auto = null)
{
    /// <summary>Runs a plan once.</summary>
    /// <param name="inputs">What expressions find under <c>inputs</c>, see <see cref="PipelineInputs"/>.</param>
    /// <param name="scope">The run's own; give each run a new one.</param>
    /// <returns>How it ended. A failing task is a result, not an exception.</returns>
    /// <exception cref="OperationCanceledException">The caller gave the run up.</exception>
    public async ValueTask<PipelineResult> RunAsync(
        PipelinePlan plan, IReadOnlyDictionary<string, object?> inputs, RunScope scope, CancellationToken cancellation = default)
    {
        using var run = new PipelineRun(plan, inputs, scope, auto, cancellation);
        return await run.RunAsync();
    }
}
