using CustomerService.Grains.Orleans.Clustering;
using CustomerService.Runtime.Effects;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Grains.Orleans.Tests.Clustering;

public sealed class HostRosterTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [RequiresFact("redis")]
    public async Task It_names_the_silos_that_live_and_tells_when_one_is_gone()
    {
        var settings = ClusterProcess.Settings(redis.Url, "roster");
        await using var first = await ClusterProcess.Silo(settings).StartAsync();
        await using var second = await ClusterProcess.Silo(settings).StartAsync();
        var (roster, other) = (Roster(first), Roster(second));
        Assert.True(await roster.RefreshAsync());
        Assert.Equal(new[] { roster.Me, other.Me }.Order(StringComparer.Ordinal), roster.Living.Order(StringComparer.Ordinal));
        var alone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        roster.Changed += () =>
        {
            if (roster.Living.Count == 1)
                alone.TrySetResult();
        };

        await second.StopAsync();

        await alone.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal([roster.Me], roster.Living);
    }

    [RequiresFact("redis")]
    public async Task Nobody_can_be_called_gone_while_the_table_cannot_be_reached()
    {
        await using var silo = await ClusterProcess.Silo(ClusterProcess.Settings(redis.Url, "unreached")).StartAsync();
        var roster = Roster(silo);
        await redis.StopAsync();

        Assert.False(await roster.RefreshAsync());

        await redis.StartAsync();
        Assert.Equal([roster.Me], roster.Living);
    }

    [RequiresFact("redis")]
    public async Task A_silo_that_was_restarted_is_another_host()
    {
        var settings = ClusterProcess.Settings(redis.Url, "restarted");
        await using var before = await ClusterProcess.Silo(settings).StartAsync();
        var port = before.Address.Endpoint.Port;
        await before.StopAsync();

        await using var after = await ClusterProcess.Silo(settings with { SiloPort = port }).StartAsync();

        Assert.NotEqual(Roster(before).Me, Roster(after).Me);
        Assert.DoesNotContain(Roster(before).Me, Roster(after).Living);
    }

    private static IHostRoster Roster(ClusterProcess silo) => silo.Services.GetRequiredService<IHostRoster>();
}
