using System.Collections.Immutable;
using CustomerService.Grains.ServiceLevels;
using FsCheck;
using FsCheck.Fluent;
using static CustomerService.Grains.Tests.ServiceLevels.Calendars;

namespace CustomerService.Grains.Tests.ServiceLevels;

public sealed class BusinessTimeTests
{
    private static readonly BusinessCalendar Berlin = Weekdays("Europe/Berlin", (8 * 60, 12 * 60), (13 * 60, 18 * 60));

    [Fact]
    public void AnyStretch_CountsAsMinuteByMinute() => ForAny((calendar, random) =>
    {
        var from = Near(random, Night(random));
        var until = from.AddMinutes(random.Next(4000));

        Assert.Equal(CountedMinutes(calendar, from, until), BusinessTime.Between(calendar, from, until) / 60, 0.000001);
        Assert.Equal(CountedMinutes(calendar, from, from.AddMinutes(1)) > 0, BusinessTime.IsOpen(calendar, from));
    }, tests: 400);

    [Fact]
    public void WhatIsAdded_IsBetween_AndNoEarlierInstantHasIt() => ForAny((calendar, random) =>
    {
        var from = Near(random, Night(random)).AddSeconds(random.NextDouble() * 60);
        var seconds = random.NextDouble() * 300_000;
        if (BusinessTime.Add(calendar, from, seconds) is not { } due)
        {
            Assert.True(BusinessTime.Between(calendar, from, from.AddDays(BusinessTime.HorizonDays)) < seconds);
            return;
        }

        Assert.Equal(seconds, BusinessTime.Between(calendar, from, due), 0.000001);
        Assert.True(BusinessTime.Between(calendar, from, due.AddMilliseconds(-1)) < seconds);
    });

    [Fact]
    public void Stretches_AddUp() => ForAny((calendar, random) =>
    {
        var night = Night(random);
        DateTimeOffset[] instants = [.. Enumerable.Range(0, 3).Select(_ => Near(random, night).AddDays(random.Next(random.Next(2) == 0 ? 9 : 3000))).Order()];
        var (first, second, whole) = (
            BusinessTime.Between(calendar, instants[0], instants[1]),
            BusinessTime.Between(calendar, instants[1], instants[2]),
            BusinessTime.Between(calendar, instants[0], instants[2]));

        Assert.Equal(whole, first + second, 0.000001);
        Assert.True(first >= 0 && second >= 0);
    });

    [Fact]
    public void OpeningsAndClosings_AreWhereItChanges() => ForAny((calendar, random) =>
    {
        var at = Near(random, Night(random));
        if (BusinessTime.NextOpening(calendar, at) is { } opening)
        {
            Assert.True(opening > at && BusinessTime.IsOpen(calendar, opening) && !BusinessTime.IsOpen(calendar, opening.AddTicks(-1)));
            if (!BusinessTime.IsOpen(calendar, at))
                Assert.Equal(0, BusinessTime.Between(calendar, at, opening));
        }

        if (BusinessTime.NextClosing(calendar, at) is { } closing)
        {
            Assert.True(closing > at && !BusinessTime.IsOpen(calendar, closing) && BusinessTime.IsOpen(calendar, closing.AddTicks(-1)));
            if (BusinessTime.IsOpen(calendar, at))
                Assert.Equal((closing - at).TotalSeconds, BusinessTime.Between(calendar, at, closing), 0.000001);
        }
    });

    [Theory]
    [InlineData(3, 29, 23)]
    [InlineData(10, 25, 25)]
    [InlineData(3, 30, 24)]
    public void AWholeDay_IsAsLongAsItIs(int month, int day, int hours)
    {
        var always = Every("Europe/Berlin", [.. Enum.GetValues<DayOfWeek>()], (0, 1440));
        var open = always with { Exceptions = [new CalendarException(new DateOnly(2026, 1, 1), "closed", [])] };
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var from = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(new DateTime(2026, month, day), zone));
        var until = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(new DateTime(2026, month, day).AddDays(1), zone));

        Assert.Equal(hours * 3600, BusinessTime.Between(open, from, until));
        Assert.Equal(hours * 3600, BusinessTime.Between(always, from, until));
    }

    [Fact]
    public void ALunchBreak_AndTheNight_DoNotCount()
    {
        var monday = Utc(2026, 6, 1, 9, 50); // 11:50 in Berlin

        Assert.Equal(Utc(2026, 6, 1, 11, 20), BusinessTime.Add(Berlin, monday, 30 * 60));
        Assert.Equal(Utc(2026, 6, 1, 10), BusinessTime.Add(Berlin, monday, 10 * 60));
        Assert.Equal(Utc(2026, 6, 2, 6, 1), BusinessTime.Add(Berlin, Utc(2026, 6, 1, 16), 60));
        Assert.Equal(Utc(2026, 6, 1, 10), BusinessTime.NextClosing(Berlin, monday));
        Assert.Equal(Utc(2026, 6, 1, 11), BusinessTime.NextOpening(Berlin, monday));
    }

    [Fact]
    public void ADayThatDiffers_HasItsOwnHours()
    {
        var calendar = Berlin with
        {
            Exceptions =
            [
                new CalendarException(new DateOnly(2026, 12, 25), "Christmas Day", []),
                new CalendarException(new DateOnly(2026, 12, 26), "Saturday sale", [new OpenSpan(DayOfWeek.Saturday, 10 * 60, 14 * 60)]),
            ],
        };

        Assert.False(BusinessTime.IsOpen(calendar, Utc(2026, 12, 25, 10)));
        Assert.Equal(Utc(2026, 12, 26, 9), BusinessTime.NextOpening(calendar, Utc(2026, 12, 24, 18)));
        Assert.Equal(4 * 3600, BusinessTime.Between(calendar, Utc(2026, 12, 24, 18), Utc(2026, 12, 27, 18)));
    }

    [Fact]
    public void ACalendarThatNeverOpens_HasNoInstantToGive()
    {
        var never = Weekdays("Europe/Berlin");
        var once = never with { Exceptions = [new CalendarException(new DateOnly(2026, 6, 3), "the one day", [new OpenSpan(DayOfWeek.Wednesday, 600, 660)])] };
        var now = Utc(2026, 6, 1, 9);

        Assert.Null(BusinessTime.Add(never, now, 1));
        Assert.Null(BusinessTime.NextOpening(never, now));
        Assert.Null(BusinessTime.NextClosing(never, now));
        Assert.Equal(now, BusinessTime.Add(never, now, 0));
        Assert.Equal(Utc(2026, 6, 3, 9), BusinessTime.Add(once, now, 3600));
        Assert.Null(BusinessTime.Add(once, now, 3601));
    }

    [Fact]
    public void NightsThatTouchAtMidnight_AreOneOpenTime()
    {
        var night = Every("Europe/Berlin", [.. Enum.GetValues<DayOfWeek>()], (22 * 60, 1440), (0, 6 * 60));

        Assert.Equal(Utc(2026, 6, 2, 4), BusinessTime.NextClosing(night, Utc(2026, 6, 1, 21)));
        Assert.Equal(Utc(2026, 6, 2, 20), BusinessTime.NextOpening(night, Utc(2026, 6, 1, 21)));
    }

    [Fact]
    public void RoundTheClock_ClosesOnlyOnTheDaysThatDiffer()
    {
        var always = Every("Europe/Berlin", [.. Enum.GetValues<DayOfWeek>()], (0, 1440));
        var christmas = always with { Exceptions = [new CalendarException(new DateOnly(2026, 12, 25), "Christmas Day", [])] };

        Assert.Equal(Utc(2026, 12, 24, 23), BusinessTime.NextClosing(christmas, Utc(2026, 6, 1, 9)));
        Assert.Equal(Utc(2026, 12, 25, 23), BusinessTime.NextOpening(christmas, Utc(2026, 6, 1, 9)));
        Assert.Null(BusinessTime.NextClosing(christmas, Utc(2026, 12, 26, 9)));
        Assert.Null(BusinessTime.NextClosing(always, Utc(2026, 12, 26, 9)));
    }

    [Fact]
    public void NoCalendar_IsAlwaysOpen()
    {
        var now = Utc(2026, 6, 1, 9);

        Assert.True(BusinessTime.IsOpen(null, now));
        Assert.Null(BusinessTime.NextOpening(null, now));
        Assert.Null(BusinessTime.NextClosing(null, now));
        Assert.Equal(now.AddSeconds(90), BusinessTime.Add(null, now, 90));
        Assert.Equal(0, BusinessTime.Between(null, now, now.AddHours(-1)));
        Assert.Null(BusinessTime.Add(null, now, double.PositiveInfinity));
    }

    /// <summary>An instant that was absent from a stored record arrives as the first of all; it must not fail a turn.</summary>
    [Fact]
    public void TheEndsOfTime_AreSafe()
    {
        Assert.Equal(DayOfWeek.Thursday, BusinessTime.Add(Berlin, DateTimeOffset.MinValue, 1)!.Value.DayOfWeek);
        Assert.Null(BusinessTime.Add(Berlin, DateTimeOffset.MaxValue, 1));
        Assert.False(BusinessTime.IsOpen(Berlin, DateTimeOffset.MaxValue));
        Assert.Null(BusinessTime.Add(null, DateTimeOffset.MaxValue, 1));
        Assert.True(BusinessTime.Between(Berlin, DateTimeOffset.MinValue, DateTimeOffset.MaxValue) > 0);
    }

    [Fact]
    public void ListsLeftOutOfStoredCalendars_MeanNone()
    {
        var calendar = new BusinessCalendar { Name = "bare", TimeZone = "Europe/Berlin", Week = default, Exceptions = default };

        Assert.False(BusinessTime.IsOpen(calendar, Utc(2026, 6, 1, 9)));
        Assert.Null(BusinessTime.NextOpening(calendar, Utc(2026, 6, 1, 9)));
    }

    private static void ForAny(Action<BusinessCalendar, Random> holds, int tests = 1500) =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            holds(Any(random), random);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(tests).WithEndSize(1_000_000));
}
