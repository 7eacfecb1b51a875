using System.CommandLine;
using CustomerService.Bench.Silos;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;

namespace CustomerService.Bench.Cluster.OnSilos;

/// <summary><c>silo-worker</c>: one of the silos that <c>scale</c> starts. Not for people.</summary>
internal static class WorkerCommand
{
    public const string Name = "silo-worker";

    /// <summary>Where the database is; not on the command line, which everybody can read.</summary>
    public const string DatabaseVariable = "CUSTOMERSERVICE_BENCH_DATABASE";

    public static Command Create()
    {
        var (silo, client, primary) = (Port("--silo-port"), Port("--client-port"), Port("--primary-port"));
        var command = new Command(Name) { silo, client, primary };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            var database = Environment.GetEnvironmentVariable(DatabaseVariable) ?? throw new CommandFailedException($"{DatabaseVariable} is not set.", SiloCommandLine.WrongUse);
            var worker = new SiloWorker(database, parsed.GetValue(silo), parsed.GetValue(client), parsed.GetValue(primary));
            await worker.RunAsync(_ => [new HandsOver()], SiloSettings.DefaultWorkers, Console.In, Console.Out);
            return 0;
        });
        return command;
    }

    private static Option<int> Port(string name) => CommonOptions.Number(name, 0, 1, ushort.MaxValue, "A port.");
}
