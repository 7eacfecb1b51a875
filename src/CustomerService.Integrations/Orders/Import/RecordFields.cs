using System.Collections.Immutable;
using System.Text.Json;

namespace CustomerService.Integrations.Orders.Import;

/// <summary>A JSON object read field by field; what is missing or of the wrong kind is named by its path.</summary>
internal readonly struct RecordFields(JsonElement value, string path)
{
    internal string Text(string name) => OptionalText(name) is { Length: > 0 } text ? text
        : throw Wrong(name, "must be a text that is not empty");

    internal string? OptionalText(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Trim(),
        _ => throw Wrong(name, "must be a text"),
    };

    internal decimal Amount(string name) => OptionalAmount(name) ?? throw Wrong(name, "must be a number");

    internal decimal? OptionalAmount(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var amount) && amount >= 0 => amount,
        _ => throw Wrong(name, "must be a number of 0 or more"),
    };

    /// <summary>An amount that may be below 0.</summary>
    internal decimal SignedAmount(string name) => Find(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var amount)
        ? amount
        : throw Wrong(name, "must be a number");

    internal bool Flag(string name) => Find(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, "must be true or false"),
    };

    internal RecordFields Object(string name) => Find(name) is { ValueKind: JsonValueKind.Object } found
        ? new RecordFields(found, $"{path}.{name}")
        : throw Wrong(name, "must be an object");

    /// <summary>The objects of a list; none when the list is absent.</summary>
    internal ImmutableArray<T> Objects<T>(string name, Func<RecordFields, T> read)
    {
        var at = $"{path}.{name}";
        return [.. List(name).Select((item, index) => item.ValueKind == JsonValueKind.Object
            ? read(new RecordFields(item, $"{at}[{index}]"))
            : throw new RecordFormatException($"{at}[{index}] must be an object"))];
    }

    /// <summary>The objects that an object maps its keys to.</summary>
    internal ImmutableArray<T> Values<T>(string name, Func<RecordFields, T> read)
    {
        if (Find(name) is not { ValueKind: JsonValueKind.Object } map)
            throw Wrong(name, "must be an object");
        var at = $"{path}.{name}";
        return [.. map.EnumerateObject().Select(entry => entry.Value.ValueKind == JsonValueKind.Object
            ? read(new RecordFields(entry.Value, $"{at}['{entry.Name}']"))
            : throw new RecordFormatException($"{at}['{entry.Name}'] must be an object"))];
    }

    internal ImmutableArray<string> Texts(string name)
    {
        var at = $"{path}.{name}";
        return [.. List(name).Select((item, index) => item.ValueKind == JsonValueKind.String ? item.GetString()!
            : throw new RecordFormatException($"{at}[{index}] must be a text"))];
    }

    internal ImmutableSortedDictionary<string, string> TextsByName(string name)
    {
        if (Find(name) is not { } map)
            return ImmutableSortedDictionary<string, string>.Empty;
        if (map.ValueKind != JsonValueKind.Object)
            throw Wrong(name, "must be an object");
        // Later duplicates win, as in any JSON reader.
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in map.EnumerateObject())
            texts[entry.Name] = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : entry.Value.GetRawText();
        return texts.ToImmutable();
    }

    private JsonElement[] List(string name) => Find(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        _ => throw Wrong(name, "must be a list"),
    };

    private JsonElement? Find(string name) =>
        value.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    private RecordFormatException Wrong(string name, string rule) => new($"{path}.{name} {(Find(name) is null ? "is missing and " : "")}{rule}");
}

/// <summary>One field of a record breaks a rule; the message names its path and the rule.</summary>
internal sealed class RecordFormatException(string problem) : FormatException(problem);
