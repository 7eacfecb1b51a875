using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Pipelines.Plans;

/// <summary>A parameter's or context entry's value, ready to be resolved in every run.</summary>
internal abstract class PlannedValue
{
    public abstract object? Resolve(EvaluationScope scope);
}

internal sealed class PlannedConstant(object? value) : PlannedValue
{
    public object? Value { get; } = value;

    public override object? Resolve(EvaluationScope scope) => Value;
}

internal sealed class PlannedExpression(ParsedExpression expression) : PlannedValue
{
    /// <summary>
    /// The path, where the value is just another task's output: a trace then names it instead of repeating the value.
    /// </summary>
    public string? Path { get; } =
        expression.IsPlainPath && expression.References[0] is { Slot: >= RootNames.FirstTask } reference ? reference.Path : null;

    public override object? Resolve(EvaluationScope scope) => expression.Root.Evaluate(scope);
}

internal sealed class PlannedMap(KeyValuePair<string, PlannedValue>[] entries) : PlannedValue
{
    public KeyValuePair<string, PlannedValue>[] Entries { get; } = entries;

    public override object Resolve(EvaluationScope scope)
    {
        var map = new Dictionary<string, object?>(Entries.Length, StringComparer.Ordinal);
        foreach (var (key, value) in Entries)
            map[key] = value.Resolve(scope);
        return map;
    }
}

internal sealed class PlannedList(PlannedValue[] items) : PlannedValue
{
    public override object Resolve(EvaluationScope scope)
    {
        var list = new object?[items.Length];
        for (var i = 0; i < list.Length; i++)
            list[i] = items[i].Resolve(scope);
        return list;
    }
}

/// <summary><c>&lt;AUTO&gt;…&lt;/AUTO&gt;</c>: a chat model's choice, or else the action's own rule.</summary>
internal sealed class PlannedAuto(AutoValue value) : PlannedValue
{
    public AutoValue Value { get; } = value;

    public override object Resolve(EvaluationScope scope) => Value;
}

/// <summary>A value with its name and place.</summary>
internal sealed record NamedValue(string Name, PlannedValue Value, SourcePosition At);

/// <summary>A task's condition, with the references that explain its outcome.</summary>
internal sealed record PlannedCondition(ParsedExpression Expression, KeyValuePair<string, Expression>[] Mentions, SourcePosition At)
{
    public bool Holds(EvaluationScope scope) => Values.IsTrue(Expression.Root.Evaluate(scope));

    /// <summary>Why it did not hold: the condition, and what its references were.</summary>
    public string Explain(EvaluationScope scope)
    {
        var values = Mentions.Select(mention => $"{mention.Key} is {Shown(mention.Value.Evaluate(scope))}");
        return $"{Expression.Source} does not hold: {string.Join(", ", values)}".TrimEnd(' ', ':');
    }

    private static string Shown(object? value) => value switch
    {
        null => "null",
        string text => $"'{(text.Length <= 60 ? text : text[..60] + "…")}'",
        TaskOutputs => "done",
        IReadOnlyCollection<object?> => "a list",
        IReadOnlyCollection<KeyValuePair<string, object?>> => "a map",
        _ => Values.ToText(value),
    };
}
