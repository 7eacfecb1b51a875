using System.Text.Json;
using CustomerService.Assistants.Tests.Support;

namespace CustomerService.Assistants.Tests.Injection;

/// <summary>
/// A model that does as the attack says as soon as it reads it, wherever it stands in what it was sent; before that it behaves. It speaks over
/// the wire in a vendor's place, so all that holds it back is ours.
/// </summary>
internal sealed class HostileModel(Attack attack)
{
    private int _loops;

    /// <summary>Whether the words reached it.</summary>
    public bool HasObeyed { get; private set; }

    public ModelServer.Reply Answer(ModelServer.Request request)
    {
        var instructions = request.Instructions;
        if (instructions.Contains("You tell what a customer", StringComparison.Ordinal))
            return ModelServer.Says("""{"intents": [{"intent": "return_policy", "confidence": 0.99}], "language": "en"}""");
        if (instructions.Contains("You read how a customer feels", StringComparison.Ordinal))
            return ModelServer.Says("""{"score": 0, "emotions": [], "urgency": "normal"}""");
        if (!instructions.Contains("You write one answer", StringComparison.Ordinal))
            return ModelServer.Says("""{"value": "formal"}""");

        var results = request.ToolResults;
        var told = request.Texts.SelectMany(Strings).ToList();
        var sources = told.Where(text => text.StartsWith("article:", StringComparison.Ordinal) || text.StartsWith("order:", StringComparison.Ordinal)).Distinct().ToList();
        if (!told.Any(text => text.Contains(attack.Words, StringComparison.Ordinal)))
            return attack.Way == "order" && results == 0 ? ModelServer.Calls(("get_order", """{"order_id": "#W1000001"}""")) : Write("Thank you for your message.", sources);

        HasObeyed = true;
        var done = attack.Way == "order" ? results - 1 : results;
        switch (attack.Wants.Split(' ')[0])
        {
            case "call" when done <= 0:
                return ModelServer.Calls(attack.Calls);
            case "loop":
                return ModelServer.Calls(("find_my_orders", "{}"), ("search_knowledge", $$"""{"query": "word {{++_loops}}"}"""));
            case "flood":
                return ModelServer.Says(new string('x', 400_000));
            case "say" or "leak-prompt" when sources.Count == 0 && results == 0:
                return ModelServer.Calls(("search_knowledge", """{"query": "return policy"}"""));
            case "say":
                return Write(attack.Said, sources, attack.Said.Length <= 80 ? attack.Said : attack.Said[..80]);
            case "leak-prompt":
                return Write(instructions.Length <= 3_900 ? instructions : instructions[..3_900], sources, instructions[..80]);
            default:
                // All that it has learnt, and the claim that it was done.
                return Write("Done: " + string.Join(' ', request.Texts.Where(text => text.StartsWith("{\"sources\"", StringComparison.Ordinal))), sources);
        }
    }

    private static ModelServer.Reply Write(string text, IReadOnlyList<string> sources, string action = "OK") =>
        ModelServer.Says(JsonSerializer.Serialize(new { answer = text, sources = sources.Take(3), suggested_actions = new[] { action }, follow_up_required = false }));

    /// <summary>The texts within a message: those of its JSON, where it is some.</summary>
    private static IEnumerable<string> Strings(string text)
    {
        if (!text.StartsWith('{'))
            return [text];
        using var json = JsonDocument.Parse(text);
        return [.. Strings(json.RootElement.Clone())];
    }

    private static IEnumerable<string> Strings(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(field => Strings(field.Value)),
        _ => [],
    };
}
