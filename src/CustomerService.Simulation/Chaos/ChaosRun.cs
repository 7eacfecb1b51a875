using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Simulation.Chaos.KnownBugs;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Chaos;

/// <summary>Plays hostile schedules against the real grains, one a seed, until one fails or all held.</summary>
public static class ChaosRun
{
    /// <param name="progress">Told how many schedules were played, now and then, from any thread.</param>
    /// <exception cref="ArgumentException">The settings can't work.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ChaosReport Run(ChaosSettings settings, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        settings.Validate();
        var bug = settings.Bug is { } name ? KnownBug.Find(name) : null;
        var gate = new object();
        var sightings = Sightings.None.ToBuilder();
        var hashes = new string[settings.Seeds];
        var (schedules, turns) = (0, 0L);
        (long Seed, InvariantViolationException Violation)? failure = null;
        var clock = TimeProvider.System.GetTimestamp();

        Parallel.For(0, settings.Seeds, new ParallelOptions { MaxDegreeOfParallelism = settings.Parallelism, CancellationToken = cancellation }, (index, loop) =>
        {
            // What has a lower seed than a failure is still played, so that always the lowest is told.
            if (loop.LowestBreakIteration < index)
                return;
            var seed = settings.FirstSeed + index;
            var result = Play.Of(Schedule.Of(seed, settings.Steps, settings.Processes), bug);
            if (settings.HashesJournals)
                hashes[index] = JournalHash.Of(result.Host);
            lock (gate)
            {
                turns += result.Turns;
                foreach (var (what, count) in result.Sightings)
                    sightings[what] = sightings.GetValueOrDefault(what) + count;
                if (result.Violation is { } violation && !(failure?.Seed < seed))
                    failure = (seed, violation);
                if (++schedules % 50 == 0)
                    progress?.Report(schedules);
            }

            if (result.Violation is not null)
                loop.Break();
        });

        var seconds = TimeProvider.System.GetElapsedTime(clock).TotalSeconds;
        return new ChaosReport(schedules, turns, seconds, sightings.ToImmutable(), settings.HashesJournals ? Hash(hashes) : null, failure is { } found ? Describe(settings, bug, found.Seed, found.Violation) : null);
    }

    private static ChaosFailure Describe(ChaosSettings settings, KnownBug? bug, long seed, InvariantViolationException violation)
    {
        var options = (settings.Steps == new ChaosSettings().Steps ? "" : string.Create(CultureInfo.InvariantCulture, $" --steps {settings.Steps}"))
            + (settings.Processes is { } processes ? string.Create(CultureInfo.InvariantCulture, $" --processes {processes}") : "")
            + (bug is null ? "" : $" --bug {bug.Name}");
        var schedule = Schedule.Of(seed, settings.Steps, settings.Processes);
        var shortest = settings.Shrinks ? Shrinker.Shrink(schedule, violation.Invariant, bug) : schedule;
        var story = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{shortest.Steps.Length} of {schedule.Steps.Length} steps are enough, in {(shortest.Processes == 1 ? "one process" : $"{shortest.Processes} processes")}, and these faults: {string.Join(", ", shortest.Rates.Where(rate => rate.Value > 0).Select(rate => rate.Key))}."),
        };
        Play.Of(shortest, bug, story.Add);
        return new ChaosFailure(
            seed, violation.Invariant, violation.Detail, string.Create(CultureInfo.InvariantCulture, $"./run simulate chaos --seeds 1 --first-seed {seed}{options}"), [.. story]);
    }

    private static string Hash(string?[] hashes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', hashes))).AsSpan(0, 8));
}
