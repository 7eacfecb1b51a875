using CustomerService.Grains.ServiceLevels;
using CustomerService.Simulation.Chaos.Checking;

namespace CustomerService.Simulation.Tests.Chaos;

public sealed class CountedHoursTests
{
    private static readonly BusinessCalendar Nights = new()
    {
        Name = "nights",
        TimeZone = "Europe/Berlin",
        Week = [new(DayOfWeek.Sunday, 60, 150), new(DayOfWeek.Sunday, 170, 240), new(DayOfWeek.Monday, 0, 1440)],
        Exceptions = [new(new(2026, 3, 30), "stocktaking", [new(DayOfWeek.Monday, 10, 20)])],
    };

    [Fact]
    public void HourThatIsLeftOut_IsNotCounted()
    {
        // From 02:00 to 03:00, which is at 01:00 UTC. Open from 01:00 to then, and from then to 04:00.
        var hours = new CountedHours(Nights, At(29, 0));

        Assert.Equal(TimeSpan.FromMinutes(120), hours.Between(At(29, 0).AddHours(-2), At(29, 6)));
        Assert.True(hours.IsOpen(At(29, 1)));
        Assert.True(hours.ClocksChange(At(29, 0), At(29, 1)));
    }

    [Fact]
    public void HourThatComesTwice_DoesNotOpenAgainWhatHasClosed()
    {
        // From 03:00 to 02:00, which is at 01:00 UTC. Open from 01:00 to the first 02:30, and from the first 02:50 to 04:00.
        var first = new DateTimeOffset(2026, 10, 25, 0, 0, 0, TimeSpan.Zero);
        var hours = new CountedHours(Nights, first);

        Assert.Equal(TimeSpan.FromMinutes(90 + 130), hours.Between(first.AddHours(-2), first.AddHours(6)));
        Assert.False(hours.IsOpen(first.AddMinutes(40)));
        Assert.True(hours.IsOpen(first.AddMinutes(60 + 40)));
        Assert.Equal(first.AddMinutes(50), hours.NextOpening(first.AddMinutes(1)));
    }

    [Fact]
    public void ExceptionDay_HasItsOwnHours()
    {
        var hours = new CountedHours(Nights, At(29, 20));

        // Midnight there is at 22:00 UTC.
        Assert.Equal(TimeSpan.FromMinutes(10), hours.Between(At(29, 20), At(30, 20)));
        Assert.Equal(TimeSpan.FromSeconds(90), hours.Between(At(29, 20), At(29, 22).AddMinutes(10).AddSeconds(90)));
    }

    private static DateTimeOffset At(int day, int hour) => new(2026, 3, day, hour, 0, 0, TimeSpan.Zero);
}
