using System.CommandLine;

namespace CustomerService.Silo.CommandLine;

/// <summary>What several commands do with their arguments and flags.</summary>
internal static class ArgumentExtensions
{
    /// <summary>The same command, with more flags.</summary>
    public static Command With(this Command command, params IEnumerable<Option> options)
    {
        foreach (var option in options)
            command.Options.Add(option);
        return command;
    }

    /// <summary>The path of a file that must be there.</summary>
    /// <exception cref="CommandFailedException">It is not.</exception>
    public static string GetRequiredFile(this ParseResult parsed, Argument<FileInfo> argument)
    {
        var file = parsed.GetRequiredValue(argument);
        return file.Exists
            ? file.FullName
            : throw new CommandFailedException($"{file}: there is no such file.", SiloCommandLine.WrongUse);
    }
}
