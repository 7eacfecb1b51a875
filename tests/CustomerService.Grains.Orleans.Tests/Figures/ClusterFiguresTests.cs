using CustomerService.Grains.Conversations;
using CustomerService.Grains.Orleans.Figures;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using static CustomerService.Grains.Orleans.Tests.Answerer;

namespace CustomerService.Grains.Orleans.Tests.Figures;

public sealed class ClusterFiguresTests(CustomerService.Tests.PostgreSqlServer server) : IClassFixture<CustomerService.Tests.PostgreSqlServer>
{
    [RequiresFact("postgresql")]
    public async Task EverySilo_SaysWhatItDoes_AndADeadOneIsListedNoMore()
    {
        await using var cluster = await TestCluster.StartAsync(await server.CreateMigratedAsync(), silos: 2, performers: (_, grains) => [new Answerer(grains)]);
        var ids = Enumerable.Range(0, 20).Select(n => Grain.Conversation($"counted-{n}")).ToArray();
        foreach (var id in ids)
            await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));
        var figures = cluster.Client.GetRequiredService<ClusterFigures>();

        var reports = await figures.LookAsync();

        Assert.Equal(cluster.Silos.Select(silo => silo.SiloAddress.ToParsableString()).Order(), reports.Select(report => report.Address).Order());
        Assert.All(reports, report => Assert.Equal("Active", report.Status));
        Assert.Equal(20, reports.Sum(report => report.Figures!.Activations.GetValueOrDefault(GrainKinds.Conversation)));
        foreach (var silo in cluster.Silos)
        {
            var own = ids.Count(id => silo.SiloAddress.Equals(cluster.SiloOf(id)));
            Assert.Equal(own, reports.Single(report => report.Address == silo.SiloAddress.ToParsableString()).Figures!.Activations.GetValueOrDefault(GrainKinds.Conversation));
        }

        Assert.True(reports.Sum(report => report.Figures!.CallsPerSecond) > 0);
        Assert.All(reports, report => Assert.True(report.Figures!.MemoryMegabytes > 1));

        var killed = cluster.Silos.Last();
        await cluster.Cluster.KillSiloAsync(killed);
        var after = await figures.LookAsync();
        while (after.Length > 1)
            after = await figures.LookAsync();
        Assert.NotEqual(killed.SiloAddress.ToParsableString(), Assert.Single(after).Address);
    }

    [RequiresFact("postgresql")]
    public async Task ClusterWithoutSilos_IsToldAsUnavailable()
    {
        await using var cluster = await TestCluster.StartAsync(await server.CreateMigratedAsync(), silos: 1);
        await cluster.Cluster.KillSiloAsync(cluster.Silos.Single());

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await cluster.Client.GetRequiredService<ClusterFigures>().LookAsync());
    }
}
