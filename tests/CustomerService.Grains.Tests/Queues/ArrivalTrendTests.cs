using CustomerService.Grains.Queues;

namespace CustomerService.Grains.Tests.Queues;

public sealed class ArrivalTrendTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 4, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Poisson arrivals, the same in every run.</summary>
    private static (ArrivalTrend Trend, int Rushes) Play(ArrivalTrend trend, DateTimeOffset from, TimeSpan length, double perHour, int seed)
    {
        var random = new Random(seed);
        var rushes = 0;
        for (var at = from; ; rushes += trend.IsRush ? 1 : 0)
        {
            at += TimeSpan.FromHours(-Math.Log(1 - random.NextDouble()) / perHour);
            if (at > from + length)
                return (trend.AsOf(from + length), rushes);
            trend = trend.WithArrival(at);
        }
    }

    [Theory]
    [InlineData(12)]
    [InlineData(60)]
    [InlineData(600)]
    public void SteadyArrivals_AreMeasuredAndHardlyEverARush(double perHour)
    {
        var days = Enumerable.Range(1, 50).Select(seed => Play(default, Morning, TimeSpan.FromHours(8), perHour, seed)).ToList();

        Assert.InRange(days.Average(day => day.Trend.UsuallyPerHour) / perHour, 0.9, 1.1);
        Assert.InRange(days.Average(day => day.Trend.LatelyPerHour) / perHour, 0.8, 1.2);
        Assert.True(days.Count(day => day.Rushes > 0) <= 2, "More than one steady day in 25 was called a rush.");
    }

    [Theory]
    [InlineData(30, 150)]
    [InlineData(300, 900)]
    public void ManyMoreThanUsual_IsARushWithinMinutesAndPasses(double usual, double rush)
    {
        var (trend, _) = Play(default, Morning, TimeSpan.FromHours(3), usual, seed: 7);

        (trend, var rushes) = Play(trend, Morning.AddHours(3), TimeSpan.FromMinutes(10), rush, seed: 8);
        Assert.True(rushes > 0);
        (trend, _) = Play(trend, Morning.AddHours(3).AddMinutes(10), TimeSpan.FromMinutes(30), usual, seed: 9);
        Assert.False(trend.IsRush);
    }

    [Fact]
    public void TheFirstHalfHour_HasNothingUsualYet()
    {
        var (_, rushes) = Play(default, Morning, TimeSpan.FromMinutes(29), 2_000, seed: 3);

        Assert.Equal(0, rushes);
    }

    [Fact]
    public void FirstArrival_IsNoRate()
    {
        var trend = default(ArrivalTrend).WithArrival(Morning).AsOf(Morning.AddSeconds(1));

        Assert.InRange(trend.LatelyPerHour, 1, 20);
        Assert.InRange(trend.UsuallyPerHour, 0.1, 3);
    }

    [Fact]
    public void ClockThatGoesBack_ChangesNothing()
    {
        var trend = default(ArrivalTrend).WithArrival(Morning).WithArrival(Morning.AddMinutes(1));

        Assert.Equal(trend, trend.AsOf(Morning));
    }
}
