using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.ServiceLevels;

namespace CustomerService.Pipelines.Definitions;

/// <summary>
/// Hours as settings write them: <c>08:00-12:00, 13:00-18:00</c>, <c>closed</c> or <c>all day</c>. Hours that end before they begin, like
/// <c>22:00-06:00</c>, go on into the next day.
/// </summary>
public static class OpenHours
{
    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>The days of a key such as <c>mon</c>, <c>mon-fri</c>, <c>sat, sun</c> or <c>daily</c>; empty when it is none.</summary>
    public static ImmutableArray<DayOfWeek> Days(string key)
    {
        if (key is "daily")
            return [.. Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7))];
        var days = ImmutableArray.CreateBuilder<DayOfWeek>();
        foreach (var part in key.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            var (first, last) = (Day(ends[0]), Day(ends[^1]));
            if (first < 0 || last < 0 || ends.Length > 2)
                return [];
            for (var day = first; ; day = (day + 1) % 7)
            {
                days.Add((DayOfWeek)day);
                if (day == last)
                    break;
            }
        }

        return days.ToImmutable();
    }

    /// <summary>The spans of a day, in their order; one that goes on after midnight gives a span of the next day too.</summary>
    /// <returns>False: the text is no hours.</returns>
    public static bool TryRead(string text, DayOfWeek day, out ImmutableArray<OpenSpan> spans)
    {
        spans = [];
        if (text.Trim() is "closed")
            return true;
        if (text.Trim() is "all day")
        {
            spans = [new OpenSpan(day, 0, 1440)];
            return true;
        }

        var found = ImmutableArray.CreateBuilder<OpenSpan>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length != 2 || Minute(ends[0]) is not (< 1440 and var from) || Minute(ends[1]) is not { } until || from == until)
                return false;
            if (from < until)
            {
                found.Add(new OpenSpan(day, from, until));
                continue;
            }

            found.Add(new OpenSpan(day, from, 1440));
            if (until > 0)
                found.Add(new OpenSpan((DayOfWeek)(((int)day + 1) % 7), 0, until));
        }

        spans = found.ToImmutable();
        return true;
    }

    /// <summary>Two spans of one day that share a minute; null when none do.</summary>
    public static (OpenSpan First, OpenSpan Second)? Overlap(IEnumerable<OpenSpan> spans)
    {
        OpenSpan? last = null;
        foreach (var span in spans.OrderBy(span => span.Day).ThenBy(span => span.From))
        {
            if (last is { } before && before.Day == span.Day && span.From < before.Until)
                return (before, span);
            last = span;
        }

        return null;
    }

    public static string NameOf(DayOfWeek day) => DayNames[(int)day];

    /// <summary><c>08:00-12:00, 13:00-18:00</c> or <c>closed</c>.</summary>
    public static string Write(IEnumerable<OpenSpan> spans)
    {
        var text = string.Join(", ", spans.OrderBy(span => span.From).Select(span => $"{Clock(span.From)}-{Clock(span.Until)}"));
        return text switch { "" => "closed", "00:00-24:00" => "all day", _ => text };
    }

    private static string Clock(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");

    private static int Day(string name) => Array.FindIndex(DayNames, known => name.Length >= 3 && name.StartsWith(known, StringComparison.OrdinalIgnoreCase) && IsDay(name, known));

    private static bool IsDay(string name, string known) =>
        name.Length == 3 || string.Equals(name, ((DayOfWeek)Array.IndexOf(DayNames, known)).ToString(), StringComparison.OrdinalIgnoreCase);

    private static int? Minute(string clock)
    {
        var parts = clock.Split(':');
        return parts.Length == 2 && parts[0].Length is 1 or 2 && parts[1].Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
            && minute < 60 && (hour < 24 || (hour == 24 && minute == 0))
            ? (hour * 60) + minute
            : null;
    }
}
