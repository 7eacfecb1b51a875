using System.Diagnostics.CodeAnalysis;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.ServiceLevels;

/// <summary>One stretch of open time.</summary>
/// <param name="IsWhole">False: it goes on for more than a year, and how long was not asked.</param>
internal readonly record struct OpenTime(DateTimeOffset From, DateTimeOffset Until, bool IsWhole = true);

/// <summary>The open times of a calendar in their order, a day at a time.</summary>
internal static class OpenTimes
{
    private const int MinutesOfDay = 24 * 60;

    private static readonly TimeSpan Endless = TimeSpan.FromDays(400);

    /// <summary>Beyond these nothing is open, so that nothing overflows at the ends of time.</summary>
    private static readonly DateOnly FirstDay = DateOnly.MinValue.AddDays(10), LastDay = DateOnly.MaxValue.AddDays(-10);

    public static bool IsAlwaysOpen([NotNullWhen(false)] BusinessCalendar? calendar)
    {
        if (calendar is null)
            return true;

        var minutes = 0;
        foreach (var span in calendar.Week.OrEmpty())
            minutes += span.Until - span.From;
        return minutes == 7 * MinutesOfDay && calendar.Exceptions.OrEmpty().IsEmpty;
    }

    /// <summary>Those that end after an instant, span by span; a calendar's spans may touch.</summary>
    public static IEnumerable<OpenTime> After(BusinessCalendar calendar, DateTimeOffset at, int days = BusinessTime.HorizonDays)
    {
        var zone = Zones.Of(calendar.TimeZone);
        var today = Today(zone, at);
        var last = today.AddDays(Math.Min(days, LastDay.DayNumber - today.DayNumber));
        var reached = DateTimeOffset.MinValue;
        for (var day = today; day <= last; day = day.AddDays(1))
        {
            foreach (var span in SpansOf(calendar, day))
            {
                var open = new OpenTime(Zones.FirstInstant(zone, day, span.From), Zones.FirstInstant(zone, day, span.Until));
                // Spans of bad settings that overlap are not counted twice.
                if (open.From < reached)
                    open = open with { From = reached };
                if (open.Until <= open.From)
                    continue;
                reached = open.Until;
                if (open.Until > at)
                    yield return open;
            }
        }
    }

    /// <summary>Those that end after an instant; what touches, as at midnight, is one. The one that goes on for more than a year is the last.</summary>
    public static IEnumerable<OpenTime> Joined(BusinessCalendar calendar, DateTimeOffset at)
    {
        OpenTime? growing = null;
        foreach (var open in After(calendar, at))
        {
            if (growing is { } whole && whole.Until != open.From)
            {
                yield return whole;
                growing = open;
            }
            else
            {
                growing = open with { From = growing?.From ?? open.From };
            }

            if (open.Until - growing.Value.From > Endless)
            {
                yield return growing.Value with { IsWhole = false };
                yield break;
            }
        }

        if (growing is { } rest)
            yield return rest;
    }

    /// <summary>The hours of one date, in their order: those of its exception, else those of its weekday.</summary>
    private static IEnumerable<OpenSpan> SpansOf(BusinessCalendar calendar, DateOnly day)
    {
        foreach (var exception in calendar.Exceptions.OrEmpty())
        {
            if (exception.Date == day)
                return exception.Hours.OrEmpty().OrderBy(span => span.From);
        }

        return calendar.Week.OrEmpty().Where(span => span.Day == day.DayOfWeek).OrderBy(span => span.From);
    }

    private static DateOnly Today(TimeZoneInfo zone, DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        if (day <= FirstDay)
            return FirstDay;
        return day >= LastDay ? LastDay : DateOnly.FromDateTime(at.UtcDateTime + zone.GetUtcOffset(at));
    }
}
