using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CustomerService.Simulation.Reports;
using CustomerService.Simulation.Tests.Centre;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Tests.Reports;

public sealed class CentreReportTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static CentreReport Report(bool compared = true)
    {
        var arrivals = SmallCentre.Chats(150, more: "    patience: 2m\nincidents:\n  - { pause: general, at: 01:00, for: 20m, reason: fire & drill }\n");
        var (few, many) = (SmallCentre.Figures(arrivals, SmallCentre.Agents(3)), SmallCentre.Figures(arrivals, SmallCentre.Agents(4)));
        return new CentreReport(arrivals, TimeZoneInfo.Utc, many, compared ? few : null);
    }

    [Fact]
    public void Text_ShowsBothSideBySide()
    {
        var report = Report();

        var text = report.ToString();

        Assert.Contains("Monday 2 March 2026, 00:00 to", text, StringComparison.Ordinal);
        var line = text.Split('\n').Single(each => each.Contains("answered in time", StringComparison.Ordinal));
        Assert.Contains(Percent(report.Present!.Total.ServiceLevel), line, StringComparison.Ordinal);
        Assert.Contains(Percent(report.WhatIf.Total.ServiceLevel), line, StringComparison.Ordinal);
        Assert.EndsWith("points", line, StringComparison.Ordinal);
        Assert.Contains("01:00: queue general paused (fire & drill), for 20 min.", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" were refused", text, StringComparison.Ordinal);

        static string Percent(double? share) => (share!.Value * 100).ToString("0.0 \\%", CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Json_HasTheFigures()
    {
        var report = Report();

        var json = JsonNode.Parse(ReportJson.Write(report))!;

        Assert.Equal(report.WhatIf.Total.Contacts, (int?)json["whatIf"]!["total"]!["contacts"]);
        Assert.Equal(report.Present!.Total.ServiceLevel, (double?)json["present"]!["total"]!["serviceLevel"]);
        Assert.Equal(report.WhatIf.Queues[0].Course.Length, json["whatIf"]!["queues"]![0]!["course"]!.AsArray().Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Plot_HasEachQueuesLines(bool compared)
    {
        var report = Report(compared);

        var plot = XDocument.Parse(DayPlot.Svg(report));

        var paths = plot.Descendants(Svg + "path").Select(path => (string?)path.Attribute("class")).ToList();
        Assert.Equal(report.WhatIf.Queues.Length, paths.Count(kind => kind == "mean"));
        Assert.Equal(report.WhatIf.Queues.Length, paths.Count(kind => kind == "busy"));
        Assert.Equal(compared ? 2 * report.WhatIf.Queues.Length : 0, paths.Count(kind => kind == "present"));
        var words = plot.Descendants(Svg + "text").Select(text => text.Value).ToList();
        Assert.Contains("general", words);
        Assert.Contains("02:00", words);
        Assert.Equal(2, words.Count(word => word == "time of day"));
        Assert.Contains(plot.Descendants(Svg + "rect"), rect => rect.Element(Svg + "title")?.Value == "queue general paused (fire & drill)");
        Assert.DoesNotContain(plot.Descendants(Svg + "path"), path => ((string?)path.Attribute("d"))!.Contains("NaN", StringComparison.Ordinal));
    }

    [Fact]
    public void PausedQueue_IsFoundToHurt()
    {
        var calm = SmallCentre.Figures(SmallCentre.Chats(150), SmallCentre.Agents(4));
        var paused = Report(compared: false).WhatIf;

        Assert.Equal(0, calm.Total.GaveUp);
        Assert.True(paused.Total.GaveUp > 20);

        // Who came in the first quarter of an hour of the pause gave up after two minutes, all of them.
        var quarter = paused.Queues[0].Course[60 / paused.StepMinutes];
        Assert.True(quarter.Contacts > 10);
        Assert.Null(quarter.MeanWait);
    }

    [Theory]
    [InlineData(0.4, "0.4 s")]
    [InlineData(45, "45 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(3_900, "1 h 05 min")]
    public void Lengths_ReadAsPeopleSayThem(double seconds, string said) => Assert.Equal(said, DayText.Short(seconds));
}
