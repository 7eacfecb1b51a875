using CustomerService.Grains.ServiceLevels;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Tests.Routing;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("2h", 7200)]
    [InlineData("7d", 604_800)]
    [InlineData("1h30m", 5400)]
    [InlineData("1h 30m", 5400)]
    [InlineData("0.5h", 1800)]
    [InlineData("500ms", 0.5)]
    [InlineData("45", 45)]
    [InlineData("0", 0)]
    public void LengthsOfTime_AreRead(string text, double seconds)
    {
        Assert.True(Durations.TryRead(text, out var length));
        Assert.Equal(seconds, length.TotalSeconds);
        Assert.True(Durations.TryRead(Durations.Write(seconds), out var again));
        Assert.Equal(length, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("5 apples")]
    [InlineData("-5s")]
    [InlineData("5s5")]
    [InlineData("1.2.3s")]
    [InlineData("s")]
    [InlineData("99999999999d")]
    public void AnythingElse_IsNone(string text) => Assert.False(Durations.TryRead(text, out _));

    [Theory]
    [InlineData(5400, "1h30m")]
    [InlineData(0, "0s")]
    [InlineData(86_461.5, "1d1m1.5s")]
    public void Writing_IsShort(double seconds, string text) => Assert.Equal(text, Durations.Write(seconds));

    [Theory]
    [InlineData("08:00-12:00, 13:00-18:00", "08:00-12:00, 13:00-18:00")]
    [InlineData("9:00-17:30", "09:00-17:30")]
    [InlineData("00:00-24:00", "all day")]
    [InlineData("all day", "all day")]
    [InlineData("closed", "closed")]
    public void Hours_AreReadAndWritten(string text, string written)
    {
        Assert.True(OpenHours.TryRead(text, DayOfWeek.Monday, out var spans));
        Assert.Equal(written, OpenHours.Write(spans));
        Assert.All(spans, span => Assert.Equal(DayOfWeek.Monday, span.Day));
    }

    [Fact]
    public void HoursOverMidnight_GoOnIntoTheNextDay()
    {
        Assert.True(OpenHours.TryRead("22:00-06:00", DayOfWeek.Saturday, out var night));
        Assert.Equal([new OpenSpan(DayOfWeek.Saturday, 1320, 1440), new OpenSpan(DayOfWeek.Sunday, 0, 360)], night.AsEnumerable());
        Assert.True(OpenHours.TryRead("22:00-00:00", DayOfWeek.Saturday, out var evening));
        Assert.Equal([new OpenSpan(DayOfWeek.Saturday, 1320, 1440)], evening.AsEnumerable());
    }

    [Theory]
    [InlineData("8-12")]
    [InlineData("08:00")]
    [InlineData("08:00-08:00")]
    [InlineData("08:60-12:00")]
    [InlineData("24:00-25:00")]
    [InlineData("08:00-12:00;13:00-18:00")]
    [InlineData("")]
    public void WhatIsNoHours_IsRefused(string text) => Assert.False(OpenHours.TryRead(text, DayOfWeek.Monday, out _));

    [Theory]
    [InlineData("mon", 1)]
    [InlineData("mon-fri", 5)]
    [InlineData("fri-mon", 4)]
    [InlineData("sat, sun", 2)]
    [InlineData("Monday", 1)]
    [InlineData("daily", 7)]
    [InlineData("weekdays", 0)]
    [InlineData("monkey", 0)]
    [InlineData("mon-", 0)]
    [InlineData("mon-tue-wed", 0)]
    public void Days_AreRead(string key, int count) => Assert.Equal(count, OpenHours.Days(key).Length);
}
