using CustomerService.Reporting.Figures;

namespace CustomerService.Reporting.Tests.Figures;

public sealed class FiguresReportTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void Quantiles_AreValuesThatOccurred()
    {
        Assert.Equal(new Quantiles(10, 5, 9), Quantiles.Of([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]));
        Assert.Equal(new Quantiles(1, 3, 3), Quantiles.Of([3]));
        Assert.Equal(new Quantiles(3, 2, 300), Quantiles.Of([1, 300, 2]));
        Assert.Null(Quantiles.Of([]));
    }

    [Fact]
    public void Figures_AreOfTheTimeAskedFor_WithAsLongBefore()
    {
        var question = new FiguresQuestion(Utc(10, 0), Utc(11, 0), TimeZoneInfo.Utc);

        var report = FiguresReport.Of(question, [Case(Utc(8, 23)), Case(Utc(9, 0)), Case(Utc(9, 23)), Case(Utc(10, 0)), Case(Utc(10, 1)), Case(Utc(10, 2)), Case(Utc(11, 0))]);

        Assert.Equal(4, report.Total.Cases); // whoever asks gives no later ones
        Assert.Equal(Utc(9, 0), question.Before);
        Assert.Equal(24, report.Course.Length);
    }

    [Fact]
    public void AutomationRate_IsOfWhatWasTakenUp()
    {
        var waits = Case(Utc(10, 0));
        var automated = waits with { AssistantMessages = 1 };
        var handed = automated with { HandedOffAt = Utc(10, 1) };
        var written = automated with { PersonMessages = 1 };

        Assert.Equal(1.0 / 3, Measures.Of([waits, automated, handed, written]).AutomationRate);
        Assert.Null(Measures.Of([waits]).AutomationRate);
    }

    [Fact]
    public void Slices_AreByWhatCasesHave_TheMostFirst()
    {
        var report = FiguresReport.Of(
            new FiguresQuestion(Utc(10, 0), Utc(11, 0), TimeZoneInfo.Utc) { Language = "de" },
            [Case(Utc(10, 1), "sms", "de"), Case(Utc(10, 1), "chat", "de"), Case(Utc(10, 1), "chat", "de"), Case(Utc(10, 1), "chat", "en"), Case(Utc(10, 1), "chat", null)]);

        Assert.Equal([("chat", 2), ("sms", 1)], report.Channels.Select(slice => (slice.Key, slice.Measures.Cases)));
        Assert.Equal(["de"], report.Languages.Select(slice => slice.Key));
        Assert.Equal([""], report.Intents.Select(slice => slice.Key));
        Assert.Empty(report.Queues);
    }

    [Fact]
    public void HoursAndDays_AreThoseOfTheWall_AlsoWhenItsClockIsChanged()
    {
        // In 2030 the clocks of Berlin go forward on March 31 and back on October 27.
        var spring = FiguresReport.Of(FiguresQuestion.Days(new DateOnly(2030, 3, 30), new DateOnly(2030, 4, 1), Berlin), [Case(new DateTimeOffset(2030, 3, 31, 22, 30, 0, TimeSpan.Zero))]);
        var short_ = FiguresReport.Of(FiguresQuestion.Days(new DateOnly(2030, 3, 31), new DateOnly(2030, 3, 31), Berlin), []);
        var autumn = FiguresReport.Of(FiguresQuestion.Days(new DateOnly(2030, 10, 26), new DateOnly(2030, 10, 28), Berlin), []);

        Assert.Equal([("2030-03-30", 0), ("2030-03-31", 0), ("2030-04-01", 1)], spring.Course.Select(slice => (slice.Key, slice.Measures.Cases)));
        Assert.Equal(1, spring.Hours[0].Measures.Cases);
        Assert.Equal(23, short_.Course.Length);
        Assert.Equal(["2030-10-26", "2030-10-27", "2030-10-28"], autumn.Course.Select(slice => slice.Key));
    }

    [Fact]
    public void LastDays_BeginAtTheWallsMidnight()
    {
        var question = FiguresQuestion.LastDays(7, new DateTimeOffset(2030, 1, 7, 23, 30, 0, TimeSpan.Zero), Berlin); // January 8 in Berlin

        Assert.Equal(new DateTimeOffset(2030, 1, 1, 23, 0, 0, TimeSpan.Zero), question.From);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("  @SUM(A1)", "'  @SUM(A1)")]
    [InlineData("-2", "'-2")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("plain - text", "plain - text")]
    [InlineData(-0.25, "-0.25")]
    [InlineData(null, "")]
    public void Cell_IsQuotedWhereItMust_AndNeverAFormula(object? value, string cell) => Assert.Equal(cell, CsvText.Cell(value));

    [Fact]
    public void Table_HasARowForEachSlice_AllOfTheSameLength()
    {
        var report = FiguresReport.Of(new FiguresQuestion(Utc(10, 0), Utc(11, 0), TimeZoneInfo.Utc), [Case(Utc(10, 1), "=chat()")]);

        var lines = FiguresCsv.Of(report).Split("\r\n");

        Assert.Equal(1 + 2 + 24 + 1 + 1 + 1 + 24 + 1, lines.Length);
        Assert.Single(lines[..^1].Select(line => line.Count(letter => letter == ',')).Distinct());
        Assert.Contains(lines, line => line.StartsWith("channel,'=chat(),2030-01-10T00:00:00Z", StringComparison.Ordinal));
    }

    private static DateTimeOffset Utc(int day, int hour) => new(2030, 1, day, hour, 0, 0, TimeSpan.Zero);

    private static CaseRow Case(DateTimeOffset at, string channel = "chat", string? language = "en") =>
        new() { ConversationId = "c", Number = 1, OpenedAt = at, Channel = channel, Language = language };
}
