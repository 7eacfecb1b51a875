using CustomerService.Bench.Figures;

namespace CustomerService.Silo.Bench;

public sealed class ScalingCurveTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.05, 0)]
    [InlineData(0.02, 0.004)]
    public void Throughputs_that_follow_the_law_give_its_numbers_back(double contention, double coherence)
    {
        var law = new ScalingCurve(contention, coherence);

        var fitted = ScalingCurve.Fit(1_000, new[] { 2, 4, 8 }.Select(silos => (silos, 1_000 * law.Speedup(silos))));

        Assert.Equal(contention, fitted.Contention, 6);
        Assert.Equal(coherence, fitted.Coherence, 6);
    }

    [Fact]
    public void One_point_is_told_as_contention() =>
        Assert.Equal(new ScalingCurve(0.25, 0), ScalingCurve.Fit(1_000, [(2, 1_600)]));
}
