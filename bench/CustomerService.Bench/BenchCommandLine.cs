using System.CommandLine;
using CustomerService.Bench.Cluster;
using CustomerService.Bench.Cycle;
using CustomerService.Bench.Doors;
using CustomerService.Bench.Knowledge;
using CustomerService.Bench.Matching;
using CustomerService.Bench.Memory;
using CustomerService.Bench.Pages;
using CustomerService.Bench.Profile;
using CustomerService.Bench.Simulation;
using CustomerService.Bench.Sockets;
using CustomerService.Bench.Start;
using CustomerService.Bench.Throughput;
using CustomerService.Bench.Understanding;
using CustomerService.Bench.Webhooks;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench;

/// <summary>The measurements, one command each. Wrong use exits with 2, a void result with 1.</summary>
internal static partial class BenchCommandLine
{
    // Benchmarks run on the local models; a key in the environment would have them ask, and pay, a server.
    private static readonly string[] KeysToForget = ["OPENAI_API_KEY", "OPENAI_BASE_URL", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"];

    static partial void AddSiloCommands(RootCommand root);

    public static async Task<int> RunAsync(string[] args)
    {
        foreach (var key in KeysToForget)
            Environment.SetEnvironmentVariable(key, null);

        var root = new RootCommand("Measures CustomerService on this machine. Files are made in the system's temporary folder ($TMPDIR), so that is the disk that is measured.");
        root.Subcommands.Add(ThroughputCommand.Create());
        root.Subcommands.Add(CycleCommand.Create());
        root.Subcommands.Add(ClusterCommand.Create());
        AddSiloCommands(root);
        root.Subcommands.Add(KnowledgeCommand.Create());
        root.Subcommands.Add(MatchingCommand.Create());
        root.Subcommands.Add(MemoryCommand.Create());
        root.Subcommands.Add(StartCommand.Create());
        root.Subcommands.Add(ProfileCommand.Create());
        root.Subcommands.Add(SimulationCommand.Create());
        root.Subcommands.Add(PagesCommand.Create());
        root.Subcommands.Add(ListsCommand.Create());
        root.Subcommands.Add(PagesDoor.Create());
        root.Subcommands.Add(SocketsCommand.Create());
        root.Subcommands.Add(DoorCommand.Create());
        root.Subcommands.Add(CrowdCommand.Create());
        root.Subcommands.Add(UnderstandingCommand.Create());
        root.Subcommands.Add(WebhooksCommand.Create());
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"{parsed.Errors[0].Message.ReplaceLineEndings(" ")} See --help.");
            return SiloCommandLine.WrongUse;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (CommandFailedException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return SiloCommandLine.Failed;
        }
    }
}
