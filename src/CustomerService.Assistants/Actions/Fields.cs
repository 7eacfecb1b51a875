using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CustomerService.Assistants.Actions;

/// <summary>A small map with names known beforehand: an array of values, no hash table. For results, of which every message makes dozens.</summary>
internal sealed class Fields : IReadOnlyDictionary<string, object?>
{
    private readonly string[] _names;
    private readonly object?[] _values;

    /// <param name="names">Shared between all maps of one shape.</param>
    public Fields(string[] names, params object?[] values)
    {
        if (names.Length != values.Length)
            throw new ArgumentException($"{names.Length} names and {values.Length} values.", nameof(values));
        _names = names;
        _values = values;
    }

    public int Count => _names.Length;

    public IEnumerable<string> Keys => _names;

    public IEnumerable<object?> Values => _values;

    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no field '{key}'; there are {string.Join(", ", _names)}.");

    public bool ContainsKey(string key) => Array.IndexOf(_names, key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var index = Array.IndexOf(_names, key);
        value = index < 0 ? null : _values[index];
        return index >= 0;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < _names.Length; i++)
            yield return new(_names[i], _values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
