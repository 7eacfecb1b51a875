using System.CommandLine;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>procedures</c>: what the assistant does step by step, before customers meet it.</summary>
internal static class ProcedureCommands
{
    public static Command Create()
    {
        var command = new Command("procedures", "Check a procedure, or replay a benchmark through its tools.");
        command.Aliases.Add("procedure");
        command.Subcommands.Add(ProcedureCheckCommand.Create());
        command.Subcommands.Add(ProcedureReplayCommand.Create());
        return command;
    }
}
