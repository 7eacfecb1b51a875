using CustomerService.Grains.ServiceLevels;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Routing;

namespace CustomerService.Pipelines.Tests.Routing;

public sealed class CalendarSettingsTests : IDisposable
{
    private const string Holidays = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//test//EN
        BEGIN:VEVENT
        UID:1
        DTSTART;VALUE=DATE:20201225
        DTEND;VALUE=DATE:20201227
        RRULE:FREQ=YEARLY
        SUMMARY:The two days of Christmas\, as every ye
         ar
        END:VEVENT
        BEGIN:VEVENT
        UID:2
        DTSTART;VALUE=DATE:20260501
        SUMMARY:May Day
        END:VEVENT
        BEGIN:VEVENT
        UID:3
        DTSTART;VALUE=DATE:20240501
        SUMMARY:Long ago
        END:VEVENT
        BEGIN:VEVENT
        UID:4
        DTSTART;VALUE=DATE:20251230
        DTEND;VALUE=DATE:20260103
        SUMMARY:Turn of the year
        END:VEVENT
        BEGIN:VEVENT
        UID:5
        DTSTART:20260601T100000Z
        DTEND:20260601T110000Z
        SUMMARY:A meeting
        END:VEVENT
        BEGIN:VEVENT
        UID:6
        DTSTART;VALUE=DATE:20000101
        RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH
        SUMMARY:Fourth Thursday
        END:VEVENT
        END:VCALENDAR
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("holidays").FullName;

    [Fact]
    public void Calendar_HasItsWeekAndItsDays()
    {
        var office = Read("""
            calendars:
              office:
                time_zone: America/New_York
                week:
                  mon-fri: 08:00-12:00, 13:00-18:00
                  sat: closed
                holidays: [2026-07-04 Independence Day, 2026-12-25]
                special_days:
                  2026-12-24: 08:00-12:00
                  2026-12-25: 10:00-11:00
            """).Calendars["office"];

        Assert.Equal("America/New_York", office.TimeZone);
        Assert.Equal(10, office.Week.Length);
        Assert.Equal(new OpenSpan(DayOfWeek.Monday, 480, 720), office.Week[0]);
        Assert.Equal(
            [("2026-07-04", "Independence Day", 0), ("2026-12-24", "special hours", 1), ("2026-12-25", "special hours", 1)],
            office.Exceptions.Select(day => ($"{day.Date:yyyy-MM-dd}", day.Name, day.Hours.Length)));
    }

    [Fact]
    public void HolidayFile_GivesItsWholeDays_OfThisYearAndTheNext()
    {
        File.WriteAllText(Path.Combine(_folder, "days.ics"), Holidays.ReplaceLineEndings("\r\n"));

        var office = Read("calendars: { office: { time_zone: UTC, week: { daily: all day }, holidays: [days.ics] } }").Calendars["office"];

        Assert.Equal(
            [
                ("2026-01-01", "Turn of the year"), ("2026-01-02", "Turn of the year"), ("2026-05-01", "May Day"), ("2026-11-26", "Fourth Thursday"),
                ("2026-12-25", "The two days of Christmas, as every year"), ("2026-12-26", "The two days of Christmas, as every year"),
                ("2027-11-25", "Fourth Thursday"),
                ("2027-12-25", "The two days of Christmas, as every year"), ("2027-12-26", "The two days of Christmas, as every year"),
            ],
            office.Exceptions.Select(day => ($"{day.Date:yyyy-MM-dd}", day.Name)));
        Assert.False(BusinessTime.IsOpen(office, new DateTimeOffset(2026, 12, 26, 12, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("hello", "it does not begin with BEGIN:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:2026-13-45\nSUMMARY:New Year\nEND:VEVENT\nEND:VCALENDAR", "its event 'New Year' has no DTSTART that is a date")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=SOMETIMES\nEND:VEVENT\nEND:VCALENDAR", "it is no iCalendar file")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101", "it is no iCalendar file")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY\nEND:VEVENT\nEND:VCALENDAR", "days off from 2026-01-01 until 2028-01-01; 200 are allowed")]
    public void HolidayFile_ThatIsNone_IsRefusedWithItsPlace(string text, string reason)
    {
        File.WriteAllText(Path.Combine(_folder, "days.ics"), text);

        var fault = Assert.Throws<PipelineFormatException>(() => Read("calendars:\n  office:\n    time_zone: UTC\n    week: { daily: all day }\n    holidays: [days.ics]"));

        Assert.Contains("routing.yaml:5:16: error: days.ics can't be used: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HolidayFile_ThatIsNotThere_IsRefused() => Assert.Contains(
        "days.ics can't be used: there is no such file",
        Assert.Throws<PipelineFormatException>(() => Read("calendars: { office: { time_zone: UTC, week: { daily: all day }, holidays: [days.ics] } }")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void HolidayFile_OfYearsGoneBy_IsWarnedOf()
    {
        File.WriteAllText(Path.Combine(_folder, "days.ics"), "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20100101\nEND:VEVENT\nEND:VCALENDAR");

        var report = Check("calendars: { office: { time_zone: UTC, week: { daily: all day }, holidays: [days.ics] } }");

        Assert.Contains("days.ics has no day off from 2026 to 2027", Assert.Single(report.Warnings).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private RoutingRules Read(string yaml) => Check(yaml).RulesOrThrow();

    private RoutingCheckReport Check(string yaml) => RoutingCheck.Of(yaml, Path.Combine(_folder, "routing.yaml"), new ManualTimeProvider(Bench.Morning));
}
