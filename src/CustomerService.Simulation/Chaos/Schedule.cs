using System.Collections.Immutable;
using CustomerService.Simulation.Chaos.Actors;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Chaos;

/// <summary>
/// Everything that decides how one play goes: which faults can happen and how likely, the queues' business hours, how many processes there are, and one number for
/// each step. The number decides what somebody does in the step and all chance until the next one, so a schedule without one of its steps is still the same elsewhere.
/// </summary>
internal sealed record Schedule(long Seed, ImmutableArray<ulong> Steps, ImmutableSortedDictionary<Fault, double> Rates, OpeningHours Hours, int Processes)
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

    /// <summary>The same of faults that only several processes have.</summary>
    private static readonly ImmutableArray<(Fault Fault, double Rate)> UsualOfSeveral =
    [
        (Fault.HostDied, 0.004), (Fault.HostFrozen, 0.015), (Fault.HostNeverJoined, 0.05), (Fault.HandledLate, 0.5), (Fault.Misplaced, 0.02), (Fault.RosterStale, 0.02),
        (Fault.RosterUnreadable, 0.05), (Fault.TakeOverRaced, 0.1), (Fault.TakeOverUnacknowledged, 0.05),
    ];

    /// <summary>By how much a schedule has more or less of a fault than usual; several with none, so that others stand out.</summary>
    private static readonly ImmutableArray<double> Emphasis = [0, 0, 0.5, 1, 1, 3];

    /// <param name="processes">Null: the seed says; every second play has one, the others two to four.</param>
    public static Schedule Of(long seed, int steps, int? processes)
    {
        var dice = new Dice((ulong)seed * 0x2545F4914F6CDD1D);
        var rates = Drawn(Usual, dice);
        ImmutableArray<ulong> numbers = [.. Enumerable.Range(0, steps).Select(_ => dice.Next())];
        var hours = OpeningHours.Drawn(new Dice(dice.Next()));
        var drawn = dice.Chance(0.5) ? 1 : 2 + dice.Below(3);
        return new Schedule(seed, numbers, rates.AddRange(Drawn(UsualOfSeveral, dice)), hours, processes ?? drawn);
    }

    private static ImmutableSortedDictionary<Fault, double> Drawn(ImmutableArray<(Fault Fault, double Rate)> usual, Dice dice) =>
        usual.ToImmutableSortedDictionary(each => each.Fault, each => Math.Min(0.9, each.Rate * dice.Pick(Emphasis)));
}
