using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CustomerService.Pipelines.Definitions;

/// <summary>Reads a YAML text into nodes that know their places, and refuses what is too big, too deep or ambiguous.</summary>
internal sealed class YamlText
{
    /// <summary>Longest file, in characters.</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>Most nested levels.</summary>
    public const int MaxDepth = 40;

    /// <summary>Most nodes with every alias written out, so that a small file can't stand for a huge one.</summary>
    public const int MaxNodes = 50_000;

    private readonly string _text;
    private readonly Findings _findings;
    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, YamlNode?> _anchors = [];
    private int _nodes;

    private YamlText(string text, Findings findings)
    {
        _text = text;
        _findings = findings;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The text's one document as a map, or null when the findings say why not.</summary>
    public static YamlMapping? Read(string text, Findings findings)
    {
        if (text.Length > MaxLength)
        {
            findings.Error(SourcePosition.Start, $"the file has {text.Length:N0} characters; {MaxLength:N0} are allowed", "split it, or remove what is not needed");
            return null;
        }

        var reader = new YamlText(text, findings);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException fault)
        {
            findings.Error(Place(fault.Start), $"this is not valid YAML: {Reason(fault)}", "check the indentation, the colons and the quotes here and in the line before");
        }
        catch (Refusal refusal)
        {
            findings.Error(refusal.At, refusal.Message, refusal.Fix);
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The library stumbles over a few broken texts instead of refusing them; what it read last is near the place.
            var near = reader._parser.Current is { } last ? Place(last.End) : SourcePosition.Start;
            findings.Error(near, "this is not valid YAML from here on", "check the indentation, the colons and the quotes after this place");
        }

        return null;
    }

    private YamlMapping? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
            throw new Refusal(SourcePosition.Start, "the file is empty", "write the settings, beginning with the first key");
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
            throw new Refusal(Place(second.Start), "the file has a second document", "remove the '---' and what follows, or put it into a file of its own");
        if (root is YamlMapping map)
            return map;
        throw new Refusal(root.At, $"the file holds {root.Kind}, where a map of keys is expected", "begin with a line like 'id: my_pipeline'");
    }

    private YamlNode ReadNode(int depth)
    {
        var next = _parser.Current ?? throw new Refusal(SourcePosition.Start, "the file ends too early", "complete it");
        if (depth > MaxDepth)
            throw new Refusal(Place(next.Start), $"this is nested deeper than {MaxDepth} levels", "flatten it");
        if (next is AnchorAlias)
            return ReadAlias();

        var start = (NodeEvent)next;
        if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific)
            throw new Refusal(Place(start.Start), $"the tag {start.Tag} is not supported", "remove the tag; put quotes around what is meant as text");
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor] = null;
        YamlNode node = start switch
        {
            Scalar => ReadScalar(),
            SequenceStart => ReadSequence(depth),
            _ => ReadMapping(depth),
        };
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor] = node;
        return node;
    }

    private YamlNode ReadAlias()
    {
        var alias = _parser.Consume<AnchorAlias>();
        if (!_anchors.TryGetValue(alias.Value, out var node))
            throw new Refusal(Place(alias.Start), $"the alias *{alias.Value} has no anchor before it", $"write '&{alias.Value}' at the value that it stands for");
        if (node is null)
            throw new Refusal(Place(alias.Start), $"the alias *{alias.Value} stands inside its own anchor", "write the value out");
        Count(node.Size, alias.Start);
        return node;
    }

    private YamlScalar ReadScalar()
    {
        var scalar = _parser.Consume<Scalar>();
        Count(1, scalar.Start);
        return new YamlScalar(Place(scalar.Start), scalar.Value, scalar.Style, new ScalarSource(_text, (int)scalar.Start.Index));
    }

    private YamlSequence ReadSequence(int depth)
    {
        var start = _parser.Consume<SequenceStart>();
        Count(1, start.Start);
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(depth + 1));
        return new YamlSequence(Place(start.Start), items);
    }

    private YamlMapping ReadMapping(int depth)
    {
        var start = _parser.Consume<MappingStart>();
        Count(1, start.Start);
        var entries = new List<KeyValuePair<YamlScalar, YamlNode>>();
        var seen = new Dictionary<string, SourcePosition>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var node = ReadNode(depth + 1);
            if (node is not YamlScalar key)
                throw new Refusal(node.At, $"a key is {node.Kind}, where a text is expected", "write a plain word before the colon, and put templates in quotes");
            if (key.Text == "<<")
                throw new Refusal(key.At, "merge keys (<<) are not supported", "write the keys out");
            if (!seen.TryAdd(key.Text, key.At))
                _findings.Error(key.At, $"the key '{key.Text}' is already in line {seen[key.Text].Line}", "remove one of the two");
            entries.Add(KeyValuePair.Create(key, ReadNode(depth + 1)));
        }

        return new YamlMapping(Place(start.Start), entries);
    }

    private void Count(int nodes, Mark at)
    {
        _nodes += nodes;
        if (_nodes > MaxNodes)
            throw new Refusal(Place(at), $"the file stands for more than {MaxNodes:N0} values, aliases written out", "use fewer aliases, or a smaller file");
    }

    private static SourcePosition Place(Mark mark) => new(Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));

    private static string Reason(YamlException fault)
    {
        // The library puts the place in front of its reason; ours has it already.
        var text = fault.Message;
        var end = text.IndexOf("): ", StringComparison.Ordinal);
        return (end < 0 ? text : text[(end + 3)..]).TrimEnd('.');
    }

    /// <summary>The file can't be read on from here.</summary>
    private sealed class Refusal(SourcePosition at, string message, string fix) : Exception(message)
    {
        public SourcePosition At { get; } = at;

        public string Fix { get; } = fix;
    }
}
