using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CustomerService.Pipelines.Definitions.Editing;

/// <summary>A node of a YAML text, by the characters that it is written in.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The one after its last; of what is written in lines of its own, after its last value.</param>
internal abstract record YamlSpan(int Start, int End)
{
    /// <summary>The text's one document; null: it is none that can be edited.</summary>
    public static YamlSpan? Read(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            return parser.TryConsume<DocumentStart>(out _) ? ReadNode(parser, text) : null;
        }
        catch (Exception fault) when (fault is YamlException or InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            return null; // Whoever checks the text says what is wrong with it.
        }
    }

    private static YamlSpan ReadNode(IParser parser, string text)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
            return Leaf(text, (int)scalar.Start.Index, (int)scalar.End.Index, scalar.Style is not (ScalarStyle.Literal or ScalarStyle.Folded));
        if (parser.TryConsume<AnchorAlias>(out var alias))
            return Leaf(text, (int)alias.Start.Index, (int)alias.End.Index, isInLine: true);
        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            var end = (int)sequence.Start.Index;
            while (!parser.Accept<SequenceEnd>(out _))
                end = ReadNode(parser, text).End;
            var close = (int)parser.Consume<SequenceEnd>().Start.Index + 1;
            var flow = sequence.Style == SequenceStyle.Flow;
            return new YamlSpanOfList((int)sequence.Start.Index, flow ? close : end);
        }

        var mapping = parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        while (!parser.Accept<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            var (start, end) = ((int)key.Start.Index, (int)key.End.Index);
            // Nothing stands right after the colon, wherever the parser finds it.
            var value = ReadNode(parser, text);
            entries.Add(new YamlEntry(key.Value, start, end, value is YamlSpanOfText { IsEmpty: true } ? new YamlSpanOfText(end + 1, end + 1, IsInLine: true) : value));
        }

        var closing = (int)parser.Consume<MappingEnd>().Start.Index + 1;
        var inFlow = mapping.Style == MappingStyle.Flow;
        return new YamlSpanOfMap((int)mapping.Start.Index, inFlow ? closing : entries.Count == 0 ? (int)mapping.Start.Index : entries[^1].Value.End, inFlow, entries);
    }

    /// <summary>The parser may count the space after a word to it.</summary>
    private static YamlSpanOfText Leaf(string text, int start, int end, bool isInLine)
    {
        end = Math.Min(end, text.Length);
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return new YamlSpanOfText(start, end, isInLine);
    }
}

/// <summary>A text, number, truth or alias; nothing between its ends: it is empty.</summary>
/// <param name="IsInLine">False: it is a block of lines.</param>
internal sealed record YamlSpanOfText(int Start, int End, bool IsInLine) : YamlSpan(Start, End)
{
    public bool IsEmpty => Start == End;
}

internal sealed record YamlSpanOfList(int Start, int End) : YamlSpan(Start, End);

/// <param name="IsFlow">In braces, rather than in lines.</param>
internal sealed record YamlSpanOfMap(int Start, int End, bool IsFlow, IReadOnlyList<YamlEntry> Entries) : YamlSpan(Start, End)
{
    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

internal sealed record YamlEntry(string Key, int KeyStart, int KeyEnd, YamlSpan Value);
