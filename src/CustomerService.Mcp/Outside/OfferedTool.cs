using System.Security.Cryptography;
using System.Text.Json;

namespace CustomerService.Mcp.Outside;

/// <summary>A tool as its server describes it.</summary>
/// <param name="Schema">Of its arguments.</param>
public sealed record OfferedTool(string Name, string Description, JsonElement Schema)
{
    /// <summary>Names exactly this description: whatever changes in it, words or arguments, changes this.</summary>
    public string Fingerprint()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            json.WriteStringValue(Name);
            json.WriteStringValue(Description);
            Write(json, Schema);
            json.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(text.ToArray()));
    }

    // The order of an object's members means nothing.
    private static void Write(Utf8JsonWriter json, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(json, item);
                json.WriteEndArray();
                break;
            case JsonValueKind.Undefined:
                json.WriteNullValue();
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }
}
