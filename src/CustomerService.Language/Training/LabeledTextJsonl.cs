using System.Text.Json;

namespace CustomerService.Language;

/// <summary>
/// Examples as JSON lines: <c>{"text":"Where is it?","intent":"order_status","language":"en","source":"agent ann"}</c>; language and source may be
/// left out, and intent may be called label.
/// </summary>
public static class LabeledTextJsonl
{
    /// <summary>
    /// Reads a file; blank lines are passed over. A line that is no example is an <see cref="InvalidDataException"/> that names file, line and fix;
    /// a missing file is a <see cref="FileNotFoundException"/>.
    /// </summary>
    public static IReadOnlyList<LabeledText> Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>As <see cref="Read(string)"/>; <paramref name="file"/> stands in errors.</summary>
    public static IReadOnlyList<LabeledText> Read(Stream stream, string file)
    {
        using var reader = new StreamReader(stream);
        var examples = new List<LabeledText>();
        for (var (line, number) = (reader.ReadLine(), 1); line is not null; (line, number) = (reader.ReadLine(), number + 1))
        {
            if (!string.IsNullOrWhiteSpace(line))
                examples.Add(Parse(line, $"{file}, line {number}"));
        }

        return examples.Count > 0 ? examples : throw new InvalidDataException($"{file}, line 1: there are no examples.");
    }

    private static LabeledText Parse(string line, string place)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var example = json.RootElement;
            if (example.ValueKind != JsonValueKind.Object)
                throw Bad("an example is an object in braces");
            var intent = Text("intent") is { Length: > 0 } named ? named : Text("label");
            return new LabeledText(Required(Text("text"), "text"), Required(intent, "intent").Trim(), Text("language").Trim(), Text("source"));

            string Text(string name) => !example.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? ""
                : value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Bad($"'{name}' must be a text in quotes");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{place}, column {e.BytePositionInLine + 1}: this is not JSON; write {{\"text\":\"…\",\"intent\":\"…\"}} on a line of its own.", e);
        }

        string Required(string value, string name) => string.IsNullOrWhiteSpace(value) ? throw Bad($"'{name}' is missing; fill it in or take the line out") : value;

        InvalidDataException Bad(string what) => new($"{place}: {what}.");
    }
}
