using System.CommandLine;
using CustomerService.Silo.Cluster;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>--database</c>: the PostgreSQL database of a cluster.</summary>
internal sealed class DatabaseFlag(string description)
{
    public FlagOrVariable Flag { get; } = new("--database", EnvironmentVariables.Database, "URL", description);

    /// <exception cref="CommandFailedException">It is no address of a database.</exception>
    public DatabaseAddress? Read(ParseResult parsed, Func<string, string?> environment) =>
        Flag.Read(parsed, environment, text => (DatabaseAddress?)DatabaseAddress.Parse(text), null);
}
