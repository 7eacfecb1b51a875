using System.CommandLine;
using CustomerService.Pipelines.Routing;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>routing check</c>: routing rules before anybody is routed by them.</summary>
internal static class RoutingCommands
{
    public static Command Create()
    {
        var command = new Command("routing", "Check a file of routing rules.");
        command.Subcommands.Add(CreateCheck());
        return command;
    }

    private static Command CreateCheck()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The routing rules, such as routing.yaml; holiday files that it names are looked for beside it." };
        var command = new Command("check", "Check queues, hours, service levels and targets; show them in words.") { file };
        command.SetAction(parsed =>
        {
            var report = RoutingCheck.OfFile(parsed.GetRequiredFile(file), TimeProvider.System);
            Console.WriteLine(report.ToString());
            return report.Rules is null ? SiloCommandLine.Failed : 0;
        });
        return command;
    }
}
