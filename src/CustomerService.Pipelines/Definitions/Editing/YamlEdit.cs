using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CustomerService.Pipelines.Definitions.Editing;

/// <summary>
/// Changes single values of a YAML text and leaves every other character as it is: comments, order, style. What it has done is read again, and is only given out when just what was
/// meant has changed.
/// </summary>
internal static partial class YamlEdit
{
    /// <returns>The new text; null: the text is written in a way in which that can't be changed alone, such as by an alias, or is not valid.</returns>
    public static string? Apply(string text, IEnumerable<YamlChange> changes)
    {
        var all = changes.ToImmutableArray();
        var edited = text;
        foreach (var change in all)
        {
            if (YamlSpan.Read(edited) is not YamlSpanOfMap root || Apply(edited, root, change) is not { } next)
                return null;
            edited = next;
        }

        return IsAsMeant(text, edited, all) ? edited : null;
    }

    private static string? Apply(string text, YamlSpanOfMap map, YamlChange change)
    {
        for (var depth = 0; ; depth++)
        {
            var key = change.Path[depth];
            var rest = change.Path.AsSpan()[(depth + 1)..];
            if (map.Find(key) is not { } entry)
                return change.Value is null ? text : Add(text, map, key, Nested(rest, change.Value));
            if (change.Value is null && (rest.IsEmpty || entry.Value is YamlSpanOfMap { Entries: [var only] } && rest.Length == 1 && only.Key == rest[0]))
                return Remove(text, map, entry);
            if (rest.IsEmpty || entry.Value is YamlSpanOfText { IsEmpty: true })
                return change.Value is null ? text : Replace(text, entry, Nested(rest, change.Value));
            if (entry.Value is not YamlSpanOfMap inner)
                return null;
            map = inner;
        }
    }

    /// <summary>The value of the last key, in braces for each key before it.</summary>
    private static string Nested(ReadOnlySpan<string> keys, string value)
    {
        for (var i = keys.Length - 1; i >= 0; i--)
            value = $"{{ {YamlChange.Word(keys[i])}: {value} }}";
        return value;
    }

    private static string? Add(string text, YamlSpanOfMap map, string key, string value)
    {
        var line = $"{YamlChange.Word(key)}: {value}";
        if (map.IsFlow)
            return map.Entries.Count == 0 ? Put(text, map.Start, map.End, $"{{ {line} }}") : text.Insert(map.Entries[^1].Value.End, $", {line}");
        if (LastText(map) is not { IsInLine: true })
            return null;
        var end = EndOfLine(text, map.End);
        return text.Insert(end, $"{NewLine(text)}{new string(' ', map.Entries[0].KeyStart - StartOfLine(text, map.Entries[0].KeyStart))}{line}");
    }

    private static string? Replace(string text, YamlEntry entry, string value)
    {
        if (entry.Value is YamlSpanOfText { IsInLine: true, IsEmpty: false } word)
            return Put(text, word.Start, word.End, value);
        var colon = text.IndexOf(':', entry.KeyEnd);
        if (colon < 0 || entry.Value is YamlSpanOfText { IsInLine: false })
            return null;
        var end = Math.Max(colon + 1, entry.Value.End);
        return Comment().IsMatch(text[(colon + 1)..end]) ? null : Put(text, colon + 1, end, $" {value}");
    }

    private static string? Remove(string text, YamlSpanOfMap map, YamlEntry entry)
    {
        var at = 0;
        while (map.Entries[at] != entry)
            at++;
        var end = entry.Value.End;
        if (map.IsFlow)
        {
            return map.Entries.Count == 1 ? Put(text, map.Start, map.End, "{}")
                : at + 1 < map.Entries.Count ? Put(text, entry.KeyStart, map.Entries[at + 1].KeyStart, "")
                : Put(text, map.Entries[at - 1].Value.End, end, "");
        }

        var start = StartOfLine(text, entry.KeyStart);
        if (map.Entries.Count == 1 || !string.IsNullOrWhiteSpace(text[start..entry.KeyStart]))
            return null;
        return Put(text, start, Math.Min(text.Length, EndOfLine(text, end) + NewLine(text).Length), "");
    }

    private static YamlSpanOfText? LastText(YamlSpan span) => span switch
    {
        YamlSpanOfText text => text,
        YamlSpanOfMap { IsFlow: false, Entries: [.., var last] } => LastText(last.Value),
        _ => new YamlSpanOfText(span.Start, span.End, IsInLine: true),
    };

    private static string Put(string text, int start, int end, string value) => string.Concat(text.AsSpan(0, start), value, text.AsSpan(end));

    private static string NewLine(string text) => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    private static int StartOfLine(string text, int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    private static int EndOfLine(string text, int at) => text.AsSpan(at).IndexOfAny('\r', '\n') is >= 0 and var to ? at + to : text.Length;

    /// <summary>Each change is there, and nothing else is another.</summary>
    private static bool IsAsMeant(string before, string after, ImmutableArray<YamlChange> changes)
    {
        var findings = new Findings("");
        if (YamlText.Read(before, findings) is not { } old || YamlText.Read(after, findings) is not { } now || findings.HasErrors)
            return false;
        var (then, there) = (Values(old).ToHashSet(), Values(now).ToHashSet());
        then.SymmetricExceptWith(there);
        return then.All(value => changes.Any(change => value.Path.StartsWith(Joined(change.Path), StringComparison.Ordinal)))
            && changes.All(change => change.Value is null != there.Any(value => value.Path.StartsWith(Joined(change.Path), StringComparison.Ordinal)));
    }

    private static string Joined(IEnumerable<string> path) => string.Concat(path.Select(key => $"{key}\n"));

    private static IEnumerable<(string Path, string Text)> Values(YamlNode node, string path = "") => node switch
    {
        YamlScalar { Value: not null } scalar => [(path, scalar.Text)],
        YamlMapping map => map.Entries.SelectMany(entry => Values(entry.Value, $"{path}{entry.Key.Text}\n")),
        YamlSequence list => list.Items.SelectMany((item, i) => Values(item, $"{path}{i}\n")),
        _ => [],
    };

    [GeneratedRegex(@"(^|\s)#")]
    private static partial Regex Comment();
}
