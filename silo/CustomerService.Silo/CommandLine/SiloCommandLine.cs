using System.CommandLine;

namespace CustomerService.Silo.CommandLine;

/// <summary>The one program's commands. Wrong use exits with 2 and one clear line; a failure with 1.</summary>
internal static class SiloCommandLine
{
    public const int Failed = 1;
    public const int WrongUse = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var root = Build();
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"{Complaint(parsed)} See --help.");
            return WrongUse;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (CommandFailedException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return Failed;
        }
    }

    /// <summary>The first thing wrong, in one line that names what it is about.</summary>
    private static string Complaint(ParseResult parsed)
    {
        var error = parsed.Errors[0];
        var missing = parsed.CommandResult.Command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is null or { Tokens.Count: 0 });
        if (parsed.CommandResult.Command is { Action: null, Subcommands: { Count: > 0 } known } group)
            return $"'{group.Name}' needs one of its commands: {string.Join(", ", known.Select(command => command.Name))}.";
        return missing is null ? string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : $"'{parsed.CommandResult.Command.Name}' needs {missing.Name}: {missing.Description}";
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("CustomerService: answers customers' messages, or hands them to the right person. Without a command, runs the system.");
        RunCommand.AddTo(root);
        root.Subcommands.Add(RunCommand.Create());
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(ReplayCommand.Create());
        root.Subcommands.Add(PipelineCommands.Create());
        root.Subcommands.Add(RoutingCommands.Create());
        root.Subcommands.Add(ContentCommands.Create());
        root.Subcommands.Add(RepliesCommand.Create());
        root.Subcommands.Add(AlertsCommand.Create());
        root.Subcommands.Add(RetentionCommand.Create());
        root.Subcommands.Add(ProcedureCommands.Create());
        root.Subcommands.Add(McpCommands.Create());
        root.Subcommands.Add(TrainCommand.Create());
        root.Subcommands.Add(EvaluateCommand.Create());
        root.Subcommands.Add(ExamplesCommand.Create());
        root.Subcommands.Add(KnowledgeCommands.Create());
        root.Subcommands.Add(ImportOrdersCommand.Create());
        root.Subcommands.Add(SendCommand.Create());
        root.Subcommands.Add(ConversationsCommand.Create());
        root.Subcommands.Add(JournalCommand.Create());
        root.Subcommands.Add(ReportsCommand.Create());
        root.Subcommands.Add(ChannelsCommand.Create());
        root.Subcommands.Add(ParkedCommand.Create());
        root.Subcommands.Add(MailsCommand.Create());
        root.Subcommands.Add(PeopleCommands.Create());
        root.Subcommands.Add(TokenCommands.Create());
        root.Subcommands.Add(AuditCommands.Create());
        root.Subcommands.Add(DatabaseCommand.Create());
        root.Subcommands.Add(ClusterStatusCommand.Create());
        root.Subcommands.Add(SimulateCommand.Create());
        return root;
    }
}

/// <summary>Ends a command with one line for its user.</summary>
internal sealed class CommandFailedException(string message, int exitCode = SiloCommandLine.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
