using CustomerService.Simulation.Chaos;
using CustomerService.Simulation.Chaos.KnownBugs;
using Xunit.Abstractions;

namespace CustomerService.Simulation.Tests.Chaos;

public sealed class ChaosRunTests(ITestOutputHelper output)
{
    private const int Seeds = 2_000;

    public static TheoryData<string> KnownBugs { get; } = [.. KnownBug.All.Select(bug => bug.Name)];

    [Fact]
    public void TwoThousandSeeds_HoldEveryInvariant_AndReachEverythingThatTheyAreFor()
    {
        var report = ChaosRun.Run(new ChaosSettings { Seeds = Seeds });

        output.WriteLine($"{report.SchedulesPerSecond:0} schedules/s, {report.TurnsPerSecond:0} turns/s");
        Assert.True(report.Failure is null, Text(report.Failure));
        Assert.Equal(Seeds, report.Schedules);
        Assert.Empty(report.NeverSeen);
    }

    [Theory]
    [MemberData(nameof(KnownBugs))]
    public void KnownBug_IsCaught_AndItsSeedFailsAgain(string bug)
    {
        var report = ChaosRun.Run(new ChaosSettings { Seeds = 1_000, Bug = bug, Shrinks = false });

        Assert.True(report.Failure is not null, $"{bug} was not caught in {report.Schedules} schedules.");
        output.WriteLine($"{report.Failure.Replay}\n{report.Failure.Invariant}: {report.Failure.Detail}");
        Assert.Contains($"--first-seed {report.Failure.Seed}", report.Failure.Replay, StringComparison.Ordinal);
        var again = ChaosRun.Run(new ChaosSettings { Seeds = 1, FirstSeed = report.Failure.Seed, Bug = bug, Shrinks = false });
        Assert.Equal((report.Failure.Invariant, report.Failure.Detail), (again.Failure?.Invariant, again.Failure?.Detail));
    }

    [Fact]
    public void FailingSchedule_IsShrunk_AndItsStoryEndsWithWhatDoesNotHold()
    {
        var failure = ChaosRun.Run(new ChaosSettings { Seeds = 100, Bug = "forget-capacity-on-timeout" }).Failure;

        Assert.NotNull(failure);
        output.WriteLine(Text(failure));
        var steps = int.Parse(failure.Story[0].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(steps, 1, 30);
        Assert.Contains("does not hold: " + failure.Invariant, failure.Story[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void SameSeeds_SameJournals_HoweverManyAtATime()
    {
        var one = ChaosRun.Run(new ChaosSettings { Seeds = 10, FirstSeed = 77, HashesJournals = true, Parallelism = 1 });

        Assert.Equal(one.JournalHash, ChaosRun.Run(new ChaosSettings { Seeds = 10, FirstSeed = 77, HashesJournals = true, Parallelism = 4 }).JournalHash);
        Assert.NotEqual(one.JournalHash, ChaosRun.Run(new ChaosSettings { Seeds = 10, FirstSeed = 78, HashesJournals = true }).JournalHash);
    }

    [Fact]
    public void UnknownBug_IsRefused_WithTheNamesThatThereAre()
    {
        var fault = Assert.Throws<ArgumentException>(() => ChaosRun.Run(new ChaosSettings { Bug = "drop-everything" }));

        Assert.Contains("drop-dedup", fault.Message, StringComparison.Ordinal);
    }

    private static string Text(ChaosFailure? failure) => failure is null ? "" : $"{failure.Invariant}: {failure.Detail}\n{failure.Replay}\n{string.Join('\n', failure.Story)}";
}
