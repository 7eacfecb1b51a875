using System.Collections.Immutable;
using CustomerService.Grains.ServiceLevels;
using FsCheck;
using FsCheck.Fluent;
using static CustomerService.Grains.Tests.ServiceLevels.Calendars;

namespace CustomerService.Grains.Tests.ServiceLevels;

public sealed class ServiceClockTests
{
    private static readonly QueueTerms Office = new()
    {
        Version = "1",
        Calendar = Weekdays("Europe/Berlin", (8 * 60, 12 * 60), (13 * 60, 18 * 60)),
        WarnAt = 0.75,
    };

    private static readonly DateTimeOffset Monday = Utc(2026, 6, 1, 6); // 08:00 in Berlin

    private static ServiceClock AnHour => ServiceClock.Start(ServiceClocks.FirstResponse, 3600, Office, Monday);

    [Fact]
    public void Clock_WarnsAndBreaches_EachOnce()
    {
        var quiet = AnHour.Review(Monday.AddMinutes(44));
        var warned = quiet.Clock.Review(Monday.AddMinutes(45));
        var again = warned.Clock.Review(Monday.AddMinutes(46));
        var breached = again.Clock.Review(Monday.AddMinutes(60));
        var later = breached.Clock.Review(Monday.AddMinutes(90));

        Assert.Equal((false, false), (quiet.Warned, quiet.Breached));
        Assert.Equal((true, false), (warned.Warned, warned.Breached));
        Assert.Equal((false, false), (again.Warned, again.Breached));
        Assert.Equal((false, true), (breached.Warned, breached.Breached));
        Assert.Equal((false, false), (later.Warned, later.Breached));
    }

    [Fact]
    public void LateReview_TellsTheBreachAlone()
    {
        var late = AnHour.Review(Monday.AddDays(3));

        Assert.Equal((false, true), (late.Warned, late.Breached));
        Assert.True(late.Clock.Warned);
    }

    [Fact]
    public void Alarm_IsTheWarningThenTheBreachThenNone()
    {
        var resolution = ServiceClock.Start(ServiceClocks.Resolution, 7200, Office, Monday);
        var warned = AnHour.Review(Monday.AddMinutes(45)).Clock;

        Assert.Equal(Monday.AddMinutes(45), ServiceClock.NextAlarm([resolution, AnHour]));
        Assert.Equal(Monday.AddMinutes(60), ServiceClock.NextAlarm([resolution, warned]));
        Assert.Equal(Monday.AddMinutes(90), ServiceClock.NextAlarm([resolution, warned.Review(Monday.AddHours(1)).Clock]));
        Assert.Null(ServiceClock.NextAlarm([warned.Review(Monday.AddHours(1)).Clock, resolution.Pause(Office, Monday)]));
        Assert.Null(ServiceClock.NextAlarm([]));
    }

    [Fact]
    public void LongPause_BreachesNothing()
    {
        var held = AnHour.Pause(Office, Monday.AddMinutes(10));
        var thawing = Monday.AddDays(364);
        var thawed = held.Resume(Office, thawing);

        Assert.Null(held.DueAt);
        Assert.False(held.Review(Monday.AddDays(200)).Breached);
        Assert.False(thawed.Review(thawing).Breached);
        Assert.Equal(600, thawed.SpentAt(Office, thawing));
        Assert.Equal(3000, BusinessTime.Between(Office.Calendar, thawing, thawed.DueAt!.Value));
    }

    [Fact]
    public void ClockThatSpentAllBeforeItsPause_BreachesWhenItRuns()
    {
        var paused = AnHour.Pause(Office, Monday.AddHours(2));

        Assert.True(paused.Resume(Office, Monday.AddDays(1)).Review(Monday.AddDays(1)).Breached);
    }

    [Fact]
    public void PauseAndResume_AreIdempotent()
    {
        var held = AnHour.Pause(Office, Monday.AddMinutes(10));
        var running = held.Resume(Office, Monday.AddMinutes(30));

        Assert.Equal(held, held.Pause(Office, Monday.AddMinutes(20)));
        Assert.Equal(running, running.Resume(Office, Monday.AddMinutes(40)));
    }

    [Fact]
    public void Breach_StaysWhereItWas()
    {
        var breached = AnHour.Review(Monday.AddMinutes(61)).Clock;
        var thawed = breached.Pause(Office, Monday.AddHours(2)).Resume(Office, Monday.AddHours(3));

        Assert.Equal(Monday.AddHours(1), thawed.DueAt);
        Assert.False(thawed.Review(Monday.AddDays(1)).Breached);
        Assert.False(thawed.Stop(Office, Monday.AddDays(1)).Met);
    }

    [Theory]
    [InlineData(30, 1800, true)]
    [InlineData(60, 3600, true)]
    [InlineData(61, 3660, false)]
    public void Stop_SaysWhatWasSpentAndWhetherItWasInTime(int minutes, double spent, bool met) =>
        Assert.Equal(new ServiceClockEnd(spent, met), AnHour.Stop(Office, Monday.AddMinutes(minutes)));

    [Fact]
    public void OtherTerms_CountOnlyWhatComesAfterThem()
    {
        var night = Office with { Version = "2", Calendar = null };
        var evening = Monday.AddHours(9.5); // half an hour before closing
        var clock = ServiceClock.Start(ServiceClocks.Resolution, 7200, Office, evening);
        var moved = clock.Under(night, Office, Monday.AddHours(11));

        Assert.Equal(1800, moved.Spent);
        Assert.Equal(Monday.AddHours(12.5), moved.DueAt);
    }

    /// <summary>The night in which 02:00–03:00 does not exist, and the one in which it comes twice.</summary>
    [Theory]
    [InlineData(2026, 3, 29)]
    [InlineData(2026, 10, 25)]
    public void NightsOfChange_TakeTheirRealTime(int year, int month, int day)
    {
        var terms = Office with { Calendar = Every("Europe/Berlin", [DayOfWeek.Sunday], (60, 4 * 60)) };
        var one = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(new DateTime(year, month, day, 1, 0, 0), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));
        var clock = ServiceClock.Start(ServiceClocks.NextResponse, 2 * 3600 - 1, terms, one);

        Assert.Equal(one.AddSeconds(7199), clock.DueAt);
        Assert.Equal(5400, clock.SpentAt(terms, one.AddMinutes(90)));
    }

    [Fact]
    public void ClockPutBack_TakesNothingAndGivesNothing()
    {
        var back = Monday.AddHours(-1);
        var paused = AnHour.Pause(Office, back);

        Assert.Equal(0, paused.Spent);
        Assert.Equal(0, AnHour.Stop(Office, back).SpentSeconds);
        Assert.False(AnHour.Review(back).Breached);
        Assert.True(AnHour.Stop(Office, back).Met);
        Assert.Equal(Monday.AddMinutes(45), ServiceClock.NextAlarm([AnHour.Review(back).Clock]));
    }

    /// <summary>However it is stopped and started, the time on the clock is what ran, and it breaches exactly when that reaches the target.</summary>
    [Fact]
    public void AnyPauses_TheClockCountsWhatRan() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var terms = Office with { Calendar = random.Next(4) == 0 ? null : Any(random) };
        var now = Near(random, Night(random));
        var clock = ServiceClock.Start(ServiceClocks.Resolution, 1 + random.Next(40_000), terms, now);
        var (ran, breaches) = (0d, 0);
        for (var step = 0; step < 12; step++)
        {
            var next = now.AddSeconds(random.Next(20_000));
            ran += clock.RunningSince is null ? 0 : BusinessTime.Between(terms.Calendar, now, next);
            now = next;
            var review = clock.Review(now);
            breaches += review.Breached ? 1 : 0;
            clock = random.Next(2) == 0 ? review.Clock.Pause(terms, now) : review.Clock.Resume(terms, now);
            Assert.Equal(ran, clock.SpentAt(terms, now), 0.001);
            if (Math.Abs(ran - clock.Target) > 0.01)
                Assert.Equal(ran > clock.Target, clock.Breached);
        }

        Assert.True(breaches <= 1);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(1_000_000));

    [Fact]
    public void ATier_HasItsTargets_ElseThoseOfAll_ElseTheDefaults()
    {
        var gold = new ServiceTargets(10, 20, 30);
        var all = new ServiceTargets(100, 200, 300);
        var terms = Office with { Targets = ImmutableDictionary<string, ServiceTargets>.Empty.Add("gold", gold).Add("*", all) };

        Assert.Equal(gold, terms.TargetsFor("gold"));
        Assert.Equal(all, terms.TargetsFor("silver"));
        Assert.Equal(all, terms.TargetsFor(null));
        Assert.Equal(ServiceTargets.Default, Office.TargetsFor("gold"));
        Assert.Equal(ServiceTargets.Default, (Office with { Targets = null! }).TargetsFor("gold"));
    }
}
