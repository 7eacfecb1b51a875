using System.Collections.Immutable;
using CustomerService.Pipelines.Definitions;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace CustomerService.Pipelines.Routing.Settings;

/// <summary>The whole days of an iCalendar file (RFC 5545), such as public holidays; those that come back every year too.</summary>
internal static class HolidayFile
{
    /// <summary>More days than that in two years are no holidays, and would make every promise long.</summary>
    private const int Most = 200;

    /// <param name="from">The first day that is asked for.</param>
    /// <param name="until">The day after the last one.</param>
    /// <exception cref="InvalidDataException">It is no iCalendar file, or a strange one; the message says what is wrong.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static ImmutableSortedDictionary<DateOnly, string> Read(string path, DateOnly from, DateOnly until)
    {
        var text = SourceText.Read(path);
        if (!text.TrimStart().StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException("it does not begin with BEGIN:VCALENDAR");
        try
        {
            var days = DaysOff(Calendar.Load(text) ?? throw new InvalidDataException("it holds no calendar"), from, until);
            return days.Count <= Most
                ? days
                : throw new InvalidDataException($"it has {days.Count} days off from {from:yyyy-MM-dd} until {until:yyyy-MM-dd}; {Most} are allowed");
        }
        catch (Exception fault) when (fault is not (InvalidDataException or OutOfMemoryException))
        {
            // The library has no exception of its own for a broken file.
            throw new InvalidDataException($"it is no iCalendar file: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }

    private static ImmutableSortedDictionary<DateOnly, string> DaysOff(Calendar calendar, DateOnly from, DateOnly until)
    {
        var days = ImmutableSortedDictionary.CreateBuilder<DateOnly, string>();
        foreach (var holiday in calendar.Events)
        {
            // The library leaves out what it can't read; a holiday must not get lost so.
            if (holiday.Start is not { } start)
                throw new InvalidDataException($"its event '{holiday.Summary ?? holiday.Uid}' has no DTSTART that is a date");
            if (start.HasTime)
                continue; // an hour's meeting closes nobody
            foreach (var (first, after) in Times(holiday, from, until))
            {
                for (var day = first < from ? from : first; day < after && day < until; day = day.AddDays(1))
                    days.TryAdd(day, holiday.Summary?.Trim() ?? "holiday");
            }
        }

        return days.ToImmutable();
    }

    /// <summary>First day and the day after the last, for each time that it takes place.</summary>
    private static IEnumerable<(DateOnly First, DateOnly After)> Times(CalendarEvent holiday, DateOnly from, DateOnly until)
    {
        var length = Math.Max(1, (holiday.End?.Date ?? holiday.Start!.Date.AddDays(1)).DayNumber - holiday.Start!.Date.DayNumber);
        var earliest = new CalDateTime(from.AddDays(-length));
        foreach (var time in holiday.GetOccurrences(earliest).TakeWhile(time => time.Period.StartTime.Date < until).Take(10 * Most))
            yield return (time.Period.StartTime.Date, time.Period.StartTime.Date.AddDays(length));
    }
}
