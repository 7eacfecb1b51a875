using CustomerService.Bench.Cluster;
using CustomerService.Bench.Database;
using CustomerService.Tests;

namespace CustomerService.Silo.Bench;

public sealed class KeepingTests
{
    private static readonly KeepingShape Small = new(200, 20, 1.1, 16);

    [RequiresFact("postgresql")]
    public async Task Everybody_keeps_every_message_once_and_the_server_counts_them()
    {
        await using var server = await BenchServer.StartAsync(null);
        var contestants = Contestants.All(stockScript: null);
        Assert.True(contestants.Count >= 2);
        foreach (var contestant in contestants)
        {
            var database = await server.CreateAsync(counting: true);
            DatabaseCounters before;
            await using (var keeper = await contestant.OpenAsync(database))
            {
                var run = new KeepingRun(keeper, Small, () => server.Processor);
                await run.PrepareAsync();
                before = await database.ReadAsync();
                var result = await run.RunAsync();

                Assert.Null(result.Fault);
                Assert.Equal(Small.Messages, result.ToDurable.Count);
                // What came before is known when it comes again.
                Assert.Equal(await keeper.KeepAsync(7, "again", "Hello?"), await keeper.KeepAsync(7, "again", "Hello?"));
            }

            await database.WhenLeftAsync();
            var counted = (await database.ReadAsync()).Since(before);
            if (!contestant.UsesDatabase)
                continue;
            // At least 360 characters a message, and never more than a commit each (some ticks, and the settling, besides).
            Assert.True(counted.WalBytes > 360 * Small.Messages, contestant.Name);
            Assert.InRange(counted.Commits, 1, Small.Messages + 20);
        }
    }

    [Fact]
    public async Task A_message_that_is_not_stored_voids_the_result()
    {
        var result = await new KeepingRun(new Forgetful(), Small, () => null).RunAsync();

        Assert.Equal("200 messages were sent and 190 are stored", result.Fault);
        Assert.Null(result.ServerProcessor);
    }

    [Fact]
    public async Task Two_messages_in_one_place_void_the_result()
    {
        var result = await new KeepingRun(new Forgetful { IsConfused = true }, Small, () => null).RunAsync();

        Assert.EndsWith("messages got a place that another one has", result.Fault, StringComparison.Ordinal);
    }

    /// <summary>Gives every message a place, and stores most of them.</summary>
    private sealed class Forgetful : IMessageKeeper
    {
        private long _taken;

        public bool IsConfused { get; init; }

        public Task<long> KeepAsync(int conversation, string messageId, string text) => Task.FromResult(IsConfused ? 1 : Interlocked.Increment(ref _taken));

        public Task SettleAsync() => Task.CompletedTask;

        public Task<long> CountAsync() => Task.FromResult(Math.Max(0, _taken - 10));

        public ValueTask DisposeAsync() => default;
    }
}
