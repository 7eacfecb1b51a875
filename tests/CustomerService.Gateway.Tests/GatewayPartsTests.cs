using System.Diagnostics.Metrics;
using CustomerService.Gateway.Staff;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Gateway.Tests;

/// <summary>What a process takes of the gateway: figures where grains are, doors where callers are.</summary>
public sealed class GatewayPartsTests
{
    [Fact]
    public async Task Instruments_alone_count_what_grains_do_and_need_no_door()
    {
        var world = new GrainWorld();
        await using var process = Process(world, services => services.AddGatewayInstruments(["general"]));
        using var figures = new Figures(process.GetRequiredService<IMeterFactory>());
        await StartAsync(process);
        await world.AskAsync(Grain.Agent("ada"), new ConfigureAgent("Ada", ["general"], [], 1));
        await world.AskAsync(Grain.Agent("ada"), new SetPresence(Presences.Available));
        await world.AskAsync(Grain.Queue("general"), new Enqueue("c-1", 0, TimeProvider.System.GetUtcNow(), []));
        var desk = (AgentView)await world.AskAsync(Grain.Agent("ada"), new GetAgent());
        await world.AskAsync(Grain.Agent("ada"), new RejectOffer(Assert.Single(desk.Offers).OfferId, "lunch"));
        await process.GetRequiredService<QueueInstruments>().RefreshAsync(default);
        figures.Listener.RecordObservableInstruments();

        Assert.Equal(1, figures.Sum("offers", "outcome=rejected,queue_name=general"));
        Assert.Equal(1, figures.Sum("queue_size", "priority=normal,queue_name=general"));
    }

    [Fact]
    public async Task Doors_alone_know_the_queues_and_count_nothing()
    {
        var world = new GrainWorld();
        await using var process = Process(world, services => services.AddGatewayDoors(RunningGateway.Options));
        await StartAsync(process);

        Assert.Equal(["general"], process.GetRequiredService<KnownQueues>().Names);
        Assert.Null(process.GetService<QueueInstruments>());
        Assert.Null(process.GetService<InteractionInstruments>());
        Assert.Equal(1, world.Subscribers);
    }

    [Fact]
    public async Task Both_share_what_they_know()
    {
        var world = new GrainWorld();
        await using var process = Process(world, services => services.AddChatGateway(RunningGateway.Options));
        await StartAsync(process);

        Assert.Single(process.GetServices<KnownQueues>());
        Assert.Equal(3, world.Subscribers);
    }

    private static ServiceProvider Process(GrainWorld world, Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddMetrics().AddSingleton<IGrainClient>(world).AddSingleton<IJournal>(world).AddSingleton<IHints, InProcessHints>();
        add(services);
        return services.BuildServiceProvider();
    }

    private static async Task StartAsync(ServiceProvider process)
    {
        foreach (var service in process.GetServices<IHostedService>().Where(service => service.GetType().Assembly == typeof(ChatGateway).Assembly))
            await service.StartAsync(default);
    }
}
