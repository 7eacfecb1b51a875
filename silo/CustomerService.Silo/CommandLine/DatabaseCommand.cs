using System.CommandLine;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>database migrate</c>: makes a cluster's tables, or brings them to this program's version.</summary>
internal static class DatabaseCommand
{
    public static Command Create()
    {
        var database = new DatabaseFlag("The PostgreSQL database, postgres://user:password@host:port/name.");
        var migrate = new Command("migrate", "Make the tables of a cluster's database, or bring them to this program's version. Can be repeated, and run by many at once.") { database.Flag.Option };
        migrate.SetAction(async (parsed, cancellation) =>
        {
            var address = database.Read(parsed, Environment.GetEnvironmentVariable)
                ?? throw new CommandFailedException("'migrate' needs --database postgres://user:password@host:port/name.", SiloCommandLine.WrongUse);
            try
            {
                var found = await PostgreSqlDatabase.MigrateAsync(address.ConnectionString, cancellation);
                Console.WriteLine(found == PostgreSqlDatabase.SchemaVersion
                    ? $"{address} has schema {found} already."
                    : $"{address} is brought from schema {found} to schema {PostgreSqlDatabase.SchemaVersion}.");
                return 0;
            }
            catch (StoreOpenException fault)
            {
                throw new CommandFailedException(fault.Message);
            }
        });
        var command = new Command("database", "The database that the processes of a cluster share.");
        command.Subcommands.Add(migrate);
        return command;
    }
}
