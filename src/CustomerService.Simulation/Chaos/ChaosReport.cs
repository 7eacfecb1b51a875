using System.Collections.Immutable;

namespace CustomerService.Simulation.Chaos;

/// <summary>What a chaos run found.</summary>
/// <param name="Schedules">How many schedules were played to their end.</param>
/// <param name="Turns">How many commands grains handled in them.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="Sightings">How often each fault, and each outcome worth seeing, really happened; by name. What never happened is there with 0.</param>
/// <param name="JournalHash">All journals in one word: the same seeds give the same word, everywhere. Null when it was not asked for.</param>
/// <param name="Failure">The failure with the lowest seed; null when everything held.</param>
public sealed record ChaosReport(
    int Schedules, long Turns, double Seconds, ImmutableSortedDictionary<string, long> Sightings, string? JournalHash, ChaosFailure? Failure)
{
    public double SchedulesPerSecond => Schedules / Math.Max(Seconds, 1e-9);

    public double TurnsPerSecond => Turns / Math.Max(Seconds, 1e-9);

    /// <summary>What never happened, though schedules are meant to reach it.</summary>
    public IEnumerable<string> NeverSeen => Sightings.Where(each => each.Value == 0).Select(each => each.Key);
}

/// <summary>A schedule after which something does not hold.</summary>
/// <param name="Invariant">What does not hold.</param>
/// <param name="Detail">Where, and how it is instead.</param>
/// <param name="Replay">The one line that plays it again.</param>
/// <param name="Story">The shortest schedule found that still fails, told line by line.</param>
public sealed record ChaosFailure(long Seed, string Invariant, string Detail, string Replay, ImmutableArray<string> Story);
