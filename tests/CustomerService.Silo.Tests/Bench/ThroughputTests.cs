using CustomerService.Bench.Floor;
using CustomerService.Bench.Running;
using CustomerService.Bench.Throughput;
using CustomerService.Bench.Traffic;

namespace CustomerService.Silo.Bench;

public sealed class ThroughputTests
{
    private static readonly TrafficShape Small = new(200, 20, 1.1) { Repeated = 0.05 };

    [Fact]
    public async Task Traffic_through_the_whole_system_is_dealt_with_exactly_once()
    {
        var texts = await SortedTextsAsync();
        await using var system = await BenchSystem.StartAsync();

        var result = await new TrafficRun(system, window: 32).RunAsync(TrafficPlan.Make(Small, texts));

        Assert.Empty(result.Faults);
        Assert.Equal(200, result.Outcomes.Values.Sum());
        Assert.True(result.Outcomes[Outcome.Answered] > 100);
        Assert.True(result.Outcomes[Outcome.HandedOver] > 5);
        Assert.True(result.Repeated > 0);
        Assert.Equal(200, result.ToOutcome.Count);
        Assert.True(result.Transactions < result.Written.Rows);
        Assert.Equal(result.Written.Effects.Inserts, result.Written.Effects.Deletes);

        GroupCommitFloor.Run(result.Written, result.Transactions);
    }

    [Fact]
    public async Task A_message_that_is_missing_voids_the_result()
    {
        var texts = await SortedTextsAsync();
        await using var system = await BenchSystem.StartAsync();
        await new TrafficRun(system, window: 4).RunAsync(TrafficPlan.Make(Small with { Messages = 10 }, texts));

        var faults = await ExactlyOnce.CheckAsync(system.Host.Journal, messages: 11);

        Assert.Equal("11 messages were sent and 10 are in the journal", Assert.Single(faults));
    }

    private static async Task<CustomerTexts> SortedTextsAsync()
    {
        await using var system = await BenchSystem.StartAsync();
        return await CustomerTexts.SortAsync(system);
    }
}
