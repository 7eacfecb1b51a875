using System.Net;
using System.Net.Sockets;
using CustomerService.Grains.Orleans.Clustering;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace CustomerService.Grains.Orleans.Tests.Clustering;

public sealed class JoinTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [RequiresFact("redis")]
    public async Task Silos_and_a_client_find_one_another_by_Redis()
    {
        var settings = ClusterProcess.Settings(redis.Url, "found");
        await using var first = await ClusterProcess.Silo(settings).StartAsync();
        await using var second = await ClusterProcess.Silo(settings).StartAsync();
        await using var client = await ClusterProcess.Client(settings).StartAsync();

        var hosts = await client.Management.GetHosts(onlyActive: true);

        Assert.Equal(Addresses(first, second), hosts.Keys.ToHashSet());
        // Each silo is asked by the one in which the grain of management lives.
        Assert.Equal(2, (await client.Management.GetRuntimeStatistics([first.Address, second.Address])).Length);
    }

    [RequiresFact("redis")]
    public async Task Clusters_of_different_names_share_a_Redis_without_seeing_each_other()
    {
        await using var one = await ClusterProcess.Silo(ClusterProcess.Settings(redis.Url, "one")).StartAsync();
        await using var other = await ClusterProcess.Silo(ClusterProcess.Settings(redis.Url, "other")).StartAsync();

        Assert.Equal(Addresses(one), (await one.Management.GetHosts(onlyActive: true)).Keys.ToHashSet());
        Assert.Equal(Addresses(other), (await other.Management.GetHosts(onlyActive: true)).Keys.ToHashSet());
    }

    [RequiresFact("redis")]
    public async Task A_client_that_starts_first_waits_for_a_silo()
    {
        var settings = ClusterProcess.Settings(redis.Url, "waited-for");
        await using var client = ClusterProcess.Client(settings);
        var starting = client.StartAsync();
        await client.LoggedAsync("No silo of the cluster waited-for answers yet");

        await using var silo = await ClusterProcess.Silo(settings).StartAsync();
        await starting;

        Assert.Equal(Addresses(silo), (await client.Management.GetHosts(onlyActive: true)).Keys.ToHashSet());
    }

    [RequiresFact("redis")]
    public async Task Silos_join_though_all_that_were_there_were_killed()
    {
        var settings = ClusterProcess.Settings(redis.Url, "killed") with { Detection = FailureDetection.Default };
        await using var first = ClusterProcess.Silo(settings);
        await using var second = ClusterProcess.Silo(settings);
        // They signed eight seconds ago, so nobody may call them dead yet, and nobody is left who could have voted.
        var killed = await LeaveRowsAsync(first, signed: TimeProvider.System.GetUtcNow().AddSeconds(-8), count: 3);

        await Task.WhenAll(first.StartAsync(), second.StartAsync()).WaitAsync(TimeSpan.FromSeconds(60));

        var hosts = await first.Management.GetHosts(onlyActive: false);
        Assert.All(killed, silo => Assert.Equal(SiloStatus.Dead, hosts[silo]));
        Assert.Equal(Addresses(first, second), hosts.Where(host => host.Value == SiloStatus.Active).Select(host => host.Key).ToHashSet());
    }

    [Fact]
    public async Task One_silo_needs_no_Redis()
    {
        var settings = ClusterProcess.Settings(redis: null, "alone") with { ClientPort = FreePort() };
        await using var silo = await ClusterProcess.Silo(settings).StartAsync();
        await using var client = await ClusterProcess.Client(settings).StartAsync();

        Assert.Equal(Addresses(silo), (await client.Management.GetHosts(onlyActive: true)).Keys.ToHashSet());
    }

    [RequiresFact("redis")]
    public async Task A_silo_with_its_Redis_on_loopback_can_be_reached_from_this_machine_only()
    {
        await using var silo = await ClusterProcess.Silo(ClusterProcess.Settings(redis.Url, "loopback")).StartAsync();

        Assert.Equal(IPAddress.Loopback, silo.Address.Endpoint.Address);
        Assert.Equal(IPAddress.Loopback, silo.Gateway.Endpoint.Address);
    }

    [RequiresFact("redis")]
    public async Task A_silo_at_the_port_of_another_one_does_not_start_and_ends_nobody()
    {
        var settings = ClusterProcess.Settings(redis.Url, "one-port") with { SiloPort = FreePort() };
        await using var first = await ClusterProcess.Silo(settings).StartAsync();

        Assert.Throws<AddressInUseException>(() => ClusterProcess.Silo(settings));
        Assert.Throws<AddressInUseException>(() => ClusterProcess.Silo(settings with { SiloPort = 0, ClientPort = first.Gateway.Endpoint.Port }));

        Assert.Equal(SiloStatus.Active, (await first.Management.GetHosts(onlyActive: false))[first.Address]);
    }

    private static HashSet<SiloAddress> Addresses(params ClusterProcess[] silos) => [.. silos.Select(silo => silo.Address)];

    /// <summary>What silos leave behind that were killed all at once: they are called active, and nothing answers at their addresses.</summary>
    private static async Task<SiloAddress[]> LeaveRowsAsync(ClusterProcess silo, DateTimeOffset signed, int count)
    {
        var table = silo.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true, CancellationToken.None);
        var left = new SiloAddress[count];
        for (var i = 0; i < count; i++)
        {
            left[i] = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, FreePort()), 1000 + i);
            var row = new MembershipEntry
            {
                SiloAddress = left[i],
                Status = SiloStatus.Active,
                HostName = "gone",
                SiloName = $"gone-{i}",
                RoleName = "silo",
                StartTime = signed.UtcDateTime.AddHours(-1),
                IAmAliveTime = signed.UtcDateTime,
                SuspectTimes = [],
            };
            Assert.True(await table.InsertRowAsync(row, (await table.ReadAllAsync(CancellationToken.None)).Version.Next(), CancellationToken.None));
        }

        return left;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
