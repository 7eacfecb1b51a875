using CustomerService.Grains.ServiceLevels;

namespace CustomerService.Simulation.Chaos.Checking;

/// <summary>
/// Business time counted by hand: minute by minute, by what a clock on the wall shows. A minute is open when the wall clock has reached the
/// beginning of a span that day and not yet its end, so an hour that comes twice does not open again what has closed.
/// </summary>
/// <param name="calendar">Null: every hour counts.</param>
internal sealed class CountedHours(BusinessCalendar? calendar, DateTimeOffset start)
{
    /// <summary>A play lasts some hours at most; promises may reach over a day on which all is closed.</summary>
    private const int LongestMinutes = 4 * 24 * 60;

    private readonly DateTimeOffset _from = start.AddHours(-4);
    private readonly TimeZoneInfo _zone = calendar is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(calendar.TimeZone);
    private readonly List<bool> _isOpen = [];
    private readonly List<int> _openBefore = [0];
    private DateTime _reached;

    public bool IsOpen(DateTimeOffset at) => calendar is null || IsOpenIn(MinuteOf(at));

    /// <summary>The first minute that is open after one that is not; null: none soon.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset at)
    {
        for (var minute = MinuteOf(at); calendar is not null && minute < LongestMinutes - 1; minute++)
        {
            if (!IsOpenIn(minute) && IsOpenIn(minute + 1))
                return _from.AddMinutes(minute + 1);
        }

        return null;
    }

    public TimeSpan Between(DateTimeOffset from, DateTimeOffset until)
    {
        if (until <= from)
            return TimeSpan.Zero;
        return calendar is null ? until - from : OpenUntil(until) - OpenUntil(from);
    }

    /// <summary>Whether the clocks on the wall are set forward or back between two times.</summary>
    public bool ClocksChange(DateTimeOffset from, DateTimeOffset until) => _zone.GetUtcOffset(from) != _zone.GetUtcOffset(until);

    private TimeSpan OpenUntil(DateTimeOffset at)
    {
        var minute = MinuteOf(at);
        var begun = IsOpenIn(minute) ? at - _from.AddMinutes(minute) : TimeSpan.Zero;
        return TimeSpan.FromMinutes(_openBefore[minute]) + begun;
    }

    private int MinuteOf(DateTimeOffset at) => Math.Clamp((int)Math.Floor((at - _from).TotalMinutes), 0, LongestMinutes);

    private bool IsOpenIn(int minute)
    {
        while (_isOpen.Count <= minute)
        {
            var wall = TimeZoneInfo.ConvertTime(_from.AddMinutes(_isOpen.Count), _zone).DateTime;
            _reached = wall > _reached ? wall : _reached;
            var isOpen = IsOpenOnTheWall(_reached);
            _isOpen.Add(isOpen);
            _openBefore.Add(_openBefore[^1] + (isOpen ? 1 : 0));
        }

        return _isOpen[minute];
    }

    private bool IsOpenOnTheWall(DateTime wall)
    {
        var minute = (wall.Hour * 60) + wall.Minute;
        foreach (var exception in calendar!.Exceptions)
        {
            if (exception.Date == DateOnly.FromDateTime(wall))
                return exception.Hours.Any(span => span.From <= minute && minute < span.Until);
        }

        return calendar.Week.Any(span => span.Day == wall.DayOfWeek && span.From <= minute && minute < span.Until);
    }
}
