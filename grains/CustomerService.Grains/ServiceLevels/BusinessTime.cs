namespace CustomerService.Grains.ServiceLevels;

/// <summary>
/// Time as a calendar counts it. A calendar that is null is always open. All instants are real ones: a span over the night in which
/// the clocks go forward or back is as long as it lasts. Nothing looks further than <see cref="HorizonDays"/>.
/// </summary>
public static class BusinessTime
{
    /// <summary>What does not happen within ten years of the instant asked about is taken never to happen, so that no turn walks on without end.</summary>
    public const int HorizonDays = 3653;

    public static bool IsOpen(BusinessCalendar? calendar, DateTimeOffset at)
    {
        if (OpenTimes.IsAlwaysOpen(calendar))
            return true;

        // The first that ends after the instant is the only one that can hold it.
        foreach (var open in OpenTimes.After(calendar, at, days: 1))
            return open.From <= at;
        return false;
    }

    /// <summary>The first opening after an instant, also when it is open then; null: none within the horizon, or it stays open for more than a year.</summary>
    public static DateTimeOffset? NextOpening(BusinessCalendar? calendar, DateTimeOffset at)
    {
        if (OpenTimes.IsAlwaysOpen(calendar))
            return null;

        foreach (var open in OpenTimes.Joined(calendar, at))
        {
            if (open.From > at)
                return open.From;
        }

        return null;
    }

    /// <summary>The first closing after an instant, also when it is closed then; null: it never opens, or stays open for more than a year.</summary>
    public static DateTimeOffset? NextClosing(BusinessCalendar? calendar, DateTimeOffset at)
    {
        if (OpenTimes.IsAlwaysOpen(calendar))
            return null;

        foreach (var open in OpenTimes.Joined(calendar, at))
            return open.IsWhole ? open.Until : null;
        return null;
    }

    /// <summary>
    /// The seconds of business time from one instant until another, counted up to the horizon; 0 when the other is not later, as when a
    /// clock was put back.
    /// </summary>
    public static double Between(BusinessCalendar? calendar, DateTimeOffset from, DateTimeOffset until)
    {
        if (until <= from)
            return 0;
        if (OpenTimes.IsAlwaysOpen(calendar))
            return (until - from).TotalSeconds;

        var total = TimeSpan.Zero;
        foreach (var open in OpenTimes.After(calendar, from))
        {
            if (open.From >= until)
                break;
            total += Earlier(open.Until, until) - Later(open.From, from);
        }

        return total.TotalSeconds;
    }

    /// <summary>
    /// The earliest instant by which so many seconds of business time have passed: the closing time, not the next opening, when they end
    /// there. Null: never, for the calendar does not open so long.
    /// </summary>
    public static DateTimeOffset? Add(BusinessCalendar? calendar, DateTimeOffset from, double businessSeconds)
    {
        if (businessSeconds <= 0)
            return from;
        if (businessSeconds >= TimeSpan.FromDays(HorizonDays).TotalSeconds)
            return null;

        var left = TimeSpan.FromSeconds(businessSeconds);
        if (OpenTimes.IsAlwaysOpen(calendar))
            return DateTimeOffset.MaxValue - from > left ? from + left : null;

        foreach (var open in OpenTimes.After(calendar, from))
        {
            var begins = Later(open.From, from);
            var length = open.Until - begins;
            if (left <= length)
                return begins + left;
            left -= length;
        }

        return null;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
