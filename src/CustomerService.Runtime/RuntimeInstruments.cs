using System.Diagnostics.Metrics;

namespace CustomerService.Runtime;

/// <summary>What the runtime measures, under the meter <see cref="MeterName"/>.</summary>
public static class RuntimeInstruments
{
    public const string MeterName = "CustomerService.Runtime";

    private static readonly Meter Meter = new(MeterName);

    internal static readonly Counter<long> Turns = Meter.CreateCounter<long>("runtime.turns", "{turn}", "Commands that grains handled.");

    internal static readonly Counter<long> Conflicts = Meter.CreateCounter<long>("runtime.conflicts", "{commit}", "Commits that lost to another writer of the same grain, and were handled again.");

    internal static readonly Counter<long> Refused = Meter.CreateCounter<long>("runtime.refused", "{command}", "Commands refused at the door because there was too much work.");

    internal static readonly Counter<long> ParkedTotal = Meter.CreateCounter<long>("runtime.parked", "{item}", "Commands and work that were parked for an operator.");

    internal static readonly UpDownCounter<long> Activations = Meter.CreateUpDownCounter<long>("runtime.activations", "{grain}", "Grains in memory.");

    internal static readonly UpDownCounter<long> Waiting = Meter.CreateUpDownCounter<long>("runtime.mailbox.waiting", "{command}", "Commands that wait in mailboxes or are being handled.");

    internal static readonly UpDownCounter<long> PendingTells = Meter.CreateUpDownCounter<long>("runtime.tells.pending", "{effect}", "Commands told between grains and not yet delivered.");

    internal static readonly UpDownCounter<long> PendingWork = Meter.CreateUpDownCounter<long>("runtime.work.pending", "{effect}", "Outside work that waits or runs.");

    internal static readonly Counter<long> WorkAttemptsFailed = Meter.CreateCounter<long>("runtime.work.attempts_failed", "{attempt}", "Attempts at outside work that failed.");

    internal static readonly Histogram<double> GrainCalls = Meter.CreateHistogram("grain_call", "s", "From a command's arrival at its grain's host to its answer, by kind of grain.", null, new InstrumentAdvice<double>
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    });

    internal static readonly Counter<long> Orphans = Meter.CreateCounter<long>("runtime.effects.orphaned", null, "What hosts that are gone have left and this one took up: alarms, and grains with unfinished effects.");

    private static readonly Counter<long> Groups = Meter.CreateCounter<long>("runtime.store.groups", "{transaction}", "Transactions that the store made durable.");

    private static readonly Histogram<long> GroupSize = Meter.CreateHistogram<long>("runtime.store.group_size", "{write}", "Writes that shared one transaction.");

    private static readonly Histogram<double> CommitSeconds = Meter.CreateHistogram<double>("runtime.store.commit_seconds", "s", "Time that one transaction took.");

    internal static void Committed(int writes, TimeSpan took)
    {
        Groups.Add(1);
        GroupSize.Record(writes);
        CommitSeconds.Record(took.TotalSeconds);
    }
}
