using System.CommandLine;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench.Cluster;

/// <summary>Flags of the measurements that need PostgreSQL.</summary>
internal static class DatabaseOptions
{
    public static Option<string?> Database() => new("--database")
    {
        Description = "A PostgreSQL server to measure on, as Npgsql reads it (Host=…;Username=…); the user must be allowed to make databases. Default: one of our own, in the temporary folder.",
        HelpName = "SERVER",
    };

    public static Option<string?> StockScript() => new("--stock-script")
    {
        Description = "Orleans' own script for its storage (PostgreSQL-Main.sql and PostgreSQL-Persistence.sql in one file). Default: ours, which makes the same tables and queries.",
        HelpName = "FILE",
    };

    /// <exception cref="CommandFailedException">The file can't be read.</exception>
    public static string? Read(string? script)
    {
        try
        {
            return script is null ? null : File.ReadAllText(script);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"--stock-script {script}: {fault.Message}", SiloCommandLine.WrongUse);
        }
    }
}
