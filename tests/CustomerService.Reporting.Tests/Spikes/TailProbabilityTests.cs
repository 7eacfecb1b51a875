using CustomerService.Reporting.Spikes;

namespace CustomerService.Reporting.Tests.Spikes;

public sealed class TailProbabilityTests
{
    [Theory]
    [InlineData(3, 1, 1, 0.08030140)] // Poisson
    [InlineData(20, 10, 1, 0.00345434)]
    [InlineData(0, 10, 2, 1)]
    [InlineData(3, 2, 2, 0.3125)] // negative binomial, size 2, p 1/2
    [InlineData(30, 10, 3, 0.00391943)]
    public void Tail_is_what_tables_say(long count, double mean, double dispersion, double expected) =>
        Assert.Equal(expected, TailProbability.AtLeast(count, mean, dispersion), 0.0005 * expected + 1e-7);

    [Fact]
    public void Tail_falls_and_is_never_gone()
    {
        foreach (var (mean, dispersion) in new[] { (0.05, 1.0), (4, 1.5), (299, 3), (301, 3), (5000, 2) })
        {
            var last = 1.0;
            for (long count = 0; count < mean + 12 * Math.Sqrt(mean * dispersion) + 5; count += 1 + (long)(mean / 20))
            {
                var tail = TailProbability.AtLeast(count, mean, dispersion);
                Assert.InRange(tail, double.Epsilon, last + 1e-9);
                last = tail;
            }
        }
    }

    [Fact]
    public void Quantile_is_passed_as_seldom_as_it_says()
    {
        var most = TailProbability.Quantile(10, 2, 0.05);

        Assert.True(TailProbability.AtLeast(most + 1, 10, 2) <= 0.05 && TailProbability.AtLeast(most, 10, 2) > 0.05);
    }
}
