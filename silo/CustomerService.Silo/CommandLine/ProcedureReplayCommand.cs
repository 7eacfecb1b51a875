using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Assistants.Tools.Replay;
using CustomerService.Integrations.Orders;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>procedures replay TASKS</c>: the retail benchmark's actions through the tools, each task on a fresh copy of its shop.</summary>
internal static class ProcedureReplayCommand
{
    public static Command Create()
    {
        var tasks = new Argument<FileInfo>("TASKS") { Description = "The benchmark's tasks, a JSON file." };
        var orders = new Option<FileInfo?>("--orders") { Description = "The shop before each task. Default: db.json beside TASKS.", HelpName = "FILE" };
        var expected = new Option<FileInfo?>("--expected") { Description = "How tasks must end; those that it does not name are run and not compared.", HelpName = "FILE" };
        var only = new Option<string?>("--task") { Description = "One task alone, by its id.", HelpName = "ID" };
        var write = new Option<FileInfo?>("--write") { Description = "Write how every task ended, in the shape of --expected.", HelpName = "FILE" };
        var command = new Command("replay", "Run a benchmark's actions through the tools and compare how they end.") { tasks, orders, expected, only, write };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredFile(tasks);
            var shop = Present(parsed.GetValue(orders)) ?? Path.Combine(Path.GetDirectoryName(path)!, "db.json");
            try
            {
                var all = ReplayTasks.Read(path).Where(task => parsed.GetValue(only) is not { } id || task.Id == id).ToList();
                var must = Present(parsed.GetValue(expected)) is { } file ? ReplayTasks.ReadExpected(file) : null;
                var report = await RunAsync(all, must, shop, cancellation);
                if (parsed.GetValue(write) is { } target)
                    await File.WriteAllTextAsync(target.FullName, report.Written.ToJsonString(Indented), cancellation);
                return report.Differ == 0 && all.Count > 0 ? 0 : SiloCommandLine.Failed;
            }
            catch (Exception fault) when (fault is OrderImportException or OrderSystemException or FormatException or IOException)
            {
                throw new CommandFailedException(fault.Message);
            }
        });
        return command;
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static async Task<(int Differ, JsonArray Written)> RunAsync(
        List<ReplayTask> tasks, IReadOnlyDictionary<string, ExpectedTask>? expected, string shop, CancellationToken cancellation)
    {
        using var copies = new ShopCopies(shop);
        var (equal, differ, actions) = (0, 0, 0);
        var written = new JsonArray();
        foreach (var task in tasks)
        {
            using var copy = copies.Fresh();
            var got = await new TaskReplay(copy, TimeProvider.System).RunAsync(task, cancellation);
            actions += got.Outcomes.Length;
            var differences = expected?.GetValueOrDefault(task.Id) is { } must ? ReplayDifferences.Between(must, got) : null;
            (equal, differ) = differences switch { null => (equal, differ), [] => (equal + 1, differ), _ => (equal, differ + 1) };
            Show(got, differences);
            written.Add((JsonNode)Written(got));
        }

        Console.WriteLine();
        Console.WriteLine($"{tasks.Count} tasks, {actions} actions; compared {equal + differ}: {equal} equal, {differ} different");
        return (differ, written);
    }

    private static void Show(ReplayedTask got, IReadOnlyList<string>? differences)
    {
        var refused = got.Outcomes.Count(outcome => outcome != "ok");
        var verdict = differences switch { null => "ran", [] => "ok", _ => "DIFFERS" };
        Console.WriteLine($"task {got.Task.Id,-4} {verdict,-8} {got.Outcomes.Length} actions{(refused > 0 ? $", {refused} refused" : "")}{(got.Note is { } note ? $" ({note})" : "")}");
        foreach (var line in differences ?? [])
            Console.WriteLine("    " + line);
    }

    private static JsonObject Written(ReplayedTask got) => new()
    {
        ["task"] = got.Task.Id,
        ["actions"] = new JsonArray([.. got.Task.Actions.Zip(got.Outcomes, (action, outcome) => (JsonNode)new JsonObject
        {
            ["name"] = action.Name, ["arguments"] = action.Arguments.DeepClone(), ["outcome"] = outcome,
        })]),
        ["changed"] = got.Changed.DeepClone(),
    };

    private static string? Present(FileInfo? file) => file switch
    {
        null => null,
        { Exists: true } => file.FullName,
        _ => throw new CommandFailedException($"{file}: there is no such file.", SiloCommandLine.WrongUse),
    };
}
