using System.Text.Json;

namespace CustomerService.Assistants.Models;

/// <summary>
/// Holds a model's reply against the JSON schema that it was given: type, properties, required, additionalProperties, items, enum, and the
/// limits of numbers, texts and lists. What is wrong is said in words that the model can act on.
/// </summary>
internal static class ReplySchema
{
    /// <summary>What is wrong with a value; null: nothing.</summary>
    /// <param name="path">Where the value stands, for the message.</param>
    public static string? Problem(JsonElement schema, JsonElement value, string path = "")
    {
        if (schema.TryGetProperty("type", out var type) && !IsOf(type, value))
            return $"{Name(path)} must be {Words(type)}.";
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)))
            return $"{Name(path)} must be one of {string.Join(", ", words.EnumerateArray().Select(word => word.ToString()))}.";
        return value.ValueKind switch
        {
            JsonValueKind.Object => Object(schema, value, path),
            JsonValueKind.Array => List(schema, value, path),
            JsonValueKind.String => Length(schema, "maxLength", value.GetString()!.Length, path, "characters"),
            JsonValueKind.Number => Number(schema, value.GetDouble(), path),
            _ => null,
        };
    }

    private static string? Object(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray())
            {
                if (!value.TryGetProperty(name.GetString()!, out _))
                    return $"the field '{Inside(path, name.GetString()!)}' is missing.";
            }
        }

        var closed = schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False;
        var hasProperties = schema.TryGetProperty("properties", out var properties);
        foreach (var field in value.EnumerateObject())
        {
            if (hasProperties && properties.TryGetProperty(field.Name, out var inner))
            {
                if (Problem(inner, field.Value, Inside(path, field.Name)) is { } problem)
                    return problem;
            }
            else if (closed)
            {
                return $"there is no field '{Inside(path, Cut(field.Name))}'.";
            }
        }

        return null;
    }

    private static string? List(JsonElement schema, JsonElement value, string path)
    {
        var count = value.GetArrayLength();
        if (schema.TryGetProperty("minItems", out var least) && count < least.GetInt32())
            return $"{Name(path)} must have at least {least.GetInt32()} {(least.GetInt32() == 1 ? "entry" : "entries")}.";
        if (Length(schema, "maxItems", count, path, "entries") is { } tooLong)
            return tooLong;
        if (!schema.TryGetProperty("items", out var items))
            return null;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (Problem(items, item, $"{path}[{index++}]") is { } problem)
                return problem;
        }

        return null;
    }

    private static string? Number(JsonElement schema, double value, string path)
    {
        if ((schema.TryGetProperty("minimum", out var least) && value < least.GetDouble()) || (schema.TryGetProperty("maximum", out var most) && value > most.GetDouble()))
            return $"{Name(path)} must lie between {schema.GetProperty("minimum")} and {schema.GetProperty("maximum")}.";
        return null;
    }

    private static string? Length(JsonElement schema, string key, int length, string path, string unit) =>
        schema.TryGetProperty(key, out var most) && length > most.GetInt32() ? $"{Name(path)} has more than {most.GetInt32()} {unit}." : null;

    private static bool IsOf(JsonElement type, JsonElement value) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => IsOf(one, value))
        : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            var unknown => throw new InvalidOperationException($"The schema names a type '{unknown}'."),
        };

    private static string Words(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? string.Join(" or ", type.EnumerateArray().Select(Words))
        : type.GetString() switch { "array" => "a list", "object" => "an object", "string" => "a text", "null" => "null", "integer" => "a whole number", var other => $"a {other}" };

    private static string Name(string path) => path.Length == 0 ? "the reply" : $"'{path}'";

    private static string Inside(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60];
}
