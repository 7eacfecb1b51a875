using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Channels.Email.Receiving;

/// <summary>Positions in one small file an account.</summary>
public sealed partial class FilePositions(string folder) : IMailboxPositions
{
    public async Task<MailboxPosition?> ReadAsync(string account, CancellationToken cancellation)
    {
        if (!File.Exists(PathOf(account)))
            return null;
        await using var file = File.OpenRead(PathOf(account));
        return await JsonSerializer.DeserializeAsync(file, Json.Default.MailboxPosition, cancellation);
    }

    public async Task WriteAsync(string account, MailboxPosition position, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var fresh = PathOf(account) + ".new";
        await using (var file = File.Create(fresh))
        {
            await JsonSerializer.SerializeAsync(file, position, Json.Default.MailboxPosition, cancellation);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, PathOf(account), overwrite: true);
    }

    private string PathOf(string account) => Path.Combine(folder, $"{account}.json");

    [JsonSerializable(typeof(MailboxPosition))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    private sealed partial class Json : JsonSerializerContext;
}
