namespace CustomerService.Reporting.Figures;

/// <summary>Which cases figures are asked of.</summary>
/// <param name="From">Those that began then or later,</param>
/// <param name="Until">and before this.</param>
/// <param name="Zone">Where hours and days are those of the clock on the wall.</param>
public sealed record FiguresQuestion(DateTimeOffset From, DateTimeOffset Until, TimeZoneInfo Zone)
{
    public const int MaxDays = 366;

    /// <summary>Only of this channel; null: of all. So with the others.</summary>
    public string? Channel { get; init; }

    /// <summary>ISO 639-1.</summary>
    public string? Language { get; init; }

    public string? Intent { get; init; }

    public string? Queue { get; init; }

    /// <summary>As long before.</summary>
    public DateTimeOffset Before => From - (Until - From);

    /// <summary>Whole days by the wall clock, of which the last is today, as far as it has come.</summary>
    public static FiguresQuestion LastDays(int days, DateTimeOffset now, TimeZoneInfo zone) =>
        new(StartOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime).AddDays(1 - days), zone), now, zone);

    /// <summary>From the beginning of one day until the end of another.</summary>
    public static FiguresQuestion Days(DateOnly first, DateOnly last, TimeZoneInfo zone) => new(StartOf(first, zone), StartOf(last.AddDays(1), zone), zone);

    /// <summary>The first instant of a day; midnight, unless the clock jumps over it.</summary>
    internal static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var wall = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(wall))
            wall = wall.AddMinutes(15);
        return new DateTimeOffset(wall, zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall)).ToUniversalTime();
    }

    internal bool Asks(CaseRow row) =>
        (Channel is null || row.Channel == Channel) && (Language is null || row.Language == Language)
        && (Intent is null || row.Intent == Intent) && (Queue is null || row.Queue == Queue);
}
