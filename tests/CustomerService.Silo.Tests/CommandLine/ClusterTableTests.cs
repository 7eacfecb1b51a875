using System.Collections.Immutable;
using CustomerService.Gateway.Staff;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Tests.CommandLine;

public sealed class ClusterTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Status_IsATableOfSilos_AndWhatIsToBeDone()
    {
        var kinds = ImmutableSortedDictionary<string, int>.Empty.Add("conversation", 40).Add("queue", 2);
        var status = new ClusterStatus(
            Now,
            "orleans",
            [
                new SiloStatus("one:11111", "10.0.0.5:11111", "active", Now.AddHours(-2), kinds, 123.4, 0.5, 12.2, 3, 7, 1, 2, 55, 300),
                new SiloStatus("two", "10.0.0.6:11111", "not_answering", default, ImmutableSortedDictionary<string, int>.Empty, 0, 0, 0, 0, 0, 0, 0),
            ],
            ParkedCommands: 1,
            UnfinishedEffects: 12,
            AlarmsDue: 1,
            AlarmsWaiting: 30);

        Assert.Equal(
            """
            silo       address         status         up for  grains  calls/s  p50 ms  p99 ms  work  waits  tells  conflicts  cpu %   MB
            one:11111  10.0.0.5:11111  active            2 h      42    123.4     0.5    12.2     3      7      1          2     55  300
            two        10.0.0.6:11111  not_answering       -       -        -       -       -     -      -      -          -      -    -

            orleans, 1 active silo of 2, at 2026-11-02 09:30:00 UTC
            in memory   conversation 40, queue 2
            to be done  12 unfinished effects, 1 alarm due, 30 for later
            parked      1 command: see 'parked list'
            """.ReplaceLineEndings("\n"),
            ClusterTable.Of(status).ReplaceLineEndings("\n"));
    }
}
