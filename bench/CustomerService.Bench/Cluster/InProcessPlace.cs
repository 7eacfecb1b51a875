using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores;
using CustomerService.Silo.Composition;

namespace CustomerService.Bench.Cluster;

/// <summary>The in-process host, as on one machine.</summary>
internal sealed class InProcessPlace : IPlace
{
    private readonly InProcessHost _host;

    private InProcessPlace(InProcessHost host, IGrainStore store) => (_host, Store) = (host, store);

    public IGrainClient Door => _host.Door;

    public IJournal Journal => _host.Journal;

    public IGrainStore Store { get; }

    public static async Task<IPlace> StartAsync(OpenStore open, Func<IGrainClient, IEnumerable<IWorkPerformer>> performers) =>
        await StartAsync(await open("one-machine"), performers);

    /// <param name="store">Closed with the place.</param>
    public static async Task<IPlace> StartAsync(IGrainStore store, Func<IGrainClient, IEnumerable<IWorkPerformer>> performers)
    {
        var host = new InProcessHost(GrainCatalog.All, store, performers, new InProcessOptions { Workers = SiloSettings.DefaultWorkers });
        await host.StartAsync();
        return new InProcessPlace(host, store);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await Store.DisposeAsync();
    }
}
