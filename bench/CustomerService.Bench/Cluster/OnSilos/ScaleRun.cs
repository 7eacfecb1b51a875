using CustomerService.Bench.Database;
using CustomerService.Bench.Silos;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;

namespace CustomerService.Bench.Cluster.OnSilos;

/// <param name="Hops">Calls from one silo to another.</param>
internal sealed record ScaleResult(KeepingResult Kept, long Hops);

/// <summary>So many silos, each a process with its share of the processor; this process is their client and sends.</summary>
internal static class ScaleRun
{
    public static async Task<ScaleResult> RunAsync(BenchServer server, int silos, double? share, KeepingShape shape)
    {
        var database = (await server.CreateAsync()).ConnectionString;
        await PostgreSqlDatabase.MigrateAsync(database);
        var workers = new List<WorkerProcess>();
        try
        {
            var primary = SiloProcess.FreePort();
            for (var n = 0; n < silos; n++)
                workers.Add(await WorkerProcess.StartAsync(database, n == 0 ? primary : SiloProcess.FreePort(), primary));
            await using var keeper = await GrainKeeper.StartAsync(() => ClientPlace.StartAsync([.. workers.Select(worker => worker.ClientPort)], database));
            var run = new KeepingRun(keeper, shape, () => server.Processor);
            await run.PrepareAsync();
            // Compiled code and connections first, with all the machine's processors: a small share would spend its time on that.
            await new KeepingRun(keeper, shape, () => null, "warm").RunAsync();
            foreach (var worker in workers)
            {
                if (share is { } processors)
                    worker.Hold(processors);
            }

            var before = await HopsAsync();
            return new ScaleResult(await run.RunAsync(), await HopsAsync() - before);
        }
        finally
        {
            // The one that keeps the list of silos goes last.
            workers.Reverse();
            foreach (var worker in workers)
                await worker.DisposeAsync();
            await server.TidyAsync();
        }

        async Task<long> HopsAsync()
        {
            long hops = 0;
            foreach (var worker in workers)
                hops += await worker.HopsAsync();
            return hops;
        }
    }

    /// <summary>The silos as their client sees them.</summary>
    private sealed class ClientPlace(ClusterClient client, IGrainStore store) : IPlace
    {
        public IGrainClient Door => client.Door;

        public IJournal Journal => client.Journal;

        public IGrainStore Store => store;

        public static async Task<IPlace> StartAsync(int[] clientPorts, string database)
        {
            var store = await PostgreSqlStore.OpenAsync(database, "bench-client");
            return new ClientPlace(await ClusterClient.StartAsync(clientPorts, store), store);
        }

        public Task StopAsync() => client.StopAsync();

        public async ValueTask DisposeAsync()
        {
            await client.DisposeAsync();
            await store.DisposeAsync();
        }
    }
}
