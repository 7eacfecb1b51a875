using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.AgentConsole.Replies;

/// <summary>Reads <c>replies.yaml</c>, with line, column and fix for whatever is wrong.</summary>
/// <param name="queues">The queues that there are; null: not known.</param>
internal sealed partial class RepliesReader(Findings findings, IReadOnlyCollection<string>? queues)
{
    private const double LongestSnooze = 365.0 * 24 * 3600;
    private readonly Dictionary<string, SourcePosition> _shortcuts = new(StringComparer.Ordinal);

    public ReplyLibrary Read(YamlMapping root)
    {
        var map = new MappingReader(root, "a file of replies", findings, "replies", "macros");
        ImmutableArray<CannedReply> replies = [.. Entries(map.List("replies"), "a reply").Select(Reply).OfType<CannedReply>()];
        var steps = new MacroReader(findings, this, [.. replies.Select(reply => reply.Shortcut)]);
        return new ReplyLibrary(replies, [.. Entries(map.List("macros"), "a macro").Select(entry => Macro(entry, steps)).OfType<Macro>()]);
    }

    /// <summary>A queue that there is.</summary>
    public string? Queue(Located<string> written)
    {
        if (queues is null || queues.Contains(written.Value))
            return written.Value;
        findings.Error(written.At, $"there is no queue '{written.Value}'", Suggestion.For(written.Value, queues));
        return null;
    }

    /// <summary>A length of time that something can be put away for.</summary>
    public static double? Away(MappingReader map, string key) => map.Seconds(key, 60, LongestSnooze);

    /// <summary>Complains of each variable in a text that there is not, and of a text that is too long.</summary>
    public void Check(YamlNode node, string text)
    {
        foreach (var (name, at) in ReplyVariables.In(text).Where(found => !ReplyVariables.Names.Contains(found.Name)))
            findings.Error(node is YamlScalar scalar ? scalar.PositionOf(at) : node.At, $"there is no variable '{name}'", Suggestion.For(name, ReplyVariables.Names));
        if (text.Length > Interaction.MaxContentLength)
            findings.Error(node.At, $"the text has {text.Length} characters; {Interaction.MaxContentLength} can be sent", "shorten it, or make two replies of it");
    }

    private IEnumerable<YamlMapping> Entries(YamlSequence? list, string what)
    {
        foreach (var item in list?.Items ?? [])
        {
            if (item is YamlMapping map)
                yield return map;
            else
                findings.Error(item.At, $"{what} is {item.Kind}, where a map is expected", "write '- shortcut: …' with indented lines under it");
        }
    }

    private CannedReply? Reply(YamlMapping entry)
    {
        var map = new MappingReader(entry, "a reply", findings, "shortcut", "title", "queues", "text");
        var (shortcut, title, text) = (Shortcut(map), Texts(map, "title", "A parcel is late"), Texts(map, "text", "Dear {{customer.name}}, …"));
        return shortcut is null || title is null || text is null ? null : new CannedReply(shortcut, title, Queues(map), text);
    }

    private Macro? Macro(YamlMapping entry, MacroReader steps)
    {
        var map = new MappingReader(entry, "a macro", findings, "shortcut", "title", "queues", "steps");
        var (shortcut, title, acts) = (Shortcut(map), Texts(map, "title", "Solved"), steps.Read(map));
        return shortcut is null || title is null || acts.IsEmpty ? null : new Macro(shortcut, title, Queues(map), acts);
    }

    private string? Shortcut(MappingReader map)
    {
        if (map.RequiredText("shortcut", "late-parcel") is not { } written)
            return null;
        if (!ShortcutPattern().IsMatch(written.Value))
            findings.Error(written.At, $"'{written.Value}' is no shortcut", "write 1 to 40 small letters, digits and dashes, such as late-parcel");
        else if (!_shortcuts.TryAdd(written.Value, written.At))
            findings.Error(written.At, $"the shortcut '{written.Value}' is already in line {_shortcuts[written.Value].Line}", "give one of the two another one");
        return written.Value;
    }

    private ImmutableArray<string> Queues(MappingReader map) => [.. map.Texts("queues").Select(Queue).OfType<string>().Distinct()];

    /// <summary>One text, or one for each language.</summary>
    private LocalText? Texts(MappingReader map, string key, string example)
    {
        if (map.Node(key) is not { } node)
        {
            map.RequiredText(key, example);
            return null;
        }

        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (node is not YamlMapping languages)
        {
            if (map.Text(key) is { } one)
                texts[LocalText.Any] = one.Value.Trim();
        }
        else
        {
            var reader = new MappingReader(languages, $"'{key}'", findings, [.. languages.Entries.Select(entry => entry.Key.Text)]);
            foreach (var (language, _) in languages.Entries)
            {
                if (language.Text.Length != 2 || !language.Text.All(char.IsAsciiLetterLower))
                    findings.Error(language.At, $"'{language.Text}' is no language's two-letter code", "write one such as en, es, fr, de or ja");
                else if (reader.RequiredText(language.Text, example) is { } text)
                    texts[language.Text] = text.Value.Trim();
            }
        }

        foreach (var (language, text) in texts)
            Check(node is YamlMapping all ? all.Find(language) ?? node : node, text);
        return texts.Count == 0 ? null : new LocalText(texts.ToImmutable());
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex ShortcutPattern();
}
