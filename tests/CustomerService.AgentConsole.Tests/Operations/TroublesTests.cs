using System.Collections.Immutable;
using CustomerService.AgentConsole.Operations;
using CustomerService.Channels.Health;
using CustomerService.Gateway.Staff;

namespace CustomerService.AgentConsole.Tests.Operations;

public sealed class TroublesTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly OperationsPicture Well = new(
        new ClusterStatus(At, "in-process", [Silo("active")], 0, 3, 0, 7),
        new StoreSize("data", 1_000_000, 50L << 30), [], [], [Account("open")],
        new ProcessPicture(new CommitTimes(10, 1, 5), [new ServiceCircuit("model", "m", false, At)], ImmutableSortedDictionary<string, long>.Empty, 0, 0));

    [Fact]
    public void A_system_that_works_has_no_trouble() => Assert.Empty(Troubles.Of(Well));

    [Theory]
    [InlineData("not_answering", "processes", true)]
    [InlineData("stopping", "processes", true)]
    public void Processes_that_do_not_serve_are_red(string status, string part, bool bad) =>
        Assert.Contains(Troubles.Of(Well with { Cluster = Well.Cluster with { Silos = [Silo(status)] } }), trouble => (trouble.Part, trouble.IsBad) == (part, bad));

    [Fact]
    public void What_is_red_comes_before_what_is_only_worth_a_look()
    {
        var troubles = Troubles.Of(Well with
        {
            Cluster = Well.Cluster with { AlarmsDue = 4, ParkedCommands = 2 },
            Channels = [Account("broken")],
            Process = Well.Process with { Circuits = [new ServiceCircuit("model", "m", true, At)], Commits = new CommitTimes(5, 10, 900) },
            Store = Well.Store with { Free = 5_000_000 },
        });

        Assert.Equal(["channels", "parked", "services", "store"], troubles.Where(trouble => trouble.IsBad).Select(trouble => trouble.Part).Order());
        Assert.Equal(["store", "work"], troubles.Where(trouble => !trouble.IsBad).Select(trouble => trouble.Part).Order());
        Assert.DoesNotContain(troubles.SkipWhile(trouble => trouble.IsBad), trouble => trouble.IsBad);
    }

    [Fact]
    public void A_trouble_names_what_it_is_about() =>
        Assert.Equal(["shop-mail", "the mailbox can't be read"], Assert.Single(Troubles.Of(Well with { Channels = [Account("broken")] })).Values);

    [Fact]
    public void A_process_that_has_left_is_told_with_how_many_are_there()
    {
        var gone = Assert.Single(Troubles.Of(Well with { Cluster = Well.Cluster with { Gone = [new GoneSilo("two", "there", At)] } }));
        Assert.Equal(("processes", false), (gone.Part, gone.IsBad));
        Assert.Equal(["two", 1], gone.Values);
    }

    [Fact]
    public void A_disk_whose_space_is_not_known_is_no_trouble() => Assert.Empty(Troubles.Of(Well with { Store = Well.Store with { Free = null } }));

    private static SiloStatus Silo(string status) => new("one", "here", status, At, ImmutableSortedDictionary<string, int>.Empty, 1, 2, 3, 0, 0, 0, 0);

    private static AccountStatus Account(string state) =>
        new("shop-mail", "email", state, state == "open" ? null : "the mailbox can't be read", null, null, 0, null, null, 0, null, null, null);
}
