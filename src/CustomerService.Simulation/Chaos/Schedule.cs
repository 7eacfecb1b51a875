using System.Collections.Immutable;
using CustomerService.Simulation.Chaos.Actors;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Chaos;

/// <summary>
/// Everything that decides how one play goes: which faults can happen and how likely, the queues' business hours, and one number for each step. The number decides
/// what somebody does in the step and all chance until the next one, so a schedule without one of its steps is still the same elsewhere.
/// </summary>
internal sealed record Schedule(long Seed, ImmutableArray<ulong> Steps, ImmutableSortedDictionary<Fault, double> Rates, OpeningHours Hours)
{
    /// <summary>How likely each fault is in a schedule where it is about usual.</summary>
    private static readonly ImmutableArray<(Fault Fault, double Rate)> Usual =
    [
        (Fault.CrashAfterLoad, 0.001), (Fault.CrashAfterHandle, 0.002), (Fault.CrashInLostCommit, 0.002), (Fault.CrashInWrittenCommit, 0.003),
        (Fault.CrashAfterCommit, 0.003), (Fault.CrashAfterReply, 0.003), (Fault.CrashBeforeTick, 0.004), (Fault.GroupRolledBack, 0.006),
        (Fault.GroupUnacknowledged, 0.006), (Fault.SecondActivation, 0.03), (Fault.LeftMemory, 0.04), (Fault.Rewritten, 0.3), (Fault.TellDelayed, 0.03),
        (Fault.TellRepeated, 0.05), (Fault.Batched, 0.1), (Fault.AlarmRepeated, 0.1), (Fault.WorkFailed, 0.1), (Fault.WorkHung, 0.03),
        (Fault.WorkRepeated, 0.1), (Fault.ReplyLost, 0.05), (Fault.Killed, 0.4), (Fault.ClockForward, 0.4), (Fault.ClockBack, 0.4),
    ];

    /// <summary>By how much a schedule has more or less of a fault than usual; several with none, so that others stand out.</summary>
    private static readonly ImmutableArray<double> Emphasis = [0, 0, 0.5, 1, 1, 3];

    public static Schedule Of(long seed, int steps)
    {
        var dice = new Dice((ulong)seed * 0x2545F4914F6CDD1D);
        var rates = Usual.ToImmutableSortedDictionary(usual => usual.Fault, usual => Math.Min(0.9, usual.Rate * dice.Pick(Emphasis)));
        return new Schedule(seed, [.. Enumerable.Range(0, steps).Select(_ => dice.Next())], rates, OpeningHours.Drawn(new Dice(dice.Next())));
    }
}
