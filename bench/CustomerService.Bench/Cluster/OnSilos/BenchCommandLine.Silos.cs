using System.CommandLine;
using CustomerService.Bench.Cluster.OnSilos;

namespace CustomerService.Bench;

// Only with Orleans on.
internal static partial class BenchCommandLine
{
    static partial void AddSiloCommands(RootCommand root)
    {
        root.Subcommands.Add(ScaleCommand.Create());
        root.Subcommands.Add(WorkerCommand.Create());
    }
}
