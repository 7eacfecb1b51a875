using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CustomerService.Pipelines.Expressions;

/// <summary>Plain values (see <see cref="Values"/>) to JSON and back.</summary>
public static class PlainJson
{
    internal static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Numbers without a fraction become long, others double; a number beyond both becomes text.</summary>
    public static object? Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => Values.Boxed(true),
        JsonValueKind.False => Values.Boxed(false),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? (object)whole
            : json.TryGetDouble(out var number) && double.IsFinite(number) ? number
            : json.GetRawText(),
        JsonValueKind.Array => json.EnumerateArray().Select(Read).ToArray(),
        JsonValueKind.Object => ReadMap(json),
        _ => null,
    };

    /// <summary>An object's fields; of a repeated name the last counts.</summary>
    public static IReadOnlyDictionary<string, object?> ReadMap(JsonElement json)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in json.EnumerateObject())
            map[field.Name] = Read(field.Value);
        return map;
    }

    /// <summary>Compact JSON of a plain value.</summary>
    public static string Write(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
            Write(writer, value, 0);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> map when depth < 64:
                writer.WriteStartObject();
                foreach (var (key, item) in map)
                {
                    writer.WritePropertyName(key);
                    Write(writer, item, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case IReadOnlyList<object?> list when depth < 64:
                writer.WriteStartArray();
                foreach (var item in list)
                    Write(writer, item, depth + 1);
                writer.WriteEndArray();
                break;
            default:
                WriteScalar(writer, value);
                break;
        }
    }

    /// <summary>Anything but lists and maps.</summary>
    internal static void WriteScalar(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case long whole:
                writer.WriteNumberValue(whole);
                break;
            case int whole:
                writer.WriteNumberValue(whole);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(Values.ToText(value));
                break;
        }
    }
}
