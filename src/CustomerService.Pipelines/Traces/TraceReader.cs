using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Pipelines.Traces;

/// <summary>Reads traces back, with the values that they name by path put in place.</summary>
internal static class TraceReader
{
    public static PipelineTrace Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        try
        {
            var tasks = ImmutableArray.CreateBuilder<TaskTrace>();
            var outputs = new Dictionary<string, IReadOnlyDictionary<string, object?>?>(StringComparer.Ordinal);
            foreach (var task in root.GetProperty("tasks").EnumerateArray())
                outputs[task.GetProperty("id").GetString()!] = task.TryGetProperty("out", out var output) ? PlainJson.ReadMap(output) : null;
            foreach (var task in root.GetProperty("tasks").EnumerateArray())
                tasks.Add(ReadTask(task, outputs));
            return new PipelineTrace(
                root.GetProperty("pipeline").GetString() ?? "",
                root.GetProperty("version").GetString() ?? "",
                root.GetProperty("started").GetDateTimeOffset(),
                root.GetProperty("us").GetInt64(),
                tasks.ToImmutable(),
                Text(root, "failure"));
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException("The text is no pipeline trace: " + fault.Message, fault);
        }
    }

    private static TaskTrace ReadTask(JsonElement task, Dictionary<string, IReadOnlyDictionary<string, object?>?> outputs)
    {
        var id = task.GetProperty("id").GetString()!;
        return new TaskTrace(id, task.GetProperty("action").GetString() ?? "", Outcome(task.GetProperty("outcome").GetString()))
        {
            StartedAt = task.GetProperty("at").GetInt64(),
            Duration = task.GetProperty("us").GetInt64(),
            Attempts = task.TryGetProperty("attempts", out var attempts) ? attempts.GetInt32() : 1,
            Reason = Text(task, "why"),
            Note = Text(task, "note"),
            Models = task.TryGetProperty("models", out var models) ? [.. models.EnumerateArray().Select(ReadModel)] : [],
            Outputs = outputs[id],
            Parameters = ReadParameters(task, outputs),
        };
    }

    private static Dictionary<string, object?> ReadParameters(JsonElement task, Dictionary<string, IReadOnlyDictionary<string, object?>?> outputs)
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (task.TryGetProperty("from", out var from))
        {
            foreach (var field in from.EnumerateObject())
            {
                var value = Follow(field.Value.GetString() ?? "", outputs);
                if (field.Name.Split('.', 2) is not [var name, var key])
                    parameters[field.Name] = value;
                else if (parameters.TryGetValue(name, out var map) && map is Dictionary<string, object?> entries)
                    entries[key] = value;
                else
                    parameters[name] = new Dictionary<string, object?>(StringComparer.Ordinal) { [key] = value };
            }
        }

        if (task.TryGetProperty("in", out var own))
        {
            foreach (var (name, value) in PlainJson.ReadMap(own))
                parameters[name] = value;
        }

        return parameters;
    }

    /// <summary>The value at a path such as <c>task.field.inner</c>.</summary>
    private static object? Follow(string path, Dictionary<string, IReadOnlyDictionary<string, object?>?> outputs)
    {
        var steps = path.Split('.', StringSplitOptions.TrimEntries);
        object? value = outputs.GetValueOrDefault(steps[0]);
        foreach (var step in steps.Skip(1))
            value = Values.Field(value, step);
        return value;
    }

    private static ModelUse ReadModel(JsonElement use) => new(
        Text(use, "role") ?? "", Text(use, "provider") ?? "", Text(use, "model") ?? "",
        use.GetProperty("input_tokens").GetInt32(), use.GetProperty("output_tokens").GetInt32(),
        use.TryGetProperty("cost", out var cost) ? cost.GetDecimal() : null)
    {
        Prompt = Text(use, "prompt"),
        Seconds = use.TryGetProperty("seconds", out var seconds) ? seconds.GetDouble() : 0,
        FirstToken = use.TryGetProperty("first_token", out var first) ? first.GetDouble() : null,
        Fault = Text(use, "fault"),
        Tools = use.TryGetProperty("tools", out var tools) ? [.. tools.EnumerateArray().Select(ReadTool)] : [],
    };

    private static ToolUse ReadTool(JsonElement tool) => new(
        Text(tool, "tool") ?? "", [.. tool.GetProperty("arguments").EnumerateArray().Select(name => name.GetString() ?? "")], Text(tool, "outcome") ?? "");

    private static TaskOutcome Outcome(string? word) => word switch
    {
        "done" => TaskOutcome.Done,
        "skipped" => TaskOutcome.Skipped,
        "failed" => TaskOutcome.Failed,
        "not_run" => TaskOutcome.NotRun,
        _ => throw new FormatException($"'{word}' is no outcome."),
    };

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
