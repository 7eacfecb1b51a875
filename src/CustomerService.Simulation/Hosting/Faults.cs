using System.Collections.Immutable;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;

namespace CustomerService.Simulation.Hosting;

/// <summary>The process died, by a fault.</summary>
internal sealed class SimulatedCrashException(Fault fault) : Exception($"The process died: {fault}.");

/// <summary>Decides by dice what goes wrong, and counts it.</summary>
/// <param name="rates">How likely each is whenever it could happen; what is not named never happens.</param>
public sealed class Faults(Dice dice, IReadOnlyDictionary<Fault, double> rates)
{
    private static readonly int Kinds = Enum.GetValues<Fault>().Length;

    private readonly double[] _rates = [.. Enum.GetValues<Fault>().Select(fault => rates.GetValueOrDefault(fault))];
    private readonly long[] _counts = new long[Kinds];

    /// <summary>Set to let nothing go wrong from now on.</summary>
    public bool AreOver { get; set; }

    /// <summary>Called as each fault happens.</summary>
    public Action<Fault, GrainId?>? Happened { get; set; }

    public Dice Dice => dice;

    /// <summary>How often each has happened so far.</summary>
    public ImmutableArray<(Fault Fault, long Count)> Counts => [.. _counts.Select((count, index) => ((Fault)index, count))];

    /// <summary>Whether it happens here and now.</summary>
    public bool Strikes(Fault fault, GrainId? grain = null)
    {
        if (AreOver || !dice.Chance(_rates[(int)fault]))
            return false;
        Note(fault, grain);
        return true;
    }

    /// <summary>Counts a fault that another one brought along.</summary>
    internal void Note(Fault fault, GrainId? grain = null)
    {
        _counts[(int)fault]++;
        Happened?.Invoke(fault, grain);
    }

    internal void CrashIf(Fault fault, GrainId grain)
    {
        if (Strikes(fault, grain))
            throw new SimulatedCrashException(fault);
    }

    internal void At(TurnStep step, GrainId grain) => CrashIf(
        step switch
        {
            TurnStep.Loaded => Fault.CrashAfterLoad,
            TurnStep.Handled => Fault.CrashAfterHandle,
            TurnStep.Committed => Fault.CrashAfterCommit,
            TurnStep.Replied => Fault.CrashAfterReply,
            _ => Fault.CrashBeforeTick,
        },
        grain);
}
