using System.CommandLine;
using System.Globalization;
using CustomerService.Bench.Database;
using CustomerService.Bench.Figures;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench.Cluster;

/// <summary><c>cluster</c>: durable messages a second in one silo, beside one machine's host and beside Orleans' own storage, in turns.</summary>
internal static class ClusterCommand
{
    private const int WarmUp = 5_000;
    private const int Alone = 1_000;

    public static Command Create()
    {
        var messages = CommonOptions.Number("--messages", 10_000, 1, 1_000_000, "Different messages in each run.");
        var conversations = CommonOptions.Number("--conversations", 1_000, 1, 1_000_000, "Conversations that they are spread over.");
        var window = CommonOptions.Number("--window", 256, 1, 4_096, "Messages under way at once.");
        var rounds = CommonOptions.Number("--rounds", 5, 1, 100, "Rounds; in each everybody runs twice, the second time in the opposite order.");
        var zipf = new Option<double>("--zipf") { Description = "How unevenly conversations are drawn: 0 for all alike.", HelpName = "EXPONENT" };
        var only = new Option<string[]>("--only") { Description = "Only those whose name has one of these words in it.", AllowMultipleArgumentsPerToken = true, HelpName = "WORD" };
        var (database, script) = (DatabaseOptions.Database(), DatabaseOptions.StockScript());
        var statements = new Option<bool>("--statements") { Description = "Also tell which statements took the server how long." };
        var command = new Command("cluster", "Durable messages a second in one silo; beside one machine's host and a bare Orleans grain with the stock storage.")
        {
            messages, conversations, window, rounds, zipf, only, database, script, statements,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shape = new KeepingShape(parsed.GetValue(messages), parsed.GetValue(conversations), parsed.GetValue(zipf), parsed.GetValue(window));
            await using var server = await BenchServer.StartAsync(parsed.GetValue(database));
            var words = parsed.GetValue(only) ?? [];
            var all = Contestants.All(DatabaseOptions.Read(parsed.GetValue(script)));
            var contestants = all.Where(contestant => words.Length == 0 || words.Any(word => contestant.Name.Contains(word, StringComparison.OrdinalIgnoreCase))).ToArray();
            if (contestants.Length == 0)
                throw new CommandFailedException($"--only {string.Join(' ', words)}: nobody is called so. There are: {string.Join("; ", all.Select(contestant => contestant.Name))}.", SiloCommandLine.WrongUse);
            Machine.Print("cluster: one durable write a message");
            Console.WriteLine($"  database    {server.Describe}");
            Console.WriteLine("  durability  D2: committed and fsynced before the acknowledgement, in all");
            Print($"{shape.Messages} messages of 360 characters over {shape.Conversations} conversations, Zipf {shape.Zipf}, window {shape.Window}, seed {shape.Seed}");
            if (!all.Any(contestant => contestant.Name == Contestants.OneSilo))
                Console.WriteLine("  Orleans is off in this build, so only one machine's host is measured.");

            var table = new ContestTable(contestants);
            foreach (var contestant in contestants)
            {
                await RunAsync(server, contestant, shape with { Messages = Math.Min(WarmUp, shape.Messages) });
                table.Counted(contestant, await CountAsync(server, contestant, shape, parsed.GetValue(statements)));
                table.Alone(contestant, await RunAsync(server, contestant, shape with { Messages = Math.Min(Alone, shape.Messages), Conversations = 100, Window = 1 }));
            }

            for (var round = 1; round <= parsed.GetValue(rounds); round++)
            {
                foreach (var contestant in contestants.Concat(contestants.AsEnumerable().Reverse()))
                {
                    cancellation.ThrowIfCancellationRequested();
                    table.Add(round, contestant, await RunAsync(server, contestant, shape));
                }

                Print($"  round {round}: {table.Round(round)} (load {Machine.LoadAverage()})");
            }

            return table.Report() ? 0 : SiloCommandLine.Failed;
        });
        return command;
    }

    private static async Task<KeepingResult> RunAsync(BenchServer server, Contestant contestant, KeepingShape shape)
    {
        KeepingResult result;
        await using (var keeper = await contestant.OpenAsync(await server.CreateAsync()))
        {
            var run = new KeepingRun(keeper, shape, () => server.Processor);
            await run.PrepareAsync();
            result = await run.RunAsync();
        }

        await server.TidyAsync();
        return result;
    }

    /// <summary>A run of its own, since counting statements costs a little.</summary>
    private static async Task<DatabaseCounters?> CountAsync(BenchServer server, Contestant contestant, KeepingShape shape, bool tellStatements)
    {
        if (!contestant.UsesDatabase)
            return null;
        var database = await server.CreateAsync(counting: true);
        DatabaseCounters before;
        await using (var keeper = await contestant.OpenAsync(database))
        {
            var run = new KeepingRun(keeper, shape, () => server.Processor);
            await run.PrepareAsync();
            before = await database.ReadAsync();
            await run.RunAsync();
        }

        await database.WhenLeftAsync();
        if (tellStatements)
            Console.WriteLine($"  {contestant.Name}\n    {string.Join("\n    ", await database.DearestAsync(8))}");
        return (await database.ReadAsync()).Since(before);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
