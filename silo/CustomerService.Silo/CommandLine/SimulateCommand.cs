using System.CommandLine;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>simulate</c>: the real grains in virtual time.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var command = new Command("simulate", "Play a centre's day through the real conversations, queues and agents in virtual time, beside how it is at present.");
        SimulateWhatIf.AddTo(command);
        command.Subcommands.Add(SimulateChaosCommand.Create());
        return command;
    }
}
