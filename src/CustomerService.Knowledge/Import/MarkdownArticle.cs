using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CustomerService.Knowledge;

/// <summary>Markdown from elsewhere, with front matter of any kind or none. What our articles know of it is taken over.</summary>
internal static class MarkdownArticle
{
    internal static ImportSource Read(string place, string text, string id)
    {
        text = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal);
        var front = new Dictionary<string, YamlNode>(StringComparer.OrdinalIgnoreCase);
        if (text.StartsWith("---\n", StringComparison.Ordinal) && text.IndexOf("\n---", 3, StringComparison.Ordinal) is > 0 and var end)
        {
            try
            {
                var stream = new YamlStream();
                stream.Load(new StringReader(text[4..(end + 1)]));
                if (stream.Documents.Count > 0 && stream.Documents[0].RootNode is YamlMappingNode map)
                {
                    foreach (var (key, value) in map.Children)
                        front[(key as YamlScalarNode)?.Value ?? ""] = value;
                }
            }
            catch (YamlException error)
            {
                return ImportSource.Wrong($"{place}:{error.Start.Line + 1}: the front matter is not valid YAML ({error.Message.TrimEnd('.')}).");
            }
            var after = text.IndexOf('\n', end + 4);
            text = after < 0 ? "" : text[(after + 1)..];
        }

        var body = text.Trim();
        var title = Text("title");
        if (body.StartsWith("# ", StringComparison.Ordinal))
        {
            // The first heading is the title, which our articles have above the text.
            var line = body.Split('\n', 2);
            title ??= ImportNames.Line(line[0][2..].TrimEnd('#'));
            body = line.Length > 1 ? line[1].Trim() : "";
        }
        if (body.Length == 0)
            return ImportSource.Wrong($"{place}:1: the article has no text.");
        return ImportSource.Of(new ImportedArticle(place, ImportNames.Id(Text("id") ?? Text("slug") ?? id) ?? id, title ?? ImportNames.Line(id.Replace('-', ' ')), body)
        {
            Language = ImportNames.Language(Text("language") ?? Text("lang") ?? Text("locale")),
            Tags = [.. Texts("tags").Concat(Texts("keywords")).Concat(Texts("categories")).Distinct()],
            Intents = [.. Texts("intents")],
            Tiers = [.. Texts("tiers")],
            // Whatever else stands there, only "false" makes public what somebody marked.
            Internal = Text("internal") is { } mark && mark != "false",
            IsDraft = Text("status") == "draft" || Text("draft") == "true" || Text("published") == "false",
            Updated = Day(Text("updated") ?? Text("lastmod") ?? Text("last_modified_at") ?? Text("date")),
        });

        string? Text(string key) => front.GetValueOrDefault(key) is YamlScalarNode { Value: { } value } && ImportNames.Line(value) is { Length: > 0 } line ? line : null;

        IEnumerable<string> Texts(string key) => front.GetValueOrDefault(key) switch
        {
            YamlSequenceNode list => list.OfType<YamlScalarNode>().Select(item => ImportNames.Line(item.Value ?? "")).Where(item => item.Length > 0),
            YamlScalarNode { Value: { } line } => line.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            _ => [],
        };
    }

    internal static DateOnly? Day(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? DateOnly.FromDateTime(time.UtcDateTime) : null;
}
