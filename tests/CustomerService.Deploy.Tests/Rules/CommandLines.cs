using CustomerService.Deploy.Reading;

namespace CustomerService.Deploy.Rules;

/// <summary>What a container gives the program is something that the program takes.</summary>
internal static class CommandLines
{
    private static readonly string[] Roles = ["silo", "gateway", "console"];

    /// <summary>Holds arguments to the flags that the program's own help names.</summary>
    /// <param name="arguments">A command, such as <c>run</c> or <c>database migrate</c>, then flags with their values.</param>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(string place, IEnumerable<string> arguments)
    {
        var all = arguments.ToList();
        var command = string.Join(' ', all.TakeWhile(argument => !argument.StartsWith('-')));
        if (command.Length == 0)
            return [$"{place} names no command first."];

        if (await SiloProgram.FlagsOfAsync(command) is not { } known)
            return [$"{place} gives the command '{command}', which there is not."];
        var told = all.Where(argument => argument.StartsWith("--", StringComparison.Ordinal)).Select(flag => flag.Split('=')[0])
            .Where(flag => !known.Contains(flag))
            .Select(flag => $"{place} gives {flag}, which '{command}' does not have.").ToList();
        if (all.IndexOf("--roles") is >= 0 and var at && all.ElementAtOrDefault(at + 1)?.Split(',').Except(Roles).FirstOrDefault() is { } stranger)
            told.Add($"{place} gives the role '{stranger}', which there is not.");
        return told;
    }
}
