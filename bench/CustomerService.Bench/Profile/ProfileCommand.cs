using System.Diagnostics;
using CustomerService.Bench.Figures;
using CustomerService.Bench.Running;
using CustomerService.Bench.Traffic;
using CustomerService.Grains;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;
using CustomerService.Silo.CommandLine;
using Command = System.CommandLine.Command;

namespace CustomerService.Bench.Profile;

/// <summary><c>profile</c>: where the time of one message goes, when it is alone in the system, on one core.</summary>
internal static class ProfileCommand
{
    private const int WarmUp = 1_000;
    private const int Conversations = 200;

    public static Command Create()
    {
        var messages = CommonOptions.Number("--messages", 2_000, 1, 1_000_000, "Messages that are measured, one after another.");
        var command = new Command("profile", "Where one message's time goes: each stage's, measured on the running parts, with one message at a time on one core.") { messages };
        command.SetAction(async (parsed, _) =>
        {
            if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
            {
                using var process = Process.GetCurrentProcess();
                process.ProcessorAffinity = 1;
            }

            Machine.Print("profile: one message at a time, on one core");
            await MeasureAsync(parsed.GetValue(messages));
            return 0;
        });
        return command;
    }

    private static async Task MeasureAsync(int messages)
    {
        var times = new StageTimes();
        await using var system = await BenchSystem.StartAsync(new BenchOptions
        {
            Kinds = GrainCatalog.All.Select(kind => new TimedKind(kind, times)),
            Host = new InProcessOptions { Workers = 1 },
            Performer = own => new TimedRun(own, times),
            Asking = own => new TimedAsking(own, times),
        });
        var texts = await CustomerTexts.SortAsync(system);
        var sender = new LoneMessages(system, times);
        await sender.SendAsync(Plan(WarmUp), "w");
        times.Clear();

        var commits = new List<GrainCommit>();
        var transactions = system.Transactions;
        system.Store.Committed = (commit, started) =>
        {
            times.AddSince(CommitStage(commit.Grain), started);
            commits.Add(commit);
        };
        await sender.SendAsync(Plan(messages), "m");
        system.Store.Committed = null;
        var bodies = TimeBodies(commits) / messages;
        Console.Write(new ProfileTable(times, messages, bodies, (double)(system.Transactions - transactions) / messages));

        IReadOnlyList<PlannedMessage> Plan(int count) => TrafficPlan.Make(new TrafficShape(count, Conversations, 0) { Repeated = 0 }, texts);
    }

    private static string CommitStage(GrainId grain) => $"{ProfileTable.Commits}{grain.Kind}";

    /// <summary>Events and effects are written to JSON deep inside a turn, so what was written is read back and written once more.</summary>
    /// <returns>Microseconds for all.</returns>
    private static double TimeBodies(List<GrainCommit> commits)
    {
        var format = GrainFormat.Default;
        var events = commits.SelectMany(commit => commit.Events).Select(body => format.ReadEvent(body)).ToList();
        var effects = commits.SelectMany(commit => commit.Effects).Select(body => format.ReadEffect(body)).ToList();
        var started = Stopwatch.GetTimestamp();
        foreach (var happened in events)
            _ = format.Write(happened);
        foreach (var effect in effects)
            _ = format.Write(effect);
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }
}
