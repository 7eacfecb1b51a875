using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace CustomerService.Assistants.Tools;

/// <summary>Arguments that came over a wire as JSON, in the shapes that the contract names. What has another shape is left for the gate to refuse.</summary>
public static class JsonArguments
{
    public static ImmutableSortedDictionary<string, object> Of(ToolContract? contract, IEnumerable<KeyValuePair<string, object?>>? given)
    {
        var arguments = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in given ?? [])
        {
            var json = value switch
            {
                null => default,
                JsonElement element => element,
                _ => JsonSerializer.SerializeToElement(value.ToString()),
            };
            if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
                continue;
            arguments[name] = Shaped(contract?.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Type, json);
        }

        return arguments.ToImmutable();
    }

    private static object Shaped(ToolParameterType? type, JsonElement json) => (type, json.ValueKind) switch
    {
        (ToolParameterType.Number, JsonValueKind.Number) => json.GetDouble(),
        (ToolParameterType.Number, JsonValueKind.String) when double.TryParse(json.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        (ToolParameterType.TextList, JsonValueKind.Array) => json.EnumerateArray().Select(Text).ToImmutableArray(),
        (ToolParameterType.TextList, JsonValueKind.String or JsonValueKind.Number) => ImmutableArray.Create(Text(json)),
        _ => Text(json),
    };

    private static string Text(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText();
}
