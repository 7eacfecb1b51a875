using CustomerService.Channels.Files;
using CustomerService.Grains.Conversations;
using Npgsql;
using NpgsqlTypes;

namespace CustomerService.Silo.Cluster;

/// <summary>Files in the database's table <c>attachments</c>, each under the hash of its bytes.</summary>
internal sealed class SharedAttachmentStore(NpgsqlDataSource database) : IAttachmentStore
{
    private const int AskedAtOnce = 200;

    public Task<Attachment> KeepAsync(string name, string mediaType, Stream content, CancellationToken cancellation) =>
        KeepAsync(name, mediaType, content, until: null, cancellation);

    public Task<Attachment> KeepUntilAsync(string name, string mediaType, Stream content, DateTimeOffset until, CancellationToken cancellation) =>
        KeepAsync(name, mediaType, content, until, cancellation);

    public async Task<Stream?> OpenAsync(string reference, CancellationToken cancellation)
    {
        if (AttachmentReference.HashOf(reference) is not { } hash)
            return null;
        await using var command = database.CreateCommand("SELECT bytes FROM attachments WHERE hash = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = hash });
        return await command.ExecuteScalarAsync(cancellation) is byte[] bytes ? new MemoryStream(bytes, writable: false) : null;
    }

    public async Task<bool> TakeAsync(IReadOnlyCollection<string> references, CancellationToken cancellation)
    {
        var hashes = references.Select(AttachmentReference.HashOf).ToHashSet();
        if (hashes.Contains(null))
            return false;
        await using var command = database.CreateCommand("""
            WITH taken AS (UPDATE attachments SET unsent_until = NULL WHERE hash = ANY($1) AND unsent_until IS NOT NULL)
            SELECT count(*) FROM attachments WHERE hash = ANY($1)
            """);
        command.Parameters.Add(Texts(hashes!));
        return await DoAsync(async () => (long)(await command.ExecuteScalarAsync(cancellation))! == hashes.Count, "taken");
    }

    public async Task ReleaseAsync(IReadOnlyCollection<string> references, DateTimeOffset until, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("UPDATE attachments SET unsent_until = greatest(unsent_until, $2) WHERE hash = ANY($1)");
        command.Parameters.Add(Texts(references.Select(AttachmentReference.HashOf).OfType<string>()));
        command.Parameters.Add(new NpgsqlParameter { Value = until.ToUniversalTime() });
        await DoAsync(() => command.ExecuteNonQueryAsync(cancellation), "released");
    }

    public async Task<int> SweepAsync(DateTimeOffset now, FilesInUse inUse, CancellationToken cancellation)
    {
        var swept = 0;
        while (await DoAsync(() => DueAsync(now, cancellation), "swept") is { Count: > 0 } due)
        {
            var used = await inUse([.. due.Select(AttachmentReference.OfHash)], cancellation);
            var kept = due.Where(hash => used.Contains(AttachmentReference.OfHash(hash))).ToList();
            // What a message took meanwhile is not due any more.
            await DoAsync(() => OfDueAsync("UPDATE attachments SET unsent_until = NULL", kept, now, cancellation), "kept");
            swept += await DoAsync(() => OfDueAsync("DELETE FROM attachments", due.Except(kept), now, cancellation), "swept");
        }

        return swept;
    }

    private async Task<List<string>> DueAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"SELECT hash FROM attachments WHERE unsent_until <= $1 ORDER BY unsent_until LIMIT {AskedAtOnce}");
        command.Parameters.Add(new NpgsqlParameter { Value = now.ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var due = new List<string>();
        while (await reader.ReadAsync(cancellation))
            due.Add(reader.GetString(0));
        return due;
    }

    private async Task<int> OfDueAsync(string act, IEnumerable<string> hashes, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"{act} WHERE hash = ANY($1) AND unsent_until <= $2");
        command.Parameters.Add(Texts(hashes));
        command.Parameters.Add(new NpgsqlParameter { Value = now.ToUniversalTime() });
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlParameter Texts(IEnumerable<string> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private async Task<Attachment> KeepAsync(string name, string mediaType, Stream content, DateTimeOffset? until, CancellationToken cancellation)
    {
        var file = await IncomingFile.ReadAsync(name, mediaType, content, cancellation);

        // Who waits waits for the longest; what is kept for good stays so.
        await using var command = database.CreateCommand("""
            INSERT INTO attachments (hash, bytes, unsent_until) VALUES ($1, $2, $3)
            ON CONFLICT (hash) DO UPDATE SET unsent_until = CASE WHEN excluded.unsent_until IS NULL THEN NULL ELSE greatest(attachments.unsent_until, excluded.unsent_until) END
            WHERE attachments.unsent_until IS NOT NULL
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = AttachmentReference.HashOf(file.Attachment.Reference)! });
        command.Parameters.Add(new NpgsqlParameter { Value = file.Bytes });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)until?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await DoAsync(() => command.ExecuteNonQueryAsync(cancellation), "kept");
        return file.Attachment;
    }

    private static async Task<T> DoAsync<T>(Func<Task<T>> act, string what)
    {
        try
        {
            return await act();
        }
        catch (NpgsqlException fault)
        {
            throw new IOException($"The file can't be {what}: {fault.Message}", fault);
        }
    }
}
