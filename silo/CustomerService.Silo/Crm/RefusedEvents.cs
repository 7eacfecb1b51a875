using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Grains.Journal;
using CustomerService.Integrations.Outbound;

namespace CustomerService.Silo.Crm;

/// <summary>Refused events in a file, one JSON object a line.</summary>
internal sealed class RefusedEvents(string path, TimeProvider time) : IRefusedEvents
{
    /// <inheritdoc/>
    /// <exception cref="IOException">It can't be written now.</exception>
    public ValueTask AddAsync(JournalEntry entry, string key, OutboundEvent what, string reason, CancellationToken cancellation)
    {
        var line = new JsonObject
        {
            ["at"] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            ["position"] = entry.Position,
            ["key"] = key,
            ["event"] = what.Kind,
            ["reason"] = reason,
            ["body"] = JsonNode.Parse(what.ToJson()),
        };
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        var torn = EndsInsideALine(file);
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes((torn ? "\n" : "") + line.ToJsonString() + "\n"));
        file.Flush(flushToDisk: true);
        return ValueTask.CompletedTask;
    }

    // A crash may have cut the last line short; the next one must not be spoilt by it.
    private static bool EndsInsideALine(FileStream file)
    {
        if (file.Length == 0)
            return false;
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }
}
