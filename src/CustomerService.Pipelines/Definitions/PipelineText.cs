using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Pipelines.Definitions;

/// <summary>Reads a pipeline's YAML text into its typed definition.</summary>
internal sealed class PipelineText(Findings findings)
{
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(30);

    public static TimeSpan LongestTimeout { get; } = TimeSpan.FromMinutes(10);

    /// <summary>The definition, as far as it could be read; null when nothing could. The findings say what is wrong.</summary>
    public static PipelineDefinition? Read(string text, Findings findings) =>
        YamlText.Read(text, findings) is { } root ? new PipelineText(findings).ReadPipeline(root) : null;

    private PipelineDefinition ReadPipeline(YamlMapping root)
    {
        var map = new MappingReader(root, "a pipeline", findings, "id", "name", "version", "description", "metadata", "models", "inputs", "context", "tasks");
        _ = map.Map("metadata");
        var tasks = map.List("tasks");
        if (map.Node("tasks") is null || tasks is { Items.Count: 0 })
            findings.Error(root.At, "the pipeline has no tasks", "add 'tasks:' with one '- id: …' an item");
        var id = map.RequiredText("id", "my_pipeline") ?? new Located<string>("", root.At);
        return new PipelineDefinition(
            id,
            map.Text("name")?.Value ?? id.Value,
            map.Text("version")?.Value ?? "",
            map.Text("description")?.Value ?? "",
            ReadModels(map.Map("models")),
            map.Texts("inputs"),
            map.Map("context"),
            [.. (tasks?.Items ?? []).Select(ReadTask).OfType<TaskDefinition>()]);
    }

    private ImmutableArray<Located<ModelRole>> ReadModels(YamlMapping? models)
    {
        var roles = ImmutableArray.CreateBuilder<Located<ModelRole>>();
        foreach (var (role, node) in models?.Entries ?? [])
        {
            if (node is not YamlMapping model)
            {
                findings.Error(node.At, $"the model role '{role.Text}' is {node.Kind}, where a map is expected", "write 'provider:' and 'model:' under it");
                continue;
            }

            var map = new MappingReader(model, $"the model role '{role.Text}'", findings, "provider", "model", "temperature", "rate_limit");
            roles.Add(new Located<ModelRole>(
                new ModelRole(
                    role.Text,
                    map.RequiredText("provider", "openai")?.Value ?? "",
                    map.RequiredText("model", "gpt-4")?.Value ?? "",
                    map.Number("temperature", 0, 2),
                    map.Whole("rate_limit", 1, 1_000_000)),
                role.At));
        }

        return roles.ToImmutable();
    }

    private TaskDefinition? ReadTask(YamlNode node)
    {
        if (node is not YamlMapping task)
        {
            findings.Error(node.At, $"a task is {node.Kind}, where a map is expected", "write '- id: …' with the task's other keys under it");
            return null;
        }

        var name = (task.Find("id") as YamlScalar)?.Text is { Length: > 0 } written ? $"the task '{written}'" : "a task";
        var map = new MappingReader(
            task, name, findings,
            "id", "name", "description", "action", "model", "condition", "parameters", "dependencies", "outputs", "timeout", "on_error", "retries");
        var condition = map.Node("condition");
        if (condition is not (null or YamlScalar))
            findings.Error(condition.At, $"'condition' of {name} is {condition.Kind}, where an expression is expected", "write it in one line, like: condition: \"other_task.field == 'yes'\"");
        if (map.RequiredText("id", "my_task") is not { } id || map.RequiredText("action", "receive_from_channel") is not { } action)
            return null;
        return new TaskDefinition(
            task.At,
            id,
            map.Text("name")?.Value ?? id.Value,
            action,
            map.Text("model"),
            condition as YamlScalar,
            map.Map("parameters"),
            map.Texts("dependencies"),
            map.Texts("outputs"),
            ReadTimeout(map.Text("timeout")),
            ReadPolicy(map.Text("on_error"), map.Whole("retries", 0, ErrorPolicy.MaxRetries)));
    }

    private TimeSpan ReadTimeout(Located<string>? written)
    {
        if (written is not { } timeout)
            return DefaultTimeout;
        var (number, unit) = Split(timeout.Value);
        var factor = unit switch
        {
            "ms" => 0.001,
            "" or "s" => 1,
            "m" => 60,
            _ => 0,
        };
        if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value * factor is >= 0.001 and <= 600)
        {
            return TimeSpan.FromSeconds(value * factor);
        }

        findings.Error(timeout.At, $"the timeout '{timeout.Value}' is not a time from 1 ms to {LongestTimeout.TotalMinutes} minutes", "write seconds, like 30, or a unit, like 500ms, 10s or 2m");
        return DefaultTimeout;
    }

    private static (string Number, string Unit) Split(string text)
    {
        var number = text.TrimEnd([.. "abcdefghijklmnopqrstuvwxyz "]);
        return (number, text[number.Length..].Trim());
    }

    private ErrorPolicy ReadPolicy(Located<string>? onError, int? retries)
    {
        var text = onError?.Value.Replace(" ", "", StringComparison.Ordinal) ?? "fail";
        if (text is "fail" or "continue")
            return new ErrorPolicy(text == "continue", retries ?? 0);
        if (text.StartsWith("retry(", StringComparison.Ordinal) && text.EndsWith(')')
            && int.TryParse(text["retry(".Length..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var again)
            && again is >= 1 and <= ErrorPolicy.MaxRetries)
        {
            if (retries is not null)
                findings.Error(onError!.Value.At, "both 'on_error: retry(…)' and 'retries' are given", "keep one of the two");
            return new ErrorPolicy(false, again);
        }

        findings.Error(onError!.Value.At, $"the error policy '{onError.Value.Value}' is unknown", $"write fail, continue or retry(n) with n from 1 to {ErrorPolicy.MaxRetries}");
        return ErrorPolicy.Fail;
    }
}
