using CustomerService.Assistants.Quality.Personal;

namespace CustomerService.Assistants.Models;

/// <summary>What a vendor's model is shown of a conversation: cards, accounts, national ids and secrets never, for no answer needs them.</summary>
internal static class ModelView
{
    /// <summary>The owner's own texts, in which nobody's details stand.</summary>
    private static readonly string[] Own = ["sources", "intents"];

    /// <summary>The question's data without guarded details, also where a number came in two messages.</summary>
    public static Dictionary<string, object?> Of(IReadOnlyDictionary<string, object?> data)
    {
        var texts = new List<string>();
        Collect(data.GetValueOrDefault("conversation") ?? data.GetValueOrDefault("earlier"), texts);
        if (data.GetValueOrDefault("message") is string message)
            texts.Add(message);
        var redacted = texts.Zip(Redaction.RedactConversation(texts)).Where(pair => pair.First != pair.Second).DistinctBy(pair => pair.First).ToDictionary();
        return data.ToDictionary(field => field.Key, field => Array.IndexOf(Own, field.Key) >= 0 ? field.Value : Shown(field.Value, redacted));
    }

    private static void Collect(object? value, List<string> texts)
    {
        if (value is not IEnumerable<object?> lines)
            return;
        foreach (var line in lines)
        {
            if (line is string said)
                texts.Add(said);
            else if (line is IReadOnlyDictionary<string, object?> turn && turn.GetValueOrDefault("from") is "customer" && turn.GetValueOrDefault("text") is string text)
                texts.Add(text);
        }
    }

    private static object? Shown(object? value, Dictionary<string, string> redacted) => value switch
    {
        string text => redacted.GetValueOrDefault(text) ?? Redaction.RedactGuarded(text).Text,
        IReadOnlyDictionary<string, object?> map => map.ToDictionary(field => field.Key, field => Shown(field.Value, redacted)),
        IEnumerable<object?> list => list.Select(item => Shown(item, redacted)).ToList(),
        _ => value,
    };
}
