using System.CommandLine;
using System.Globalization;
using CustomerService.Simulation.Chaos;
using CustomerService.Simulation.Chaos.KnownBugs;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>simulate chaos</c>: seeded schedules in which everything goes wrong, and whether what must hold does.</summary>
internal static class SimulateChaosCommand
{
    public static Command Create()
    {
        var usual = new ChaosSettings();
        var seeds = CommonOptions.Number("--seeds", usual.Seeds, 1, int.MaxValue, "Schedules to play, one a seed.");
        var first = CommonOptions.Number("--first-seed", (int)usual.FirstSeed, 1, int.MaxValue, "The first seed; the others follow.");
        var steps = CommonOptions.Number("--steps", usual.Steps, 1, 100_000, "Things that people do in each schedule.");
        var processes = new Option<int?>("--processes") { Description = $"How many processes share the store in each schedule, 1 to {ChaosSettings.MaxProcesses}; without it the seed says: every second schedule has one, the others two to four.", HelpName = "N" };
        var hash = new Option<bool>("--hash") { Description = "Also print all journals as one word: the same seeds must give the same word, everywhere." };
        var bug = new Option<string?>("--bug") { Description = $"Put in a known bug, to see it caught: {string.Join(", ", KnownBug.All.Select(known => known.Name))}.", HelpName = "NAME" };
        var command = new Command("chaos", "Play hostile schedules: crashes, lost answers, repetitions, wrong clocks, processes that die or are taken for dead. Exits with 1 when something does not hold, and prints the line that plays it again.")
        {
            seeds, first, steps, processes, bug, hash,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            new ChaosSettings
            {
                Seeds = parsed.GetValue(seeds),
                FirstSeed = parsed.GetValue(first),
                Steps = parsed.GetValue(steps),
                Processes = parsed.GetValue(processes),
                Bug = parsed.GetValue(bug),
                HashesJournals = parsed.GetValue(hash),
            },
            cancellation)));
        return command;
    }

    private static int Run(ChaosSettings settings, CancellationToken cancellation)
    {
        var progress = new ProgressLine("played");
        ChaosReport report;
        try
        {
            report = ChaosRun.Run(settings, progress.Of<int>(played => $"{played} of {settings.Seeds} schedules"), cancellation);
        }
        catch (ArgumentException fault)
        {
            throw new CommandFailedException(fault.Message, SiloCommandLine.WrongUse);
        }

        progress.End();
        Console.Write(Describe(report));
        return report.Failure is null ? 0 : SiloCommandLine.Failed;
    }

    private static string Describe(ChaosReport report)
    {
        var lines = new List<string>();
        if (report.Failure is { } failure)
            lines.AddRange([.. failure.Story, "", $"Seed {failure.Seed.ToString(CultureInfo.InvariantCulture)} fails: {failure.Invariant}. {failure.Detail}", $"Replay: {failure.Replay}", ""]);
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"{report.Schedules} schedules, {report.Turns:#,0} turns: {report.SchedulesPerSecond:0} schedules/s, {report.TurnsPerSecond:#,0} turns/s{(report.JournalHash is { } hash ? $"; journals {hash}" : "")}."));
        lines.AddRange(report.Sightings.Where(sighting => sighting.Value > 0).Select(sighting => string.Create(CultureInfo.InvariantCulture, $"  {sighting.Key,-40} {sighting.Value,12:#,0}")));
        if (report.NeverSeen.Any())
            lines.Add($"Never happened: {string.Join(", ", report.NeverSeen)}.");
        if (report.Failure is null)
            lines.Add("Everything held.");
        return string.Join('\n', lines) + '\n';
    }
}
