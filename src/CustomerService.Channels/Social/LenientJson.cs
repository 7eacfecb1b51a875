using System.Globalization;
using System.Text.Json;

namespace CustomerService.Channels.Social;

/// <summary>Reads what strangers wrote: whatever is missing, or of another type than expected, is empty, and nothing throws.</summary>
internal static class LenientJson
{
    /// <summary>The document; null where the bytes are no JSON object.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member; of kind <see cref="JsonValueKind.Undefined"/> where there is none.</summary>
    public static JsonElement Member(this JsonElement json, string name)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : default;
        }
        // Names may be no text: half of a surrogate pair, escaped, is well-formed JSON.
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    public static bool Has(this JsonElement json, string name) => json.Member(name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>A text, or a number's digits; empty where it is neither.</summary>
    public static string Text(this JsonElement json, string name)
    {
        var member = json.Member(name);
        try
        {
            return member.ValueKind switch
            {
                // The zero character is no part of any text, and databases don't take it.
                JsonValueKind.String => member.GetString()!.Replace("\0", "", StringComparison.Ordinal),
                JsonValueKind.Number => member.GetRawText(),
                _ => "",
            };
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    public static long? Whole(this JsonElement json, string name) =>
        long.TryParse(json.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool IsTrue(this JsonElement json, string name) => json.Member(name).ValueKind == JsonValueKind.True;

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name)
    {
        var member = json.Member(name);
        return member.ValueKind == JsonValueKind.Array ? member.EnumerateArray() : [];
    }

    /// <summary>The texts of a list.</summary>
    public static IEnumerable<string> Texts(this JsonElement json, string name)
    {
        foreach (var item in json.Items(name))
        {
            if (item.ValueKind == JsonValueKind.String && TryText(item) is { Length: > 0 } text)
                yield return text;
        }
    }

    private static string? TryText(JsonElement item)
    {
        try
        {
            return item.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
