using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Assistants.Tools;

namespace CustomerService.Mcp.Outside;

/// <summary>Another system's description of a tool's arguments, as far as our tools have such arguments.</summary>
internal static class OfferedArguments
{
    private const int LongestSummary = 300;

    /// <summary>The parameters; optional ones of other shapes are left out, so they are never sent.</summary>
    /// <param name="problem">What can't be mapped; null: nothing that is required.</param>
    public static ImmutableArray<ToolParameter> Parameters(JsonElement schema, out string? problem)
    {
        problem = null;
        if (schema.ValueKind != JsonValueKind.Object || (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && !type.ValueEquals("object")))
        {
            problem = "its arguments are no object";
            return [];
        }

        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        var parameters = ImmutableArray.CreateBuilder<ToolParameter>();
        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject())
            {
                if (Parameter(property.Name, property.Value, required.Remove(property.Name)) is { } parameter)
                    parameters.Add(parameter);
                else if (IsRequired(schema, property.Name))
                    problem = $"'{property.Name}' is no text, no number and no list of texts";
            }
        }

        if (required.Count > 0)
            problem = $"'{required.First()}' is required and not described";
        return parameters.ToImmutable();
    }

    /// <summary>In one short line, without line breaks or other control characters.</summary>
    public static string Line(string? text)
    {
        var line = new string([.. (text ?? "").Select(letter => char.IsControl(letter) ? ' ' : letter)]).Trim();
        return line.Length <= LongestSummary ? line : line[..LongestSummary] + "…";
    }

    private static bool IsRequired(JsonElement schema, string name) =>
        schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array && names.EnumerateArray().Any(each => each.ValueEquals(name));

    private static ToolParameter? Parameter(string name, JsonElement schema, bool required)
    {
        if (schema.ValueKind != JsonValueKind.Object || TypeOf(schema) is not { } type)
            return null;
        var summary = Line(schema.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : "");
        switch (type)
        {
            case "string":
                var words = schema.TryGetProperty("enum", out var listed) && listed.ValueKind == JsonValueKind.Array
                    ? listed.EnumerateArray().Where(word => word.ValueKind == JsonValueKind.String).Select(word => word.GetString()!).ToImmutableArray()
                    : [];
                return new ToolParameter(name, ToolParameterType.Text, summary, required) { OneOf = words };
            case "number" or "integer":
                return new ToolParameter(name, ToolParameterType.Number, summary, required);
            case "array" when schema.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object && TypeOf(items) == "string":
                return new ToolParameter(name, ToolParameterType.TextList, summary, required);
            default:
                return null;
        }
    }

    /// <summary>The one type, beside null.</summary>
    private static string? TypeOf(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type))
            return null;
        if (type.ValueKind == JsonValueKind.String)
            return type.GetString();
        return type.ValueKind == JsonValueKind.Array && type.EnumerateArray().Where(each => !each.ValueEquals("null")).ToList() is [{ ValueKind: JsonValueKind.String } only] ? only.GetString() : null;
    }
}
