using CustomerService.Simulation.Reports;

namespace CustomerService.Simulation.Tests.Reports;

public sealed class ErlangComparisonTests
{
    [Fact]
    public void SimpleCentres_WaitAsErlangSays()
    {
        // Few days, so a wide tolerance; `simulate --preset mmc` plays enough for a narrow one.
        var results = ErlangComparison.Play([new ErlangCase(4, 2.5, null, 3), new ErlangCase(10, 10, 1, 1)], seed: 1, played: null, CancellationToken.None);

        Assert.All(results, result => Assert.InRange(result.LargestDeviation, 0, 0.12));
        Assert.InRange(results[0].Expected.Waits, 0.29, 0.35);
        Assert.InRange(results[1].Played.GivesUp, 0.1, 0.15);
        Assert.Equal(0, results[0].Played.GivesUp);
    }

    [Fact]
    public void Disagreement_IsSaid()
    {
        var result = new ErlangResult(
            new ErlangCase(4, 2.5, null, 1), 1_000, new ErlangDraw(2.5, 30, 0), new ErlangFigures(0.3199, 7.2, 0), new ErlangFigures(0.01, 0.5, 0));

        var report = new ErlangReport([result]);

        Assert.False(report.Agrees);
        Assert.Contains("NOT within 3 % of the formulas: 12.", report.ToString(), StringComparison.Ordinal);
    }
}
