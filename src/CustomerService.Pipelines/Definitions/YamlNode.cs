using System.Globalization;
using YamlDotNet.Core;

namespace CustomerService.Pipelines.Definitions;

/// <summary>One node of a YAML text, with its place. An alias is the anchored node itself.</summary>
internal abstract class YamlNode(SourcePosition at)
{
    public SourcePosition At { get; } = at;

    /// <summary>How many nodes it stands for, aliases written out.</summary>
    public abstract int Size { get; }

    /// <summary>What it is, for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>A list.</summary>
internal sealed class YamlSequence(SourcePosition at, IReadOnlyList<YamlNode> items) : YamlNode(at)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override int Size { get; } = 1 + items.Sum(item => item.Size);

    public override string Kind => "a list";
}

/// <summary>A map; its keys are texts, each once, in the order of the file.</summary>
internal sealed class YamlMapping(SourcePosition at, IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> entries) : YamlNode(at)
{
    public IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries { get; } = entries;

    public override int Size { get; } = 1 + entries.Sum(entry => 1 + entry.Value.Size);

    public override string Kind => "a map";

    public YamlNode? Find(string key)
    {
        foreach (var (name, value) in Entries)
        {
            if (name.Text == key)
                return value;
        }

        return null;
    }
}

/// <summary>A text, number, boolean or null.</summary>
internal sealed class YamlScalar(SourcePosition at, string text, ScalarStyle style, ScalarSource source) : YamlNode(at)
{
    /// <summary>The text as YAML reads it: quotes and escapes undone.</summary>
    public string Text { get; } = text;

    public override int Size => 1;

    public override string Kind => Value switch
    {
        null => "empty",
        bool => "true or false",
        long or double => "a number",
        _ => "a text",
    };

    /// <summary>The typed value by YAML 1.2's core schema: quoted is text, the rest by its looks.</summary>
    public object? Value { get; } = style == ScalarStyle.Plain ? Typed(text) : text;

    /// <summary>The place in the file of a character of <see cref="Text"/>; the scalar's own place where it can't be told.</summary>
    public SourcePosition PositionOf(int offset) => source.PositionOf(this, style, offset);

    private static object? Typed(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => Number(text) ?? text,
    };

    private static object? Number(string text)
    {
        if (!char.IsAsciiDigit(text[0]) && text[0] is not ('-' or '+' or '.'))
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Decimal, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }
}
