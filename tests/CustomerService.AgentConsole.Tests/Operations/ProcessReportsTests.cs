using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Channels.Health;
using CustomerService.Gateway.Staff;

namespace CustomerService.AgentConsole.Tests.Operations;

public sealed class ProcessReportsTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly ProcessReport One = new(
        "one/1",
        new ProcessPicture(
            new CommitTimes(10, 2, 30), [new ServiceCircuit("model", "m", true, At.AddMinutes(5)), new ServiceCircuit("tools", "t", false, At)],
            ImmutableSortedDictionary<string, long>.Empty.Add("crm", 7), 1, 2),
        [Account("paused", waiting: 2) with { Why = "refused", LastSentAt = At }]);

    private static readonly ProcessReport Two = new(
        "two/1",
        new ProcessPicture(
            new CommitTimes(5, 3, 20), [new ServiceCircuit("model", "m", true, At.AddMinutes(1)), new ServiceCircuit("tools", "t", false, At.AddMinutes(9))],
            ImmutableSortedDictionary<string, long>.Empty.Add("crm", 0), 10, 20),
        [Account("open", waiting: 1) with { LastSentAt = At.AddMinutes(3), Follower = new FollowerStatus("connected", At, null, null) }]);

    [Fact]
    public void What_several_saw_is_added_up_and_the_worst_of_it_told()
    {
        var (figures, channels) = ProcessReports.Together([One, Two]);

        Assert.Equal(new CommitTimes(15, 3, 30), figures.Commits);
        Assert.Equal<ServiceCircuit>([new ServiceCircuit("model", "m", true, At.AddMinutes(1)), new ServiceCircuit("tools", "t", false, At.AddMinutes(9))], figures.Circuits);
        Assert.Equal(7, figures.Lags["crm"]);
        Assert.Equal((11, 22), (figures.Refused, figures.FailedAttempts));
        var account = Assert.Single(channels);
        Assert.Equal(("paused", "refused", 3, At.AddMinutes(3)), (account.State, account.Why, account.Waiting, account.LastSentAt));
        Assert.Equal("connected", account.Follower?.State);
    }

    [Fact]
    public void One_process_counts_once_whoever_brings_its_report()
    {
        var (figures, channels) = ProcessReports.Together([One, One]);

        Assert.Equal((10, 1, 2), (figures.Commits.Count, figures.Refused, figures.FailedAttempts));
        Assert.Equal(2, Assert.Single(channels).Waiting);
    }

    [Fact]
    public void Of_nothing_nothing_is_told()
    {
        var (figures, channels) = ProcessReports.Together([]);

        Assert.Equal((0, 0), (figures.Commits.Count, figures.Circuits.Length));
        Assert.Empty(channels);
    }

    [Fact]
    public void A_report_comes_through_the_cluster_as_it_was()
    {
        var json = JsonSerializer.Serialize(One, JsonSerializerOptions.Web);

        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<ProcessReport>(json, JsonSerializerOptions.Web), JsonSerializerOptions.Web));
    }

    private static AccountStatus Account(string state, int waiting) => new("shop-mail", "email", state, null, null, null, 0, null, null, waiting, null, null, null);
}
