using System.Collections.Immutable;
using System.Text;

namespace CustomerService.Assistants.Responses;

/// <summary>A text with <c>{{name}}</c> places, parsed once. What is put into a place is data: it is never looked at for further places.</summary>
public sealed class AnswerTemplate
{
    private readonly ImmutableArray<Part> _parts;

    private AnswerTemplate(ImmutableArray<Part> parts)
    {
        _parts = parts;
        Places = [.. parts.Where(part => part.IsPlace).Select(part => part.Text).Distinct()];
        FixedText = string.Concat(parts.Where(part => !part.IsPlace).Select(part => part.Text));
    }

    /// <summary>The names of its places.</summary>
    public ImmutableArray<string> Places { get; }

    /// <summary>The owner's own words in it.</summary>
    public string FixedText { get; }

    /// <exception cref="FormatException">A place is not closed or has no name.</exception>
    public static AnswerTemplate Parse(string text)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        var start = 0;
        while (text.IndexOf("{{", start, StringComparison.Ordinal) is var open and >= 0)
        {
            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            var name = close < 0 ? "" : text[(open + 2)..close].Trim();
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetter(c) || c == '_'))
                throw new FormatException($"the place at character {open + 1} is not right; write it like {{{{name}}}}.");
            if (open > start)
                parts.Add(new(text[start..open], false));
            parts.Add(new(name, true));
            start = close + 2;
        }

        if (start < text.Length)
            parts.Add(new(text[start..], false));
        return new(parts.ToImmutable());
    }

    /// <summary>The text with its places filled; a place without a value stays empty.</summary>
    public string Render(ReadOnlySpan<(string Name, string Value)> values)
    {
        if (_parts is [{ IsPlace: false } only])
            return only.Text;
        var text = new StringBuilder();
        foreach (var part in _parts)
            text.Append(part.IsPlace ? Find(values, part.Text) : part.Text);
        return text.ToString();
    }

    private static string Find(ReadOnlySpan<(string Name, string Value)> values, string name)
    {
        foreach (var (candidate, value) in values)
        {
            if (candidate == name)
                return value;
        }

        return "";
    }

    private readonly record struct Part(string Text, bool IsPlace);
}
