using System.CommandLine;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.CommandLine;

/// <summary>The flags by which a command names the system that it is about: <c>--data</c> for one on its own, <c>--database</c> for a cluster's.</summary>
internal sealed class WhichSystem
{
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly DatabaseFlag _database = new("Instead of --data, for a system in a cluster: its PostgreSQL database, postgres://user:password@host:port/name.");

    public IEnumerable<Option> Options => [_data, _database.Flag.Option];

    /// <summary>The folder; used where there is no database.</summary>
    public string Folder(ParseResult parsed) => parsed.GetValue(_data)!;

    /// <summary>The database; null where the system is one on its own.</summary>
    /// <exception cref="CommandFailedException">Both are named, or the database's address can't be read.</exception>
    public DatabaseAddress? Database(ParseResult parsed)
    {
        var folderIsNamed = parsed.GetResult(_data) is { Implicit: false };
        if (folderIsNamed && _database.Flag.IsFlag(parsed))
            throw new CommandFailedException("--data and --database name two systems: leave one of them out.", SiloCommandLine.WrongUse);
        return folderIsNamed ? null : _database.Read(parsed, Environment.GetEnvironmentVariable);
    }

    /// <summary>What it keeps besides its grains.</summary>
    /// <exception cref="CommandFailedException">It can't be used.</exception>
    public async ValueTask<ISystemRecords> RecordsAsync(ParseResult parsed, CancellationToken cancellation) => Database(parsed) is { } database
        ? await SharedDatabase.OpenAsync(database, cancellation)
        : DataFolder.Create(Folder(parsed));

    /// <summary>The same of a system that has run.</summary>
    /// <exception cref="CommandFailedException">There is none, or it can't be used.</exception>
    public async ValueTask<ISystemRecords> ExistingRecordsAsync(ParseResult parsed, CancellationToken cancellation) => Database(parsed) is { } database
        ? await SharedDatabase.OpenAsync(database, cancellation)
        : DataFolder.Existing(Folder(parsed));

    /// <inheritdoc cref="StoredSystem"/>
    /// <exception cref="CommandFailedException">There is none, or it can't be read.</exception>
    public async ValueTask<StoredSystem> OpenAsync(ParseResult parsed, CancellationToken cancellation) => Database(parsed) is { } database
        ? await StoredSystem.OpenAsync(database, cancellation)
        : StoredSystem.Open(Folder(parsed));
}
