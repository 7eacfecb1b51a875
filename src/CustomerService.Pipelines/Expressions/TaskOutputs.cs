using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CustomerService.Pipelines.Expressions;

/// <summary>The outputs of a task that ran. In a condition it is true even when the task had nothing to give.</summary>
internal sealed class TaskOutputs(IReadOnlyDictionary<string, object?> fields) : IReadOnlyDictionary<string, object?>
{
    public object? this[string key] => fields[key];

    public IEnumerable<string> Keys => fields.Keys;

    public IEnumerable<object?> Values => fields.Values;

    public int Count => fields.Count;

    public bool ContainsKey(string key) => fields.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => fields.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
