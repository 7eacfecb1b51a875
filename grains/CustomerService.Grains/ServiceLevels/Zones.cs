namespace CustomerService.Grains.ServiceLevels;

/// <summary>From the wall clock of a place to instants.</summary>
internal static class Zones
{
    /// <summary>
    /// A zone by its IANA name. One that this machine does not know counts as UTC: settings with an unknown zone are refused at start, and
    /// a turn must not fail for ever because a machine's zone files went missing later.
    /// </summary>
    public static TimeZoneInfo Of(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>
    /// The first instant at which the wall clock has reached a time of a day. Of an hour that comes twice that is the first one; an hour
    /// that is left out is reached when the clock jumps over it. So later times never map to earlier instants, and spans that touch
    /// go on touching.
    /// </summary>
    /// <param name="minutes">After midnight; 1440 is the midnight that follows.</param>
    public static DateTimeOffset FirstInstant(TimeZoneInfo zone, DateOnly day, int minutes)
    {
        var wall = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddMinutes(minutes);
        var before = zone.GetUtcOffset(wall.AddDays(-2));
        var after = zone.GetUtcOffset(wall.AddDays(2));
        if (before == after || zone.GetUtcOffset(wall - before) == before)
            return Instant(wall - before);
        if (zone.GetUtcOffset(wall - after) == after)
            return Instant(wall - after);
        return Instant(ChangeWithin(zone, wall - after, wall - before, after));
    }

    /// <summary>The instant at which the offset becomes <paramref name="after"/>.</summary>
    private static DateTime ChangeWithin(TimeZoneInfo zone, DateTime from, DateTime until, TimeSpan after)
    {
        while (until - from > TimeSpan.FromTicks(1))
        {
            var middle = from + ((until - from) / 2);
            if (zone.GetUtcOffset(middle) == after)
                until = middle;
            else
                from = middle;
        }

        return until;
    }

    private static DateTimeOffset Instant(DateTime utc) => new(utc, TimeSpan.Zero);
}
