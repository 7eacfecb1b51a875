using System.Security.Cryptography;
using CustomerService.Channels.Email.Receiving;
using Npgsql;

namespace CustomerService.Silo.Cluster;

/// <summary>Mailboxes' positions and parked mails in the database's tables <c>mailboxes</c> and <c>parked_mails</c>.</summary>
internal sealed class SharedMailboxes(NpgsqlDataSource database) : IMailboxPositions, IParkedMails
{
    public async Task<MailboxPosition?> ReadAsync(string account, CancellationToken cancellation)
    {
        await using var command = Command("SELECT uid_validity, last_uid, reached, since FROM mailboxes WHERE account = $1", account);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new MailboxPosition(
                (uint)reader.GetInt64(0), (uint)reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2),
                await reader.IsDBNullAsync(3, cancellation) ? null : reader.GetFieldValue<DateTimeOffset>(3))
            : null;
    }

    public async Task WriteAsync(string account, MailboxPosition position, CancellationToken cancellation)
    {
        await using var command = Command(
            """
            INSERT INTO mailboxes (account, uid_validity, last_uid, reached, since) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (account) DO UPDATE SET uid_validity = excluded.uid_validity, last_uid = excluded.last_uid, reached = excluded.reached, since = excluded.since
            """,
            account, (long)position.UidValidity, (long)position.LastUid, position.Reached.ToUniversalTime(), position.Since is { } since ? since.ToUniversalTime() : DBNull.Value);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<string> ParkAsync(string account, byte[] raw, string reason, DateTimeOffset receivedAt, CancellationToken cancellation)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(raw).AsSpan(0, 16));
        await using var command = Command(
            "INSERT INTO parked_mails (account, id, at, reason, bytes) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            account, id, receivedAt.ToUniversalTime(), reason.Replace('\0', '\uFFFD'), raw);
        try
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (NpgsqlException fault)
        {
            throw new IOException($"The mail can't be parked: {fault.Message}", fault);
        }

        return $"table parked_mails, id {id}";
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
