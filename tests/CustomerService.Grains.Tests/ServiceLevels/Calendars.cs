using System.Collections.Immutable;
using CustomerService.Grains.ServiceLevels;

namespace CustomerService.Grains.Tests.ServiceLevels;

/// <summary>Calendars for tests, and the slow count that the real one is held against.</summary>
internal static class Calendars
{
    /// <summary>Zones that change at night, at midnight, by half an hour, never, and one that once left out a day.</summary>
    private static readonly string[] ZoneNames =
        ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "America/Havana", "Asia/Kolkata", "Pacific/Apia"];

    private static readonly DateTimeOffset[] Nights =
    [
        Utc(2026, 3, 28, 20), Utc(2026, 10, 24, 20), Utc(2026, 3, 7, 20), Utc(2026, 10, 31, 20), Utc(2026, 4, 4, 10), Utc(2026, 10, 3, 10), Utc(2011, 12, 29, 8),
        Utc(2026, 7, 1, 0),
    ];

    public static DateTimeOffset Utc(int year, int month, int day, int hour, int minute = 0) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);

    public static BusinessCalendar Weekdays(string zone, params (int From, int Until)[] hours) =>
        Every(zone, [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], hours);

    public static BusinessCalendar Every(string zone, DayOfWeek[] days, params (int From, int Until)[] minutes) => new()
    {
        Name = "test",
        TimeZone = zone,
        Week = [.. from day in days from span in minutes select new OpenSpan(day, span.From, span.Until)],
    };

    public static BusinessCalendar Any(Random random) => new()
    {
        Name = "any",
        TimeZone = ZoneNames[random.Next(ZoneNames.Length)],
        Week = [.. Enum.GetValues<DayOfWeek>().SelectMany(day => Spans(random, day))],
        Exceptions = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Exception(random))],
    };

    /// <summary>A whole minute within a few days of a night in which some clock changes.</summary>
    public static DateTimeOffset Near(Random random, DateTimeOffset night) => night.AddMinutes(random.Next(-2000, 2000));

    public static DateTimeOffset Night(Random random) => Nights[random.Next(Nights.Length)];

    /// <summary>Minute by minute: open while the latest time that the wall clock has shown is within the hours of its day.</summary>
    public static double CountedMinutes(BusinessCalendar calendar, DateTimeOffset from, DateTimeOffset until)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(calendar.TimeZone);
        var (shown, minutes) = (DateTime.MinValue, 0);
        for (var at = from.AddDays(-2); at < until; at = at.AddMinutes(1))
        {
            var wall = TimeZoneInfo.ConvertTime(at, zone).DateTime;
            shown = wall > shown ? wall : shown;
            if (at >= from && Holds(calendar, shown))
                minutes++;
        }

        return minutes;
    }

    private static bool Holds(BusinessCalendar calendar, DateTime wall)
    {
        var minute = (wall.Hour * 60) + wall.Minute;
        var special = calendar.Exceptions.FirstOrDefault(each => each.Date == DateOnly.FromDateTime(wall));
        return special is null
            ? calendar.Week.Any(span => span.Day == wall.DayOfWeek && span.From <= minute && minute < span.Until)
            : special.Hours.Any(span => span.From <= minute && minute < span.Until);
    }

    private static CalendarException Exception(Random random)
    {
        var date = DateOnly.FromDateTime(Near(random, Night(random)).UtcDateTime);
        return new CalendarException(date, "a day", [.. Spans(random, date.DayOfWeek)]);
    }

    private static IEnumerable<OpenSpan> Spans(Random random, DayOfWeek day)
    {
        int[] common = [0, 60, 90, 120, 150, 180, 1380, 1440];
        var marks = Enumerable.Range(0, 2 * random.Next(3)).Select(_ => random.Next(2) == 0 ? common[random.Next(common.Length)] : random.Next(1441));
        return marks.Distinct().Order().Chunk(2).Where(pair => pair.Length == 2).Select(pair => new OpenSpan(day, pair[0], pair[1]));
    }
}
