using System.Text.Json;

namespace CustomerService.Assistants.Prompts;

/// <summary>
/// Instructions for a model. They are fixed text: whatever comes from a customer, an article or a record travels apart from them, as JSON.
/// </summary>
/// <param name="Version">From the file's first line; it is in the trace beside the answer.</param>
/// <param name="Text">With the placeholders that <see cref="PromptFile"/> lists.</param>
/// <param name="Schema">What the reply's JSON has to be like. It is the program's: an owner's file replaces the text alone.</param>
internal sealed record Prompt(string Name, int Version, string Text, JsonElement Schema)
{
    /// <summary>Whether it comes from the owner's folder.</summary>
    public bool IsOwners { get; init; }

    /// <summary>The text for one use.</summary>
    public string Render(IReadOnlyDictionary<string, string> values)
    {
        var text = Text;
        foreach (var (name, value) in values)
            text = text.Replace("{{" + name + "}}", value, StringComparison.Ordinal);
        return text;
    }

    /// <summary>For the trace.</summary>
    public override string ToString() => IsOwners ? $"{Name} v{Version} (the owner's)" : $"{Name} v{Version}";
}

/// <summary>The names of the prompts that there are.</summary>
internal static class PromptNames
{
    public const string Answer = "answer";
    public const string Auto = "auto";
    public const string Intent = "intent";
    public const string Sentiment = "sentiment";
    public const string Slots = "slots";
    public const string Translate = "translate";

    public static IReadOnlyList<string> All { get; } = [Answer, Auto, Intent, Sentiment, Slots, Translate];
}
