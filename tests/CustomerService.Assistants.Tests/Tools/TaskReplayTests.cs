using CustomerService.Assistants.Tools.Replay;

namespace CustomerService.Assistants.Tests.Tools;

/// <summary>The retail benchmark's own actions end through our tools as they must, task by task.</summary>
public sealed class TaskReplayTests
{
    [RequiresFact("shared")]
    public async Task EveryTask_Runs_AndEndsAsTheBenchmarkExpects()
    {
        var tasks = ReplayTasks.Read(Retail("tasks.json"));
        var expected = ReplayTasks.ReadExpected(Retail("expected-even-tasks.json"));
        using var copies = new ShopCopies(Retail("db.json"));
        var different = new List<string>();
        foreach (var task in tasks)
        {
            using var shop = copies.Fresh();
            var got = await new TaskReplay(shop, TimeProvider.System).RunAsync(task, default);
            if (expected.TryGetValue(task.Id, out var must))
                different.AddRange(ReplayDifferences.Between(must, got).Select(line => $"task {task.Id}: {line}"));
        }

        Assert.Equal(114, tasks.Length);
        Assert.Equal(57, expected.Count);
        Assert.Empty(different);
    }

    [RequiresFact("shared")]
    public async Task TaskThatEndsOtherwise_IsToldWithTheFieldThatDiffers()
    {
        var task = ReplayTasks.Read(Retail("tasks.json")).First(candidate => candidate.Id == "0");
        var must = ReplayTasks.ReadExpected(Retail("expected-even-tasks.json"))["0"];
        must.Changed["orders"]!["#W2378156"]!["exchange_price_difference"] = 1.01;
        using var copies = new ShopCopies(Retail("db.json"));
        using var shop = copies.Fresh();

        var lines = ReplayDifferences.Between(must with { Outcomes = [.. must.Outcomes, "ok"] }, await new TaskReplay(shop, TimeProvider.System).RunAsync(task, default));

        Assert.Equal(2, lines.Count);
        Assert.Contains("expected 'ok', got 'no action'", lines[0], StringComparison.Ordinal);
        Assert.Contains("changed.orders.#W2378156.exchange_price_difference: expected 1.01", lines[1], StringComparison.Ordinal);
    }

    private static string Retail(string file) => Path.Combine(Requires.SharedFolder!, "data", "retail", file);
}
