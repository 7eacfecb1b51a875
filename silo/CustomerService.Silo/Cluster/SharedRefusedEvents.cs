using System.Text;
using CustomerService.Grains.Journal;
using CustomerService.Integrations.Outbound;
using CustomerService.Silo.Crm;
using Npgsql;

namespace CustomerService.Silo.Cluster;

/// <summary>Refused events in the database's table <c>refused</c>.</summary>
internal sealed class SharedRefusedEvents(NpgsqlDataSource database, string destination, TimeProvider time) : IRefusedEvents
{
    public async ValueTask AddAsync(JournalEntry entry, string key, OutboundEvent what, string reason, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            INSERT INTO refused (destination, key, at, position, event, reason, body) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (destination, key) DO UPDATE SET at = excluded.at, reason = excluded.reason
            """);
        foreach (var value in new object[] { destination, key, time.GetUtcNow(), entry.Position, what.Kind, Storable(reason), Encoding.UTF8.GetString(what.ToJson()) })
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    // The one character that PostgreSQL's texts can't hold.
    private static string Storable(string text) => text.Replace('\0', '\uFFFD');
}
