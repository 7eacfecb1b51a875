using CustomerService.AgentConsole.Administration;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Plans;
using CustomerService.Pipelines.Runs;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Owners;

/// <summary>Runs a pipeline once on grains of a throw-away store, so that nothing is left behind.</summary>
internal sealed class PipelineTrial(SiloSettings settings, ILoggerFactory logs, TimeProvider time) : IPipelineTrial, IDisposable
{
    /// <summary>Each loads models and articles of its own.</summary>
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public async ValueTask<TriedRun> RunAsync(string path, string text, string message, CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            var inputs = new Dictionary<string, object?> { ["content"] = message, ["channel"] = "chat" };
            var (result, outcome) = await PlayAsync(settings, null, logs, time, parts => parts.Checker.Check(text, path), inputs, cancellation);
            return new TriedRun(result.Trace, outcome.ResolutionType, outcome.Answer?.Text, outcome.Handoff?.Queue, outcome.Handoff?.Reason);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <param name="data">The folder with the orders to answer from; null: there are none.</param>
    /// <exception cref="FormatException">The pipeline has errors; the message lists them.</exception>
    public static async Task<(PipelineResult Result, RunOutcome Outcome)> PlayAsync(
        SiloSettings settings, string? data, ILoggerFactory logs, TimeProvider time, Func<PipelineParts, PipelineCheckReport> check, IEnumerable<KeyValuePair<string, object?>> inputs, CancellationToken cancellation)
    {
        using var temporary = new TemporaryFolder();
        await using var store = SqliteStore.Open(temporary.Path);
        using var host = new InProcessHost(GrainCatalog.All, store);
        await host.StartAsync(cancellation);
        try
        {
            var orders = data is null ? new DataFolder(temporary.Path) : DataFolder.Create(data);
            await using var parts = PipelineParts.Compose(host.Inside, settings, orders, logs, time);
            var plan = check(parts).PlanOrThrow();
            var all = new Dictionary<string, object?>(settings.PipelineInputs(parts.Routing.Current));
            foreach (var (name, value) in inputs)
                all[name] = value;
            var scope = new RunScope(PipelineInputs.ContextOf(all, time.GetUtcNow()), time);
            var result = await parts.Runner.RunAsync(plan, PipelineInputs.Of(scope.Context, all), scope, cancellation);
            return (result, RunOutcomeBuilder.Build(result, scope, parts.Routing.Current));
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    public void Dispose() => _oneAtATime.Dispose();
}
