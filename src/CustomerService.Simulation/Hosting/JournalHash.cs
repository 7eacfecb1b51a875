using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerService.Grains.Journal;
using CustomerService.Runtime.Turns;

namespace CustomerService.Simulation.Hosting;

/// <summary>A whole journal in one word: two runs with the same word were the same, event for event and byte for byte.</summary>
public static class JournalHash
{
    /// <exception cref="InvalidOperationException">The host keeps no journal.</exception>
    public static string Of(SimulatedHost host)
    {
        if (!host.KeepsJournal)
            throw new InvalidOperationException($"The journal is not kept; see {nameof(SimulationSettings)}.{nameof(SimulationSettings.KeepsJournal)}.");

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var entries = AtOnce.Of(host.Journal.ReadAllAsync(0, int.MaxValue));
        foreach (var entry in entries)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{entry.Position} {entry.Grain} {entry.Sequence} {entry.At:O} ")));
            hash.AppendData(Ordered(GrainFormat.Default.Write(entry.Event)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    /// <summary>The same JSON with the members of each object in order: those of a dictionary come in another order in each process.</summary>
    private static byte[] Ordered(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        using var ordered = new MemoryStream(json.Length);
        using (var writer = new Utf8JsonWriter(ordered))
            Write(document.RootElement, writer);
        return ordered.ToArray();
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(member.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(item, writer);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
