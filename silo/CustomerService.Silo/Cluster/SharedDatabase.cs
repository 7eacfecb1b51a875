using System.Security.Cryptography;
using CustomerService.Channels.Email.Receiving;
using CustomerService.Channels.Files;
using CustomerService.Gateway.Visitors;
using CustomerService.Integrations.Orders;
using CustomerService.Knowledge;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Figures;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Crm;
using Npgsql;

namespace CustomerService.Silo.Cluster;

/// <summary>What the processes of a cluster share besides grains, in their database. One for a process: all of it goes over the same connections.</summary>
internal sealed class SharedDatabase(PostgreSqlDatabase database) : ISystemRecords, IAsyncDisposable
{
    private const string VisitorKeyName = "visitor-key";
    private const string StaffKeyName = "staff-key";
    private const string AgentTokenName = "agent-token";
    private const string OperatorTokenName = "operator-token";

    public PostgreSqlDatabase Database => database;

    /// <exception cref="CommandFailedException">It can't be used; the message says why and what to do.</exception>
    public static async Task<SharedDatabase> OpenAsync(DatabaseAddress address, CancellationToken cancellation)
    {
        try
        {
            return new SharedDatabase(await PostgreSqlDatabase.OpenAsync(address.ConnectionString, cancellation));
        }
        catch (StoreOpenException fault)
        {
            throw new CommandFailedException(fault.Message);
        }
    }

    public async ValueTask<SystemKeys> KeysAsync(Func<string, string?> environment, CancellationToken cancellation)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            // Of processes that start at once, the first one's keys stay, and all of them read those.
            await using var batch = database.Source.CreateBatch();
            var insert = new NpgsqlBatchCommand("INSERT INTO keys (name, value) VALUES ($1, $2), ($3, $4), ($5, $6), ($7, $8) ON CONFLICT DO NOTHING");
            foreach (var value in new[] { VisitorKeyName, NewKey(), StaffKeyName, NewKey(), AgentTokenName, NewToken(), OperatorTokenName, NewToken() })
                insert.Parameters.Add(new NpgsqlParameter { Value = value });
            batch.BatchCommands.Add(insert);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT name, value FROM keys"));
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                kept[reader.GetString(0)] = reader.GetString(1);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            throw new CommandFailedException($"{database.Where}: the keys can't be read or made: {fault.Message}");
        }

        return SystemKeys.Choose(environment, () => Convert.FromBase64String(kept[VisitorKeyName]), () => Convert.FromBase64String(kept[StaffKeyName]), () => kept[AgentTokenName], () => kept[OperatorTokenName]);
    }

    public string? ClientKey(string client) => null;

    public StoredOrders OpenOrders() => new PostgreSqlOrderSystem(database.Source);

    public IFeedPosition FeedPosition(string destination) => new SharedFeedPosition(database.Source, destination);

    public IRefusedEvents RefusedEvents(string destination, TimeProvider time) => new SharedRefusedEvents(database.Source, destination, time);

    public IAttachmentStore Attachments() => new SharedAttachmentStore(database.Source);

    public IMailboxPositions MailboxPositions() => new SharedMailboxes(database.Source);

    public IParkedMails ParkedMails() => new SharedMailboxes(database.Source);

    public IDuty Duty(string name, TimeProvider time, ILoggerFactory loggers) => new SharedDuty(database.Source, name, time, loggers.CreateLogger<SharedDuty>());

    public KnowledgeRecords OpenKnowledge(TimeProvider time) => new(database.Source, time);

    public ConversationTables OpenConversationList() => ConversationTables.OnDatabase(database.Source);

    public CaseTables OpenFigures() => CaseTables.OnDatabase(database.Source);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(VisitorKey.Length));

    private static string NewToken() => RandomNumberGenerator.GetHexString(40, lowercase: true);
}
