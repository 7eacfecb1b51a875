using System.Collections.Immutable;

namespace CustomerService.Grains.ServiceLevels;

/// <summary>When a team works: spans of each weekday in a time zone, and the days that differ. Only these count for service levels.</summary>
public sealed record BusinessCalendar
{
    public required string Name { get; init; }

    /// <summary>An IANA time zone, such as <c>Europe/Berlin</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The usual week. Spans of one day may be several (a lunch break between) and never overlap.</summary>
    public ImmutableArray<OpenSpan> Week { get; init; } = [];

    /// <summary>Days that differ from the usual week, by date in the calendar's own time zone.</summary>
    public ImmutableArray<CalendarException> Exceptions { get; init; } = [];
}

/// <summary>Open from one minute of a day until before another.</summary>
/// <param name="From">Minutes after local midnight, 0 to 1439.</param>
/// <param name="Until">Minutes after local midnight, greater than <paramref name="From"/>, at most 1440.</param>
public readonly record struct OpenSpan(DayOfWeek Day, int From, int Until);

/// <summary>One date with hours of its own.</summary>
/// <param name="Name">Such as a holiday's name.</param>
/// <param name="Hours">The spans of that day (their weekday is that of the date); none: closed all day.</param>
public sealed record CalendarException(DateOnly Date, string Name, ImmutableArray<OpenSpan> Hours);
