using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerService.Assistants.Tools.Replay;

/// <summary>One action of a task, by its name and arguments in the benchmark.</summary>
public sealed record ReplayAction(string Name, JsonObject Arguments);

/// <summary>A task: what an agent does in it, in order.</summary>
public sealed record ReplayTask(string Id, ImmutableArray<ReplayAction> Actions);

/// <summary>How a task must end: a word or an error for each action, and the records that it changes, in their final form.</summary>
public sealed record ExpectedTask(string Id, ImmutableArray<string> Outcomes, JsonObject Changed);

/// <summary>Reads the files of tasks of the retail benchmark (tau2-bench).</summary>
public static class ReplayTasks
{
    /// <exception cref="FormatException">The file is not such a file; the message names it and what is missing.</exception>
    public static ImmutableArray<ReplayTask> Read(string path) =>
    [
        .. Tasks(path).Select(task => new ReplayTask(
            Text(task, "id", path),
            [.. (task["evaluation_criteria"]?["actions"] as JsonArray ?? []).OfType<JsonObject>().Select(action => Action(action, path))])),
    ];

    /// <inheritdoc cref="Read"/>
    public static ImmutableDictionary<string, ExpectedTask> ReadExpected(string path) => Tasks(path).ToImmutableDictionary(
        task => Text(task, "task", path),
        task => new ExpectedTask(
            Text(task, "task", path),
            [.. (task["actions"] as JsonArray ?? []).OfType<JsonObject>().Select(action => Text(action, "outcome", path))],
            task["changed"] as JsonObject ?? []));

    private static ReplayAction Action(JsonObject action, string path) =>
        new(Text(action, "name", path), action["arguments"] as JsonObject ?? []);

    private static IEnumerable<JsonObject> Tasks(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) is JsonArray list
                ? list.OfType<JsonObject>()
                : throw new FormatException($"{path}: it must be a JSON list of tasks.");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"{path}:{fault.LineNumber + 1}:{fault.BytePositionInLine + 1}: this is not valid JSON.", fault);
        }
    }

    private static string Text(JsonObject map, string name, string path) =>
        map[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw new FormatException($"{path}: a task lacks the text '{name}'.");
}
