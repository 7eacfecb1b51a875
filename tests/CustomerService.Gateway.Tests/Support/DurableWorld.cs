using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores.Sqlite;

namespace CustomerService.Gateway.Tests.Support;

/// <summary>The real runtime on a real SQLite file, with a gateway in front and a scripted pipeline.</summary>
internal sealed class DurableWorld : IAsyncDisposable
{
    private readonly SqliteStore _store;
    private readonly InProcessHost _host;

    private DurableWorld(SqliteStore store, InProcessHost host, RunningGateway gateway)
    {
        _store = store;
        _host = host;
        Gateway = gateway;
    }

    public RunningGateway Gateway { get; }

    public static async Task<DurableWorld> StartAsync(string folder)
    {
        var store = SqliteStore.Open(folder);
        var host = new InProcessHost(GrainCatalog.All, store, grains => [new ScriptedPipeline(grains)]);
        await host.StartAsync();
        return new DurableWorld(store, host, await RunningGateway.StartAsync(host.Door, host.Journal, new GrainWorld()));
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _host.StopAsync();
        _host.Dispose();
        await _store.DisposeAsync();
    }

    private sealed class ScriptedPipeline(IGrainClient grains) : IWorkPerformer
    {
        public Type Handles => typeof(RunPipeline);

        public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
        {
            var run = (RunPipeline)work;
            return await grains.AskAsync(origin, new GetRunContext(run.MessageId), cancellation) is RunContext context
                ? new CompleteRun(run.MessageId, Outcomes.Answer($"You said: {context.Message.Content}"))
                : null;
        }
    }
}
