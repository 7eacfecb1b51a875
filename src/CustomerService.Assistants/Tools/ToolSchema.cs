using System.Text.Json;

namespace CustomerService.Assistants.Tools;

/// <summary>A tool's parameters as JSON schema, for whoever calls tools over a wire.</summary>
public static class ToolSchema
{
    public static JsonElement Of(ToolContract contract)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            foreach (var parameter in contract.Parameters)
                Write(json, parameter);
            json.WriteEndObject();
            json.WriteStartArray("required");
            foreach (var parameter in contract.Parameters.Where(parameter => parameter.Required))
                json.WriteStringValue(parameter.Name);
            json.WriteEndArray();
            json.WriteBoolean("additionalProperties", false);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(text.ToArray());
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter json, ToolParameter parameter)
    {
        json.WriteStartObject(parameter.Name);
        json.WriteString("description", parameter.Summary);
        switch (parameter.Type)
        {
            case ToolParameterType.Number:
                json.WriteString("type", "number");
                break;
            case ToolParameterType.TextList:
                json.WriteString("type", "array");
                json.WriteStartObject("items");
                json.WriteString("type", "string");
                json.WriteEndObject();
                break;
            default:
                json.WriteString("type", "string");
                break;
        }

        if (!parameter.OneOf.IsEmpty)
        {
            json.WriteStartArray("enum");
            foreach (var word in parameter.OneOf)
                json.WriteStringValue(word);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
