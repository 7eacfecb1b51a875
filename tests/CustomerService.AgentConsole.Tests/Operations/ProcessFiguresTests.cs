using System.Diagnostics.Metrics;
using CustomerService.Gateway.Staff;
using CustomerService.Pipelines.Circuits;

namespace CustomerService.AgentConsole.Tests.Operations;

public sealed class ProcessFiguresTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_breaker_is_closed_from_its_beginning_and_open_since_it_opened()
    {
        using var figures = new ProcessFigures(_time);
        var sign = new CircuitSign("model", "a model of this test");
        Assert.False(Ours(figures).IsOpen);

        _time.Advance(TimeSpan.FromMinutes(2));
        await sign.Opened();
        _time.Advance(TimeSpan.FromMinutes(3));
        await sign.Opened();

        Assert.Equal((true, _time.GetUtcNow() - TimeSpan.FromMinutes(3)), (Ours(figures).IsOpen, Ours(figures).Since));
        await sign.Closed();
        Assert.Equal((false, _time.GetUtcNow()), (Ours(figures).IsOpen, Ours(figures).Since));
    }

    [Fact]
    public void The_times_of_the_last_minutes_transactions_are_shown_and_older_ones_forgotten()
    {
        using var figures = new ProcessFigures(_time);
        using var meter = new Meter("a store of this test");
        var commits = meter.CreateHistogram<double>("runtime.store.commit_seconds");
        commits.Record(9);
        _time.Advance(TimeSpan.FromMinutes(6));
        foreach (var milliseconds in Enumerable.Range(1, 100))
            commits.Record(milliseconds / 1000.0);

        Assert.Equal(new CommitTimes(100, 50, 99), figures.Look().Commits);
    }

    private static ServiceCircuit Ours(ProcessFigures figures) => Assert.Single(figures.Look().Circuits, circuit => circuit.Name == "a model of this test");
}
