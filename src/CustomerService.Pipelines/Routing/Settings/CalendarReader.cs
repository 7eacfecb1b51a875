using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Routing.Settings;

/// <summary>Reads <c>calendars:</c>, with the days off of iCalendar files for this year and the next.</summary>
/// <param name="folder">Where holiday files are looked for.</param>
internal sealed class CalendarReader(Findings findings, string folder, DateOnly today)
{
    public ImmutableDictionary<string, BusinessCalendar> Read(YamlMapping? section)
    {
        var calendars = ImmutableDictionary.CreateBuilder<string, BusinessCalendar>(StringComparer.Ordinal);
        foreach (var (name, node) in section?.Entries ?? [])
        {
            if (node is YamlMapping map)
                calendars[name.Text] = ReadOne(name.Text, map);
            else
                findings.Error(node.At, $"the calendar '{name.Text}' is {node.Kind}, where a map is expected", "write 'time_zone:' and 'week:' under it");
        }

        return calendars.ToImmutable();
    }

    private BusinessCalendar ReadOne(string name, YamlMapping section)
    {
        var map = new MappingReader(section, $"the calendar '{name}'", findings, "time_zone", "week", "holidays", "special_days");
        var zone = map.RequiredText("time_zone", "Europe/Berlin");
        if (zone is { } written && !TimeZoneInfo.TryFindSystemTimeZoneById(written.Value, out _))
            findings.Error(written.At, $"there is no time zone '{written.Value}'", Suggestion.For(written.Value, TimeZoneInfo.GetSystemTimeZones().Select(known => known.Id)));
        var week = Week(map.Map("week"));
        if (map.Node("week") is null)
            findings.Error(section.At, $"the calendar '{name}' has no week", "add 'week:' with lines like 'mon-fri: 08:00-18:00' under it");
        var special = SpecialDays(map.Map("special_days"));
        var holidays = Holidays(map.List("holidays")).Where(day => special.All(other => other.Date != day.Date)).DistinctBy(day => day.Date);
        return new BusinessCalendar
        {
            Name = name,
            TimeZone = zone?.Value ?? "UTC",
            Week = week,
            Exceptions = [.. special.Concat(holidays).OrderBy(day => day.Date)],
        };
    }

    private ImmutableArray<OpenSpan> Week(YamlMapping? section)
    {
        var week = new List<OpenSpan>();
        foreach (var (key, value) in section?.Entries ?? [])
        {
            var days = OpenHours.Days(key.Text);
            if (days.IsEmpty)
                findings.Error(key.At, $"'{key.Text}' names no days", "write mon, mon-fri, 'sat, sun' or daily");
            foreach (var day in days)
            {
                week.AddRange(Hours(value, day));
                if (OpenHours.Overlap(week) is not var (first, second))
                    continue;
                findings.Error(
                    value.At, $"the hours {OpenHours.Write([first])} and {OpenHours.Write([second])} of {OpenHours.NameOf(second.Day)} overlap", "write each hour of a day once");
                return [];
            }
        }

        if (section is not null && week.Count == 0 && !findings.HasErrors)
            findings.Warning(section.At, "this calendar never opens", "add hours, like 'mon-fri: 08:00-18:00'");
        return [.. week.OrderBy(span => span.Day).ThenBy(span => span.From)];
    }

    private ImmutableArray<OpenSpan> Hours(YamlNode value, DayOfWeek day)
    {
        if (value is YamlScalar scalar && OpenHours.TryRead(scalar.Text, day, out var spans))
            return spans;
        findings.Error(value.At, $"{(value is YamlScalar { Text.Length: > 0 } text ? $"'{text.Text}'" : $"{value.Kind}, here,")} is no hours of a day", "write '08:00-12:00, 13:00-18:00', 'all day' or 'closed'");
        return [];
    }

    private ImmutableArray<CalendarException> SpecialDays(YamlMapping? section)
    {
        var days = ImmutableArray.CreateBuilder<CalendarException>();
        foreach (var (key, value) in section?.Entries ?? [])
        {
            if (!DateOnly.TryParseExact(key.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                findings.Error(key.At, $"'{key.Text}' is no date", "write it like 2026-12-24");
                continue;
            }

            var hours = Hours(value, date.DayOfWeek);
            if (OpenHours.Overlap(hours) is not null)
                findings.Error(value.At, $"the hours of {key.Text} overlap", "write each hour of a day once");
            if (hours.Any(span => span.Day != date.DayOfWeek))
                findings.Error(value.At, $"the hours of {key.Text} go on after midnight", "end them at 24:00, and give the next date hours of its own");
            days.Add(new CalendarException(date, "special hours", hours));
        }

        return days.ToImmutable();
    }

    private IEnumerable<CalendarException> Holidays(YamlSequence? list)
    {
        foreach (var item in list?.Items ?? [])
        {
            var text = (item as YamlScalar)?.Text.Trim() ?? "";
            if (text.EndsWith(".ics", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var (date, name) in DaysOff(text, item.At))
                    yield return new CalendarException(date, name, []);
            }
            else if (text.Length >= 10 && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                yield return new CalendarException(date, text.Length > 10 ? text[10..].Trim() : "holiday", []);
            }
            else
            {
                findings.Error(item.At, $"{(text.Length > 0 ? $"'{text}'" : item.Kind)} is neither a date nor an iCalendar file", "write '2026-12-24', '2026-12-24 Christmas Eve', or a file's name that ends in .ics");
            }
        }
    }

    private ImmutableSortedDictionary<DateOnly, string> DaysOff(string file, SourcePosition at)
    {
        var path = Path.GetFullPath(Path.Combine(folder, file));
        try
        {
            var from = new DateOnly(today.Year, 1, 1);
            var days = HolidayFile.Read(path, from, from.AddYears(2));
            if (days.IsEmpty)
                findings.Warning(at, $"{file} has no day off from {from.Year} to {from.Year + 1}", "take a newer file, or leave it out");
            return days;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            findings.Error(at, $"{file} can't be used: {Reason(fault)}", "give an iCalendar file with whole days, beside this file or by its path");
            return ImmutableSortedDictionary<DateOnly, string>.Empty;
        }
    }

    private static string Reason(Exception fault) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        _ => fault.Message.TrimEnd('.'),
    };
}
