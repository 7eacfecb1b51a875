using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Grains.Journal;

/// <summary>
/// Stores a text that is a JSON object as that object, instead of as a string of escaped quotes: a third smaller, quicker to
/// write, and legible to any tool. Any other text stays a string; both are read back as they were.
/// </summary>
internal sealed class EmbeddedJson : JsonConverter<string>
{
    /// <summary>Well within what readers take, with the event around it.</summary>
    private const int MaxDepth = 32;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return reader.GetString();
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetRawText();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length));
        try
        {
            var utf8 = buffer.AsSpan(0, Encoding.UTF8.GetBytes(value, buffer));
            if (IsObject(utf8))
                writer.WriteRawValue(utf8, skipInputValidation: true);
            else
                writer.WriteStringValue(value);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Whether it is one whole object and nothing else.</summary>
    private static bool IsObject(ReadOnlySpan<byte> utf8)
    {
        if (utf8 is not [(byte)'{', .., (byte)'}'])
            return false;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                // Every token is looked at; a bad one throws.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
