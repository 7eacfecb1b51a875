using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace CustomerService.Assistants.Tools;

/// <summary>Names one call with all its arguments, so that a customer's yes holds for exactly what was put before them.</summary>
public static class ToolFingerprint
{
    public static string Of(ToolCall call)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            json.WriteStringValue(call.Tool);
            foreach (var (name, value) in call.Arguments)
                Write(json, name, value);
            json.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(text.ToArray()).AsSpan(0, 16));
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        json.WriteStringValue(name);
        switch (value)
        {
            case IEnumerable<string> list:
                json.WriteStartArray();
                foreach (var item in list)
                    json.WriteStringValue(item);
                json.WriteEndArray();
                break;
            case double number:
                json.WriteStringValue("=" + number.ToString("R", CultureInfo.InvariantCulture)); // JSON has no word for what is no number
                break;
            default:
                json.WriteStringValue((string)value);
                break;
        }
    }
}
