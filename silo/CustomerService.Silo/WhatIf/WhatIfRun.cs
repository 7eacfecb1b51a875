using System.Diagnostics;
using System.Globalization;
using CustomerService.Pipelines.Definitions;
using CustomerService.Silo.CommandLine;
using CustomerService.Simulation.Centre;
using CustomerService.Simulation.Reports;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Silo.WhatIf;

/// <summary>Plays the traffic by the present rules and roster and by others, and reports both side by side.</summary>
internal static class WhatIfRun
{
    public static async Task<int> RunAsync(WhatIfSettings chosen, CancellationToken cancellation)
    {
        var settings = chosen.Complete();
        var presentPolicy = CentrePolicy.Parse(await ReadAsync("--present-policy", settings.PresentPolicy!, cancellation), settings.PresentPolicy!);
        var presentRoster = RosterFile.Parse(await ReadAsync(settings.PresentRoster == settings.Roster ? "--roster" : "--present-roster", settings.PresentRoster!, cancellation), settings.PresentRoster!);
        var policy = settings.Policy is { } rules ? CentrePolicy.Parse(await ReadAsync("--policy", rules, cancellation), rules) : presentPolicy;
        var roster = settings.Roster is { } people ? RosterFile.Parse(await ReadAsync("--roster", people, cancellation), people) : presentRoster;
        var arrivals = await ArrivalsAsync(settings, roster, cancellation);

        var clock = Stopwatch.StartNew();
        var progress = new ProgressLine("playing");
        var logs = new List<CentreLog>();
        foreach (var (name, rulesInForce, staff) in settings.Compares ? [("the present", presentPolicy, presentRoster), ("what if", policy, roster)] : new[] { ("the day", policy, roster) })
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Show($"{name}: {arrivals.Contacts.Length} contacts, {staff.Agents.Length} agents");
            logs.Add(CentreRun.Play(arrivals, staff, rulesInForce, settings.Seed, cancellation: cancellation));
        }

        progress.End();
        var report = new CentreReport(arrivals, roster.Zone, FiguresOf.Log(logs[^1]), logs.Count > 1 ? FiguresOf.Log(logs[0]) : null);
        Console.Write(report.ToString());
        await WriteAsync("--json", settings.Json, () => ReportJson.Write(report), cancellation);
        await WriteAsync("--plot", settings.Plot, () => DayPlot.Svg(report), cancellation);

        var turns = logs.Sum(log => log.Turns);
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{turns:#,0} turns in {clock.Elapsed.TotalSeconds:0.0} s ({turns / clock.Elapsed.TotalSeconds:#,0} turns/s)"));
        return logs.TrueForAll(log => log.Parked == 0) ? 0 : SiloCommandLine.Failed;
    }

    private static async Task<Arrivals> ArrivalsAsync(WhatIfSettings settings, Roster roster, CancellationToken cancellation)
    {
        var from = settings.From!;
        if (from == "journal")
        {
            await using var store = StoredSystem.Open(settings.Data);
            return await JournalTraffic.ReadAsync(
                store.Journal, $"the journal in {settings.Data}", roster.Zone, roster.Nature.Attention, Patience(settings), settings.Seed, cancellation);
        }

        var text = await ReadAsync("--from", from, cancellation);
        return Path.GetExtension(from) is ".yaml" or ".yml"
            ? TrafficFile.Parse(text, from).Draw(settings.Seed)
            : ContactFile.Parse(text, from, roster.Zone);
    }

    private static Distribution.Exponential? Patience(WhatIfSettings settings)
    {
        if (settings.Patience is not { } text)
            return null;
        return Durations.TryRead(text, out var mean) && mean > TimeSpan.Zero
            ? new Distribution.Exponential(mean.TotalSeconds)
            : throw new CommandFailedException($"--patience {text}: write a length of time like 90s or 10m.", SiloCommandLine.WrongUse);
    }

    private static async Task<string> ReadAsync(string option, string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellation);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandFailedException($"{option} {path}: there is no such file.", SiloCommandLine.WrongUse);
        }
    }

    private static async Task WriteAsync(string option, string? path, Func<string> text, CancellationToken cancellation)
    {
        if (path is null)
            return;
        try
        {
            await File.WriteAllTextAsync(path, text(), cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{option} {path}: {fault.Message}", SiloCommandLine.WrongUse);
        }

        Console.WriteLine($"{(option == "--plot" ? "The plot" : "The figures")}: {Path.GetFullPath(path)}");
    }
}
