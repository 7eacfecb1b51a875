using System.Collections.Immutable;

namespace CustomerService.Gateway.Staff;

/// <summary>How the whole system stands, whoever hosts its grains. The composition's, as this gateway needs it.</summary>
public interface IClusterView
{
    /// <exception cref="Grains.Turns.StoreUnavailableException">What is stored can't be counted now.</exception>
    ValueTask<ClusterStatus> LookAsync(CancellationToken cancellation);
}

/// <summary>The system at one moment: each process that hosts grains, and what the store says is still to be done.</summary>
/// <param name="Host"><c>in-process</c> (one process) or <c>orleans</c> (a cluster).</param>
/// <param name="Silos">By name.</param>
/// <param name="ParkedCommands">Commands and work that failed and wait for an operator.</param>
/// <param name="UnfinishedEffects">What grains committed to have done and is not done yet: commands on their way, and outside work.</param>
/// <param name="AlarmsDue">Alarms whose time has come and that have not been told. Many of them for long: nobody rings them.</param>
/// <param name="AlarmsWaiting">Alarms of a later time.</param>
public sealed record ClusterStatus(
    DateTimeOffset At, string Host, ImmutableArray<SiloStatus> Silos, long ParkedCommands, long UnfinishedEffects, long AlarmsDue, long AlarmsWaiting)
{
    /// <summary>Those that have left within the last hour and are not back, the last first; as far as the process that was asked has seen it.</summary>
    public ImmutableArray<GoneSilo> Gone { get; init; } = [];
}

/// <summary>A process that hosted grains and does so no more: stopped, killed, or given up by the others, who have taken its work over.</summary>
public sealed record GoneSilo(string Name, string Address, DateTimeOffset At);

/// <summary>One process that hosts grains.</summary>
/// <param name="Address">Where the others, or its callers, reach it.</param>
/// <param name="Status"><c>joining</c>, <c>active</c>, <c>stopping</c> or <c>dead</c>; <c>not_answering</c> for one that should be active and told no figures in time: then they are 0.</param>
/// <param name="Since">When the process started.</param>
/// <param name="Activations">How many grains it has in memory, by kind.</param>
/// <param name="CallsPerSecond">Calls that its grains answered in the last minute, per second.</param>
/// <param name="P50Milliseconds">Half of them took no longer, from arrival to answer.</param>
/// <param name="P99Milliseconds">99 of 100 took no longer.</param>
/// <param name="WorkRunning">Outside work, such as pipeline runs, that it does now.</param>
/// <param name="WorkBacklog">Outside work that waits there.</param>
/// <param name="PendingTells">Commands between grains that it has to bring.</param>
/// <param name="VersionConflicts">Commits that lost to another writer of the same grain, since the start.</param>
/// <param name="CpuPercent">How much of the machine's processors it uses, 0 to 100; left out: not known.</param>
/// <param name="MemoryMegabytes">How much memory it uses; left out: not known.</param>
/// <param name="Report">What it has seen itself; left out: it did not tell.</param>
public sealed record SiloStatus(
    string Name, string Address, string Status, DateTimeOffset Since, ImmutableSortedDictionary<string, int> Activations, double CallsPerSecond,
    double P50Milliseconds, double P99Milliseconds, int WorkRunning, int WorkBacklog, int PendingTells, long VersionConflicts,
    double? CpuPercent = null, double? MemoryMegabytes = null, ProcessReport? Report = null);
