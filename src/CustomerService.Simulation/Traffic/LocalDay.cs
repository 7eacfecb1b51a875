namespace CustomerService.Simulation.Traffic;

/// <summary>The clock on the wall of the centre.</summary>
internal static class LocalDay
{
    /// <param name="minute">After local midnight. Minutes that a change of the clocks leaves out come an hour later, as on people's watches.</param>
    public static DateTimeOffset At(DateOnly date, double minute, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public static DateOnly DateOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
