using CustomerService.Channels.Files;
using CustomerService.Grains.Conversations;
using Npgsql;

namespace CustomerService.Silo.Cluster;

/// <summary>Files in the database's table <c>attachments</c>, each under the hash of its bytes.</summary>
internal sealed class SharedAttachmentStore(NpgsqlDataSource database) : IAttachmentStore
{
    public async Task<Attachment> KeepAsync(string name, string mediaType, Stream content, CancellationToken cancellation)
    {
        var file = await IncomingFile.ReadAsync(name, mediaType, content, cancellation);
        await using var command = database.CreateCommand("INSERT INTO attachments (hash, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING");
        command.Parameters.Add(new NpgsqlParameter { Value = AttachmentReference.HashOf(file.Attachment.Reference)! });
        command.Parameters.Add(new NpgsqlParameter { Value = file.Bytes });
        try
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (NpgsqlException fault)
        {
            throw new IOException($"The file can't be kept: {fault.Message}", fault);
        }

        return file.Attachment;
    }

    public async Task<Stream?> OpenAsync(string reference, CancellationToken cancellation)
    {
        if (AttachmentReference.HashOf(reference) is not { } hash)
            return null;
        await using var command = database.CreateCommand("SELECT bytes FROM attachments WHERE hash = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = hash });
        return await command.ExecuteScalarAsync(cancellation) is byte[] bytes ? new MemoryStream(bytes, writable: false) : null;
    }
}
