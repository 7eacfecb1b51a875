using System.CommandLine;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Accounts;

/// <summary>The flags by which a command names the system whose accounts it changes.</summary>
internal sealed class WhoseAccounts
{
    private readonly WhichSystem _system = new();
    private readonly ConsoleFlags _console = new();

    public IEnumerable<Option> Options => [.. _system.Options, .. _console.Options];

    /// <exception cref="CommandFailedException">There is no such system, or it can't be reached.</exception>
    public async Task<IAccounts> OpenAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var database = _system.Database(parsed);
        if (_console.Url(parsed) is { } url)
            return new RunningAccounts(url, _console.Token(parsed) ?? await TokenAsync(database, cancellation));
        if (database is not null)
            throw new CommandFailedException($"Accounts of a cluster are changed by one of its consoles: name it with --url http://host:port, beside --database {database}.", SiloCommandLine.WrongUse);

        var folder = DataFolder.Existing(_system.Folder(parsed));
        var keys = await folder.KeysAsync(Environment.GetEnvironmentVariable, cancellation);
        if (folder.Announced() is { } address)
        {
            var running = new RunningAccounts(address, keys.OperatorToken);
            if (await running.AnswersAsync(cancellation))
                return running;
            await running.DisposeAsync(); // It has ended without a word.
        }

        return new StoppedAccounts(folder, keys.StaffKey);
    }

    private static async Task<string> TokenAsync(DatabaseAddress? database, CancellationToken cancellation)
    {
        if (database is null)
            throw new CommandFailedException("--url needs --operator-token, or --database to read it from.", SiloCommandLine.WrongUse);
        await using var records = await SharedDatabase.OpenAsync(database, cancellation);
        return (await records.KeysAsync(Environment.GetEnvironmentVariable, cancellation)).OperatorToken;
    }
}
