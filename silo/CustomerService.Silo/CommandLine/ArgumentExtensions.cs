using System.CommandLine;

namespace CustomerService.Silo.CommandLine;

/// <summary>Arguments with a meaning that text alone doesn't check.</summary>
internal static class ArgumentExtensions
{
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
