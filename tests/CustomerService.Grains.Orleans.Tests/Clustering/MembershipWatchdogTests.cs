using System.Collections.Concurrent;
using System.Globalization;
using CustomerService.Grains.Orleans.Clustering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Grains.Orleans.Tests.Clustering;

public sealed class MembershipWatchdogTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private readonly ConcurrentQueue<int> codes = new();

    [RequiresTheory("redis")]
    [InlineData("the table", "DEL forgotten/members/forgotten")]
    [InlineData("the row", "HDEL forgotten/members/forgotten {0}")]
    public async Task A_silo_whose_row_is_gone_ends_at_the_second_look(string what, string loss)
    {
        await using var silo = await ClusterProcess.Silo(ClusterProcess.Settings(redis.Url, "forgotten")).StartAsync();
        using var watchdog = Watchdog(silo);
        await watchdog.LookAsync(default);
        Assert.Equal(":1", await redis.SendAsync("COPY forgotten/members/forgotten kept"));
        Assert.Equal(":1", await redis.SendAsync(string.Format(CultureInfo.InvariantCulture, loss, silo.Address)));

        await watchdog.LookAsync(default);
        Assert.Empty(codes);
        await watchdog.LookAsync(default);

        // A silo that can't sign off would take minutes to stop in good order.
        await redis.SendAsync("COPY kept forgotten/members/forgotten REPLACE");
        await redis.SendAsync("DEL kept");
        Assert.True(codes.SequenceEqual([MembershipWatchdog.ExitCode]), $"Without {what} it should end, and did: {string.Join(", ", codes)}.");
        Assert.Equal(1, silo.Logged("no row"));
    }

    [RequiresFact("redis")]
    public async Task A_table_that_cannot_be_reached_ends_nobody_and_is_told_once()
    {
        await using var silo = await ClusterProcess.Silo(ClusterProcess.Settings(redis.Url, "unreached")).StartAsync();
        using var watchdog = Watchdog(silo);
        await watchdog.LookAsync(default);
        await redis.StopAsync();

        await watchdog.LookAsync(default);
        await watchdog.LookAsync(default);
        await redis.StartAsync();
        await watchdog.LookAsync(default);

        Assert.Empty(codes);
        Assert.Equal(1, silo.Logged("this silo goes on with what it knows"));
    }

    [RequiresFact("redis")]
    public async Task A_silo_that_has_not_joined_yet_is_left_alone()
    {
        await using var silo = ClusterProcess.Silo(ClusterProcess.Settings(redis.Url, "not-yet"));
        await silo.Services.GetRequiredService<global::Orleans.IMembershipTable>().InitializeMembershipTableAsync(true, default);
        using var watchdog = Watchdog(silo);

        await watchdog.LookAsync(default);
        await watchdog.LookAsync(default);
        await watchdog.LookAsync(default);

        Assert.Empty(codes);
    }

    [RequiresFact("redis")]
    public async Task It_looks_again_and_again()
    {
        await using var silo = await ClusterProcess.Silo(ClusterProcess.Settings(redis.Url, "again")).StartAsync();
        var time = new ManualTimeProvider();
        using var watchdog = Watchdog(silo, time);
        await watchdog.LookAsync(default);
        await watchdog.StartAsync(default);
        await redis.SendAsync("RENAME again/members/again away");

        // The clock goes on beside the looks, each of which asks Redis as this does.
        while (codes.IsEmpty)
        {
            time.Advance(MembershipWatchdog.Period);
            await redis.SendAsync("PING");
        }

        await redis.SendAsync("RENAME away again/members/again");
        await watchdog.StopAsync(default);
        Assert.All(codes, code => Assert.Equal(MembershipWatchdog.ExitCode, code));
    }

    [RequiresFact("redis")]
    public async Task It_watches_every_silo_that_has_a_Redis()
    {
        await using var silo = ClusterProcess.Silo(ClusterProcess.Settings(redis.Url, "watched"));

        Assert.Single(silo.Services.GetServices<IHostedService>().OfType<MembershipWatchdog>());
    }

    private MembershipWatchdog Watchdog(ClusterProcess silo, TimeProvider? time = null) =>
        ActivatorUtilities.CreateInstance<MembershipWatchdog>(silo.Services, (Action<int>)codes.Enqueue, time ?? TimeProvider.System);
}
