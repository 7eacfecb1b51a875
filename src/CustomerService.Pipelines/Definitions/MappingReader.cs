using System.Collections.Immutable;
using System.Globalization;

namespace CustomerService.Pipelines.Definitions;

/// <summary>A value with its place in the file.</summary>
internal readonly record struct Located<T>(T Value, SourcePosition At);

/// <summary>Reads the known keys of one map, and reports the unknown and the ill-typed ones.</summary>
internal sealed class MappingReader
{
    private readonly YamlMapping _map;
    private readonly string _what;
    private readonly Findings _findings;

    /// <param name="what">What the map is, with its article, for messages: <c>a task</c>.</param>
    public MappingReader(YamlMapping map, string what, Findings findings, params string[] known)
    {
        _map = map;
        _what = what;
        _findings = findings;
        foreach (var (key, _) in map.Entries)
        {
            if (!known.Contains(key.Text, StringComparer.Ordinal))
                findings.Error(key.At, $"{what} has no key '{key.Text}'", Suggestion.For(key.Text, known));
        }
    }

    public SourcePosition At => _map.At;

    /// <summary>The value of a key; null when the key is absent or has nothing after its colon.</summary>
    public YamlNode? Node(string key) => _map.Find(key) is { } node and not YamlScalar { Value: null } ? node : null;

    /// <summary>A text; numbers and booleans count as their words.</summary>
    public Located<string>? Text(string key)
    {
        if (Node(key) is not { } node)
            return null;
        if (node is YamlScalar { Text.Length: > 0 } scalar)
            return new Located<string>(scalar.Text, scalar.At);
        Wrong(node, key, "a text", $"write '{key}: some text'");
        return null;
    }

    public Located<string>? RequiredText(string key, string example)
    {
        if (Node(key) is null)
            _findings.Error(_map.At, $"{_what} has no {key}", $"add '{key}: {example}'");
        return Text(key);
    }

    public double? Number(string key, double least, double most)
    {
        if (Node(key) is not { } node)
            return null;
        var number = (node as YamlScalar)?.Value switch
        {
            long whole => whole,
            double real => real,
            _ => double.NaN,
        };
        if (number >= least && number <= most)
            return number;
        Wrong(
            node, key, FormattableString.Invariant($"a number from {least} to {most}"), FormattableString.Invariant($"write '{key}: {Math.Max(least, Math.Min(1, most))}'"),
            double.IsNaN(number) ? null : number.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    public int? Whole(string key, int least, int most)
    {
        if (Number(key, least, most) is not { } number)
            return null;
        if (number == Math.Floor(number))
            return (int)number;
        Wrong(Node(key)!, key, "a whole number", string.Create(CultureInfo.InvariantCulture, $"write '{key}: {Math.Floor(number)}'"));
        return null;
    }

    public bool? Truth(string key)
    {
        if (Node(key) is not { } node)
            return null;
        if (node is YamlScalar { Value: bool truth })
            return truth;
        Wrong(node, key, "true or false", $"write '{key}: true' or '{key}: false'");
        return null;
    }

    /// <summary>A length of time like <c>90s</c>, <c>15m</c> or <c>2h</c>, in seconds.</summary>
    public double? Seconds(string key, double least = 0, double most = Durations.LongestSeconds)
    {
        if (Node(key) is not { } node)
            return null;
        if (node is YamlScalar scalar && Durations.TryRead(scalar.Text, out var length))
        {
            if (length.TotalSeconds >= least && length.TotalSeconds <= most)
                return length.TotalSeconds;
            _findings.Error(
                node.At, $"'{key}' of {_what} is {scalar.Text}, where {Durations.Write(least)} to {Durations.Write(most)} are allowed", $"write '{key}: {Durations.Write(Math.Clamp(60, least, most))}', or what it shall be");
            return null;
        }

        Wrong(node, key, "a length of time", $"write '{key}: 90s', or with m, h or d for minutes, hours or days");
        return null;
    }

    /// <summary>One of a few words.</summary>
    public string? Word(string key, params ReadOnlySpan<string> words)
    {
        if (Text(key) is not { } text)
            return null;
        if (words.Contains(text.Value))
            return text.Value;
        _findings.Error(text.At, $"'{key}' of {_what} can't be '{text.Value}'", Suggestion.For(text.Value, words.ToArray()));
        return null;
    }

    /// <summary>A list of texts; empty when the key is absent.</summary>
    public ImmutableArray<Located<string>> Texts(string key)
    {
        if (Node(key) is not { } node)
            return [];
        if (node is not YamlSequence list)
        {
            Wrong(node, key, "a list", $"write '{key}: [first, second]', or one item a line after '- '");
            return [];
        }

        var texts = ImmutableArray.CreateBuilder<Located<string>>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (item is YamlScalar { Text.Length: > 0, Value: not null } scalar)
                texts.Add(new Located<string>(scalar.Text, scalar.At));
            else
                _findings.Error(item.At, $"an item of '{key}' is {item.Kind}, where a text is expected", "write one name an item");
        }

        return texts.ToImmutable();
    }

    public YamlMapping? Map(string key) => Typed<YamlMapping>(key, "a map", "write indented 'name: value' lines under it");

    public YamlSequence? List(string key) => Typed<YamlSequence>(key, "a list", "write one item a line, each after '- '");

    private T? Typed<T>(string key, string expected, string fix)
        where T : YamlNode
    {
        if (Node(key) is not { } node)
            return null;
        if (node is T typed)
            return typed;
        Wrong(node, key, expected, fix);
        return null;
    }

    private void Wrong(YamlNode node, string key, string expected, string fix, string? found = null) =>
        _findings.Error(node.At, $"'{key}' of {_what} is {found ?? node.Kind}, where {expected} is expected", fix);
}
