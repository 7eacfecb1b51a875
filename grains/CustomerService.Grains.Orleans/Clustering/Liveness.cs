using Orleans.Configuration;

namespace CustomerService.Grains.Orleans.Clustering;

/// <summary>When a silo is held for dead, and by whom.</summary>
internal static class Liveness
{
    /// <summary>A silo tells the table so often that it lives; of one that did not three times, only the row is left.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a call waits for its answer; then its outcome is unknown, and the command is sent again with its key. A call that was
    /// under way when its silo died waits so long, whoever noticed the death, and one to a frozen silo may start just before the
    /// death is noticed: this and the detection together are how long a silo's grains are away at most.
    /// </summary>
    public static TimeSpan ResponseTimeout(FailureDetection detection) => TimeSpan.FromSeconds(detection == FailureDetection.Fast ? 3 : 5);

    public static void Apply(FailureDetection detection, ClusterMembershipOptions options)
    {
        // Three misses: one lost packet or one pause is nobody's death. The probe's time follows what answers take, between half
        // the probe and the bound below; left to Orleans the bound is four times the probe, and a frozen silo, whose connections
        // stay open, would live on for three times that.
        options.NumMissedProbesLimit = 3;
        if (detection == FailureDetection.Fast)
        {
            options.ProbeTimeout = TimeSpan.FromMilliseconds(500);
            options.MaxProbeTimeout = TimeSpan.FromSeconds(1);
            // The first who misses it decides: no second silo has to miss it too.
            options.NumVotesForDeathDeclaration = 1;
        }
        else
        {
            options.ProbeTimeout = TimeSpan.FromSeconds(2);
            options.MaxProbeTimeout = TimeSpan.FromSeconds(2.5);
            // Two: a silo whose own network is broken can't vote all others dead.
            options.NumVotesForDeathDeclaration = 2;
        }

        // Who has not signed for 15 seconds counts for no majority: after a loss of most silos the few left can decide, and after a
        // loss of all the first ones started again can join, though the rows of the lost still say that they are active.
        options.IAmAliveTablePublishTimeout = SignOfLife;
        options.NumMissedTableIAmAliveLimit = 3;
        // Changes are gossiped; whoever missed one reads it so soon.
        options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        // A silo that can't join in this time ends, and whoever started it starts it again.
        options.MaxJoinAttemptTime = TimeSpan.FromMinutes(1);
    }
}
