using CustomerService.Grains.Waiting;

namespace CustomerService.Grains.Tests.Waiting;

public sealed class RunningBandTests
{
    [Fact]
    public void Bounds_ComeToHoldHalfAndNineTenths()
    {
        var random = new Random(7);
        var (band, under50, under90) = (default(RunningBand), 0, 0);
        const int Figures = 20_000;
        for (var i = 0; i < Figures; i++)
        {
            // Exponential, and after the first half three times as wide: the bounds follow.
            var figure = -Math.Log(1 - random.NextDouble()) * (i < Figures / 2 ? 1 : 3);
            under50 += figure <= band.P50 ? 1 : 0;
            under90 += figure <= band.P90 ? 1 : 0;
            band = band.With(figure, late: 0);
        }

        Assert.InRange((double)under50 / Figures, 0.48, 0.52);
        Assert.InRange((double)under90 / Figures, 0.88, 0.92);
        Assert.InRange(band.P50, 3 * Math.Log(2) * 0.7, 3 * Math.Log(2) * 1.4);
    }

    [Theory]
    [InlineData(double.MinValue)]
    [InlineData(double.MaxValue)]
    public void ExtremeFigures_LeaveItFinite(double figure)
    {
        var band = default(RunningBand);
        for (var i = 0; i < 10_000; i++)
            band = band.With(figure, late: 0);

        Assert.InRange(band.P50, -60, 60);
        Assert.InRange(band.P90, -60, 60);
    }

    [Fact]
    public void WhatIsHeardLate_MovesABoundLess() =>
        Assert.True(default(RunningBand).With(10, late: 100).P90 < default(RunningBand).With(10, late: 0).P90 / 10);
}
