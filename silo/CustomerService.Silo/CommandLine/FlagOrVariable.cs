using System.CommandLine;

namespace CustomerService.Silo.CommandLine;

/// <summary>A setting that may come from a flag or, where that is absent, from an environment variable: what many processes share, and secrets.</summary>
internal sealed class FlagOrVariable
{
    public FlagOrVariable(string name, string variable, string helpName, string description)
    {
        Variable = variable;
        Option = new Option<string?>(name) { Description = $"{description} [${variable}]", HelpName = helpName };
    }

    public Option<string?> Option { get; }

    /// <summary>The environment variable's name.</summary>
    public string Variable { get; }

    /// <summary>Whether the command line itself says it.</summary>
    public bool IsFlag(ParseResult parsed) => parsed.GetValue(Option) is not null;

    /// <summary>The setting's text; null where neither says it.</summary>
    public string? Text(ParseResult parsed, Func<string, string?> environment) =>
        parsed.GetValue(Option) ?? (environment(Variable) is { Length: > 0 } text ? text : null);

    /// <summary>What the text means; the default where there is none.</summary>
    /// <param name="parse">Throws <see cref="FormatException"/> with the rest of a sentence that begins with the setting's name.</param>
    /// <exception cref="CommandFailedException">The text means nothing.</exception>
    public T Read<T>(ParseResult parsed, Func<string, string?> environment, Func<string, T> parse, T absent)
    {
        if (Text(parsed, environment) is not { } text)
            return absent;
        try
        {
            return parse(text);
        }
        catch (FormatException fault)
        {
            throw WrongUse(parsed, fault.Message);
        }
    }

    public CommandFailedException WrongUse(ParseResult parsed, string rest) => new($"{NameIn(parsed)} {rest}", SiloCommandLine.WrongUse);

    /// <summary>Whichever of the two said it.</summary>
    private string NameIn(ParseResult parsed) => IsFlag(parsed) ? Option.Name : Variable;
}
