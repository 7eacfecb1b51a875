using CustomerService.AgentConsole.Figures;

namespace CustomerService.AgentConsole.Tests;

public sealed class FiguresTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 7, 23, 30, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"); // where it is January 8

    [Theory]
    [InlineData("")]
    [InlineData("?days=1")]
    [InlineData("?days=30&channel=email&language=de&intent=refund_status&queue=a%26b")]
    [InlineData("?first=2030-01-01&last=2030-01-31")]
    public void What_was_asked_stands_in_the_address(string query)
    {
        var asked = FiguresAddress.Parse(query);

        Assert.Equal(asked, FiguresAddress.Parse("?" + asked));
        Assert.Equal(query is "" ? "days=7" : query[1..], asked.ToString());
    }

    [Theory]
    [InlineData("?days=0", "days=1")]
    [InlineData("?days=-3", "days=7")]
    [InlineData("?days=99999", "days=366")]
    [InlineData("?first=2030-02-01&last=2030-01-01", "days=7")]
    [InlineData("?first=1990-02-01&last=2030-01-01", "days=7")]
    [InlineData("?first=today", "days=7")]
    public void What_can_not_be_is_left_aside(string query, string asked) => Assert.Equal(asked, FiguresAddress.Parse(query).ToString());

    [Fact]
    public void Days_are_those_of_the_owner()
    {
        var week = FiguresAddress.Parse("").ToQuestion(Now, Berlin);
        var own = FiguresAddress.Parse("?first=2030-01-01&last=2030-01-02&channel=sms").ToQuestion(Now, Berlin);

        Assert.Equal((new DateTimeOffset(2030, 1, 1, 23, 0, 0, TimeSpan.Zero), Now), (week.From, week.Until));
        Assert.Equal((new DateTimeOffset(2029, 12, 31, 23, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(2), "sms"), (own.From, own.Until - own.From, own.Channel));
    }

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.84, "0.8 s")]
    [InlineData(45.0, "45 s")]
    [InlineData(210.0, "3.5 min")]
    [InlineData(4_800.0, "1:20 h")]
    [InlineData(273_600.0, "3 d 4 h")]
    public void Lengths_are_as_long_as_they_need_be(double? seconds, string text) => Assert.Equal(text, FigureText.Length(seconds));

    [Theory]
    [InlineData(120.0, 100.0, "+20 %")]
    [InlineData(-0.5, 0.5, "−200 %")]
    [InlineData(1.0, 0.0, null)]
    [InlineData(null, 3.0, null)]
    public void Changes_are_of_what_it_was(double? now, double? before, string? text) => Assert.Equal(text, FigureText.Change(now, before));

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 8)]
    [InlineData(17, 20)]
    [InlineData(21, 40)]
    [InlineData(399, 400)]
    [InlineData(401, 800)]
    public void Charts_end_at_a_round_number(int highest, int top)
    {
        var scale = ChartScale.For(highest);

        Assert.Equal((top, top), (scale.Most, scale.Lines[^1]));
    }
}
