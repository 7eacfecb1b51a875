using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerService.Mcp.Serving;

/// <summary>Tools' plain values to JSON and back.</summary>
internal static class WireValues
{
    /// <summary>An argument as tools take it: a text, a number or a list of texts; null where it is none of these.</summary>
    public static object? Argument(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                return json.GetString();
            case JsonValueKind.Number:
                return json.GetDouble();
            case JsonValueKind.Array when json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String):
                return json.EnumerateArray().Select(item => item.GetString()!).ToImmutableArray();
            default:
                return null;
        }
    }

    /// <summary>A tool's result: null, bool, numbers, text, lists and maps of these.</summary>
    public static JsonNode? Json(object? value) => value switch
    {
        null => null,
        string text => text,
        bool truth => truth,
        long whole => whole,
        int whole => whole,
        double number => double.IsFinite(number) ? number : null,
        decimal number => number,
        IReadOnlyDictionary<string, object?> map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Json(entry.Value)))),
        System.Collections.IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Json)]),
        _ => throw new InvalidOperationException($"A tool returned {value.GetType().Name}, which is no plain value."),
    };

    /// <summary>JSON as a tool's result.</summary>
    public static object? Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => json.EnumerateArray().Select(Plain).ToImmutableArray(),
        JsonValueKind.Object => json.EnumerateObject().DistinctBy(property => property.Name).ToImmutableSortedDictionary(property => property.Name, property => Plain(property.Value), StringComparer.Ordinal),
        _ => null,
    };
}
