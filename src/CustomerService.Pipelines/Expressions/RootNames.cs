using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Expressions;

/// <summary>The names that an expression may begin with, each with its slot: <c>inputs</c>, <c>context</c>, then the tasks.</summary>
internal sealed class RootNames
{
    public const int Inputs = 0;
    public const int Context = 1;
    public const int FirstTask = 2;

    private static readonly string[] Words = ["inputs", "context", "and", "or", "not", "in", "if", "else", "true", "false", "null", "none", "True", "False", "None"];

    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);

    /// <param name="tasks">Task ids in the order of their slots; of a repeated id the first counts.</param>
    public RootNames(IEnumerable<string> tasks)
    {
        _slots["inputs"] = Inputs;
        _slots["context"] = Context;
        var slot = FirstTask;
        foreach (var task in tasks)
        {
            if (_slots.TryAdd(task, slot))
                slot++;
        }

        Count = slot;
    }

    private RootNames(string[] names, int first)
    {
        foreach (var (index, name) in names.Index())
            _slots[name] = first + index;
        Count = first + names.Length;
    }

    /// <summary>Only these names, in slots from 0 on: for expressions outside of pipelines.</summary>
    public static RootNames Only(params string[] names) => new(names, 0);

    /// <summary>How many slots there are.</summary>
    public int Count { get; }

    /// <summary>Whether it is a word of the language itself, which can't name a task.</summary>
    public static bool IsReserved(string name) => Words.Contains(name, StringComparer.Ordinal);

    public int? SlotOf(string name) => _slots.TryGetValue(name, out var slot) ? slot : null;

    public PipelineFormatException Unknown(string name, int offset) => new(
        $"nothing is called '{name}'",
        $"{Suggestion.For(name, _slots.Keys)} — or put it in quotes if it is a text",
        offset);
}

/// <summary>A name with the fields after it, as an expression mentions it.</summary>
/// <param name="Root">The name, and its slot.</param>
/// <param name="Field">The first field, where one is named; null for the whole.</param>
/// <param name="FieldOffset">Where the field is written.</param>
/// <param name="Path">The whole as written, such as <c>task.field.inner</c>.</param>
internal sealed record Reference(string Root, int Slot, int Offset, string? Field, int FieldOffset, string Path);

/// <summary>An expression with what it mentions.</summary>
/// <param name="Source">As written, without the braces.</param>
/// <param name="IsPlainPath">It is one reference by dots and nothing else.</param>
internal sealed record ParsedExpression(Expression Root, IReadOnlyList<Reference> References, string Source, bool IsPlainPath);
