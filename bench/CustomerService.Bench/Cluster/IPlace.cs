using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Stores;

namespace CustomerService.Bench.Cluster;

/// <summary>Where the product's grains live while they are measured.</summary>
internal interface IPlace : IAsyncDisposable
{
    /// <summary>How the outside asks grains.</summary>
    IGrainClient Door { get; }

    IJournal Journal { get; }

    IGrainStore Store { get; }

    /// <summary>Ends when all that was accepted is done and durable.</summary>
    Task StopAsync();
}

/// <summary>Opens the store under the name of the host that will own what it commits.</summary>
internal delegate Task<ISharedGrainStore> OpenStore(string owner);

/// <summary>Has the grains live somewhere.</summary>
/// <param name="open">The store is closed with the place.</param>
internal delegate Task<IPlace> StartPlace(OpenStore open, Func<IGrainClient, IEnumerable<IWorkPerformer>> performers);
