using CustomerService.Grains.Journal;
using CustomerService.Grains.Orleans;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Bench.Silos;

/// <summary>A silo with the product's grains.</summary>
internal sealed class TurnSilo : IAsyncDisposable
{
    private readonly IHost host;

    private TurnSilo(IHost host) => this.host = host;

    /// <summary>How the outside asks grains.</summary>
    public IGrainClient Door => host.Services.GetRequiredService<IGrainClient>();

    public IJournal Journal => host.Services.GetRequiredService<IJournal>();

    /// <param name="open">Opens the store for the owner of this name; it is closed with the silo.</param>
    /// <param name="workers">Pieces of outside work at a time.</param>
    public static async Task<TurnSilo> StartAsync(Func<string, Task<ISharedGrainStore>> open, int workers, Func<IGrainClient, IEnumerable<IWorkPerformer>> performers)
    {
        var options = new OrleansOptions();
        options = options with { Work = options.Work with { Workers = workers } };
        ISharedGrainStore? store = null;
        var host = await SiloProcess.StartAsync(
            silo =>
            {
                silo.Services.AddSingleton<ISharedGrainStore>(_ => store!);
                silo.AddCustomerServiceGrains(options, (_, grains) => performers(grains));
            },
            async services => store = await open(services.GetRequiredService<IHostRoster>().Me));
        return new TurnSilo(host);
    }

    public Task StopAsync() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
