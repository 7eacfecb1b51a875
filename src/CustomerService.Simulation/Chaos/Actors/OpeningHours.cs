using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Chaos.Actors;

/// <summary>When a play begins, and the business hours of its queues: short ones, that open and close while it is played.</summary>
/// <param name="ByQueue">A queue that is not named is always open.</param>
internal sealed record OpeningHours(DateTimeOffset Start, ImmutableSortedDictionary<string, BusinessCalendar> ByQueue)
{
    private const int MinutesOfDay = 24 * 60;

    private static readonly OpeningHours Always = new(new SimulationSettings().Start, ImmutableSortedDictionary<string, BusinessCalendar>.Empty);

    private static readonly ImmutableArray<string> Zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata"];

    /// <summary>When clocks are set forward or back: by an hour, and by half of one.</summary>
    private static readonly ImmutableArray<(string Zone, DateTimeOffset At)> ClockChanges =
    [
        ("Europe/Berlin", new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero)), ("Europe/Berlin", new(2026, 10, 25, 1, 0, 0, TimeSpan.Zero)),
        ("America/New_York", new(2026, 3, 8, 7, 0, 0, TimeSpan.Zero)), ("America/New_York", new(2026, 11, 1, 6, 0, 0, TimeSpan.Zero)),
        ("Australia/Lord_Howe", new(2026, 4, 4, 15, 0, 0, TimeSpan.Zero)), ("Australia/Lord_Howe", new(2026, 10, 3, 15, 30, 0, TimeSpan.Zero)),
    ];

    /// <summary>One play in three has no hours; of the others some are played by day, some around midnight, and some in a night in which clocks change.</summary>
    public static OpeningHours Drawn(Dice dice)
    {
        var kind = dice.Below(6);
        if (kind < 2)
            return Always;

        var (zone, start) = (dice.Pick(Zones), Always.Start);
        if (kind == 5)
            (zone, start) = dice.Pick(ClockChanges) is var (there, change) ? (there, change - Minutes(1 + dice.Below(12))) : default;
        else if (kind == 4)
            start = Midnight(zone) - Minutes(1 + dice.Below(12));

        var hours = ImmutableSortedDictionary.CreateBuilder<string, BusinessCalendar>(StringComparer.Ordinal);
        hours.Add(QueueNames.General, Calendar(QueueNames.General, zone, start, dice));
        if (dice.Chance(0.7))
            hours.Add("billing", Calendar("billing", zone, start, dice));
        return new OpeningHours(start, hours.ToImmutable());
    }

    private static BusinessCalendar Calendar(string name, string zone, DateTimeOffset start, Dice dice)
    {
        var local = TimeZoneInfo.ConvertTime(start, TimeZoneInfo.FindSystemTimeZoneById(zone));
        var today = DateOnly.FromDateTime(local.DateTime);
        var spans = Spans(today, (local.Hour * 60) + local.Minute, dice);

        // A date of its own instead of its weekday, which has other hours then, or none.
        var day = today.AddDays(dice.Below(2));
        ImmutableArray<CalendarException> exceptions = [];
        if (dice.Chance(0.4))
        {
            var closed = day > today && dice.Chance(0.3);
            exceptions = [new CalendarException(day, "stocktaking", closed ? [] : [.. spans.Where(span => span.Day == day.DayOfWeek)])];
            spans = [.. spans.Where(span => span.Day != day.DayOfWeek), .. closed || dice.Chance(0.5) ? [new OpenSpan(day.DayOfWeek, 0, MinutesOfDay)] : Array.Empty<OpenSpan>()];
        }

        return new BusinessCalendar { Name = name, TimeZone = zone, Week = spans, Exceptions = exceptions };
    }

    /// <summary>Open for some minutes, closed for a few, and so on, while the play goes on; then open to the end of the next day. Other days have office hours.</summary>
    private static ImmutableArray<OpenSpan> Spans(DateOnly today, int minute, Dice dice)
    {
        var spans = ImmutableArray.CreateBuilder<OpenSpan>();
        var from = Math.Max(0, minute - 20 - dice.Below(10));
        while (from < minute + 100)
        {
            var until = from + 2 + dice.Below(9);
            Add(spans, today, from, until);
            from = until + 1 + dice.Below(4);
        }

        Add(spans, today, from, 2 * MinutesOfDay);
        for (var day = today.AddDays(2); day < today.AddDays(7); day = day.AddDays(1))
            spans.AddRange(new OpenSpan(day.DayOfWeek, 9 * 60, 12 * 60), new OpenSpan(day.DayOfWeek, 13 * 60, 17 * 60));
        return spans.ToImmutable();
    }

    /// <param name="until">Minutes after the midnight in which today began; the span may go on tomorrow.</param>
    private static void Add(ImmutableArray<OpenSpan>.Builder spans, DateOnly today, int from, int until)
    {
        if (from < MinutesOfDay)
            spans.Add(new OpenSpan(today.DayOfWeek, from, Math.Min(until, MinutesOfDay)));
        if (until > MinutesOfDay)
            spans.Add(new OpenSpan(today.AddDays(1).DayOfWeek, Math.Max(0, from - MinutesOfDay), until - MinutesOfDay));
    }

    private static DateTimeOffset Midnight(string zone)
    {
        var midnight = Always.Start.Date.AddDays(1);
        return new DateTimeOffset(midnight, TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(midnight)).ToUniversalTime();
    }

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);
}
