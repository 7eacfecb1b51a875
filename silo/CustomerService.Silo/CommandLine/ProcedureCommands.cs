using System.CommandLine;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>procedures</c>: what the assistant does step by step, before customers meet it.</summary>
internal static class ProcedureCommands
{
    public static Command Create()
    {
        var command = new Command("procedures", "Replay a benchmark's actions through the tools of procedures.");
        command.Aliases.Add("procedure");
        command.Subcommands.Add(ProcedureReplayCommand.Create());
        return command;
    }
}
