using CustomerService.Bench.Silos;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Stores;
using CustomerService.Silo.Composition;

namespace CustomerService.Bench.Cluster.OnSilos;

/// <summary>One silo in this process.</summary>
internal sealed class SiloPlace : IPlace
{
    private readonly TurnSilo _silo;

    private SiloPlace(TurnSilo silo, IGrainStore store) => (_silo, Store) = (silo, store);

    public IGrainClient Door => _silo.Door;

    public IJournal Journal => _silo.Journal;

    public IGrainStore Store { get; }

    public static async Task<IPlace> StartAsync(OpenStore open, Func<IGrainClient, IEnumerable<IWorkPerformer>> performers)
    {
        ISharedGrainStore? store = null;
        var silo = await TurnSilo.StartAsync(async owner => store = await open(owner), SiloSettings.DefaultWorkers, performers);
        return new SiloPlace(silo, store!);
    }

    public Task StopAsync() => _silo.StopAsync();

    public ValueTask DisposeAsync() => _silo.DisposeAsync();
}
