using CustomerService.Tests;

namespace CustomerService.Runtime.Tests;

public sealed class CallFiguresTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void NoCalls_AreNoRateAndNoTime() => Assert.Equal(default, new CallFigures(clock).LastMinute());

    [Fact]
    public void SteadyCalls_AreCountedOverTheMinuteOnly()
    {
        var figures = new CallFigures(clock);
        Call(figures, seconds: 200, perSecond: 5, TimeSpan.FromMilliseconds(2));

        Assert.InRange(figures.LastMinute().PerSecond, 4.9, 5.1);
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.InRange(figures.LastMinute().PerSecond, 2.3, 2.7);
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(default, figures.LastMinute());
    }

    [Fact]
    public void FirstSeconds_AreNotSpreadOverAMinute()
    {
        var figures = new CallFigures(clock);
        Call(figures, seconds: 10, perSecond: 8, TimeSpan.FromMilliseconds(1));

        Assert.InRange(figures.LastMinute().PerSecond, 7.2, 8.8);
    }

    [Fact]
    public void CallsAfterALongPause_AreAllThereIs()
    {
        var figures = new CallFigures(clock);
        Call(figures, seconds: 20, perSecond: 100, TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromHours(7));
        Call(figures, seconds: 1, perSecond: 60, TimeSpan.FromMilliseconds(3));

        var rate = figures.LastMinute();
        Assert.InRange(rate.PerSecond, 1, 1.02);
        Assert.InRange(rate.P99Milliseconds, 2.5, 3.75);
    }

    [Fact]
    public void Percentiles_AreRightWithinAQuarter()
    {
        var figures = new CallFigures(clock);
        foreach (var milliseconds in Enumerable.Range(1, 1000))
            Call(figures, TimeSpan.FromMilliseconds(milliseconds));

        var rate = figures.LastMinute();
        Assert.InRange(rate.P50Milliseconds, 400, 625);
        Assert.InRange(rate.P99Milliseconds, 800, 1240);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1_000)]
    [InlineData(59_000_000)]
    public void OneCall_IsItsOwnPercentile(long microseconds)
    {
        var figures = new CallFigures(clock);
        Call(figures, TimeSpan.FromMicroseconds(microseconds));

        Assert.InRange(figures.LastMinute().P99Milliseconds * 1000, microseconds, (microseconds * 1.25) + 1);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(3600)]
    public void TimesOutsideTheBuckets_CountAsTheNearest(int seconds)
    {
        var figures = new CallFigures(clock);
        Call(figures, TimeSpan.FromSeconds(seconds));

        var rate = figures.LastMinute();
        Assert.Equal(1, rate.PerSecond);
        Assert.InRange(rate.P50Milliseconds, 0, 70_000);
    }

    [Fact]
    public async Task ManyThreads_LoseNoCall()
    {
        var figures = new CallFigures(clock);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Call(figures, calls: 10_000))));

        Assert.Equal(80_000, figures.LastMinute().PerSecond, 0.5);
    }

    private void Call(CallFigures figures, int calls)
    {
        for (var call = 0; call < calls; call++)
            figures.Answered("queue", clock.GetTimestamp());
    }

    private void Call(CallFigures figures, TimeSpan took) => figures.Answered("queue", clock.GetTimestamp() - took.Ticks);

    private void Call(CallFigures figures, int seconds, int perSecond, TimeSpan took)
    {
        for (var second = 0; second < seconds; second++)
        {
            for (var call = 0; call < perSecond; call++)
                Call(figures, took);
            clock.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
