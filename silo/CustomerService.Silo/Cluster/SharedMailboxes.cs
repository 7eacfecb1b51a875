using System.Security.Cryptography;
using CustomerService.Channels.Email.Receiving;
using Npgsql;

namespace CustomerService.Silo.Cluster;

/// <summary>Mailboxes' positions and parked mails in the database's tables <c>mailboxes</c> and <c>parked_mails</c>.</summary>
internal sealed class SharedMailboxes(NpgsqlDataSource database) : IMailboxPositions, IParkedMails
{
    public async Task<MailboxPosition?> ReadAsync(string account, CancellationToken cancellation)
    {
        await using var command = Command("SELECT uid_validity, last_uid, reached, since, untold, telling FROM mailboxes WHERE account = $1", account);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return null;
        return new MailboxPosition(
            (uint)reader.GetInt64(0), (uint)reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2),
            await reader.IsDBNullAsync(3, cancellation) ? null : reader.GetFieldValue<DateTimeOffset>(3))
        {
            Untold = Array.ConvertAll(reader.GetFieldValue<long[]>(4), uid => (uint)uid),
            Telling = await reader.IsDBNullAsync(5, cancellation) ? null : (uint)reader.GetInt64(5),
        };
    }

    public async Task WriteAsync(string account, MailboxPosition position, CancellationToken cancellation)
    {
        await using var command = Command(
            """
            INSERT INTO mailboxes (account, uid_validity, last_uid, reached, since, untold, telling) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (account) DO UPDATE SET uid_validity = excluded.uid_validity, last_uid = excluded.last_uid, reached = excluded.reached, since = excluded.since,
                untold = excluded.untold, telling = excluded.telling
            """,
            account, (long)position.UidValidity, (long)position.LastUid, position.Reached.ToUniversalTime(), position.Since is { } since ? since.ToUniversalTime() : DBNull.Value,
            position.Untold.Select(uid => (long)uid).ToArray(), position.Telling is { } telling ? (long)telling : DBNull.Value);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<ParkedMail> ParkAsync(string account, byte[] raw, string reason, DateTimeOffset receivedAt, CancellationToken cancellation)
    {
        var mail = new ParkedMail(account, Convert.ToHexStringLower(SHA256.HashData(raw).AsSpan(0, 16)), reason.Replace('\0', '\uFFFD'), receivedAt.ToUniversalTime(), raw.Length);
        await using var command = Command(
            "INSERT INTO parked_mails (account, id, at, reason, bytes) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account, id) DO UPDATE SET reason = excluded.reason",
            account, mail.Id, mail.ReceivedAt, mail.Reason, raw);
        try
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (NpgsqlException fault)
        {
            throw new IOException($"The mail can't be parked: {fault.Message}", fault);
        }

        return mail;
    }

    public async Task<IReadOnlyList<ParkedMail>> ListAsync(string? account, int limit, CancellationToken cancellation)
    {
        await using var command = Command(
            "SELECT account, id, reason, at, octet_length(bytes) FROM parked_mails WHERE $1::text IS NULL OR account = $1 ORDER BY at, id LIMIT $2", account ?? (object)DBNull.Value, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var mails = new List<ParkedMail>();
        while (await reader.ReadAsync(cancellation))
            mails.Add(Mail(reader));
        return mails;
    }

    public async Task<(ParkedMail Mail, byte[] Raw)?> FindAsync(string account, string id, CancellationToken cancellation)
    {
        await using var command = Command("SELECT account, id, reason, at, octet_length(bytes), bytes FROM parked_mails WHERE account = $1 AND id = $2", account, id);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (Mail(reader), reader.GetFieldValue<byte[]>(5)) : null;
    }

    public async Task<bool> DropAsync(string account, string id, CancellationToken cancellation)
    {
        await using var command = Command("DELETE FROM parked_mails WHERE account = $1 AND id = $2", account, id);
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }

    private static ParkedMail Mail(NpgsqlDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetInt32(4));

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
