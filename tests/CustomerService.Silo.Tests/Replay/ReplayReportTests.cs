using CustomerService.Silo.Replay;

namespace CustomerService.Silo.Tests.Replay;

public sealed class ReplayReportTests
{
    [Fact]
    public void Report_CountsEveryOutcomeOnce()
    {
        var report = new ReplayReport(
            [
                Answered("order_status", 0.6, 10),
                Answered("order_status", 0.0, 20) with { Duplicate = true },
                Answered("refund_status", -0.2, 30) with { Answers = 2 },
                new ReplayResult(false, "billing", true, null, "complaint", -0.8, 1, 1, TimeSpan.FromMilliseconds(40)),
                new ReplayResult(false, null, false, "no outcome within two minutes", "unknown", 0, 0, 0, TimeSpan.FromMinutes(2)),
            ],
            TimeSpan.FromSeconds(2.5));

        Assert.Equal(1, report.Failed);
        Assert.Equal(
            [
                "received 4 of 5 sent; 1 were known already",
                "answered automatically 3",
                "handed to a person 1",
                "queue billing 1",
                "failed 1",
                "no outcome within two minutes 1",
                "answered more than once 1",
                "in the journal 4 customers' messages",
                "",
                "by intent",
                "order_status 2",
                "complaint 1",
                "refund_status 1",
                "",
                "sentiment",
                "very negative (under -0.5) 1",
                "negative 1",
                "neutral 1",
                "positive 0",
                "very positive (0.5 and over) 1",
                "",
                "from sending to the outcome",
                "p50 20.0 ms",
                "p95 40.0 ms",
                "p99 40.0 ms",
                "2 messages a second (5 in 2.5 s)",
            ],
            Lines(report));
    }

    [Fact]
    public void ReportOfNothing_IsNotANumberGame()
    {
        var lines = Lines(new ReplayReport([], TimeSpan.FromSeconds(1)));

        Assert.Contains("received 0 of 0 sent; 0 were known already", lines);
        Assert.Contains("p99 0.0 ms", lines);
        Assert.Contains("0 messages a second (0 in 1.0 s)", lines);
    }

    private static ReplayResult Answered(string intent, double sentiment, int milliseconds) =>
        new(false, null, true, null, intent, sentiment, 1, 1, TimeSpan.FromMilliseconds(milliseconds));

    // How wide the columns are is not what is tested.
    private static string[] Lines(ReplayReport report) =>
        [.. report.ToString().TrimEnd().Split('\n').Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
}
