using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace CustomerService.Knowledge;

/// <summary>
/// A help centre's export as Zendesk's interface gives it: <c>{"articles": [{id, title, body, locale, section_id, draft, label_names, updated_at}],
/// "sections": [{id, name, category_id}], "categories": [{id, name}]}</c>, bodies in HTML.
/// </summary>
internal static class HelpCenterExport
{
    internal static ImportSource Read(string place, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true });
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("articles", out var articles) || articles.ValueKind != JsonValueKind.Array)
                return ImportSource.Wrong($"{place}: there is no list \"articles\"; it should be an object with \"articles\", and \"sections\" and \"categories\" where there are any.");
            var sections = Named(root, "sections");
            var categories = Named(root, "categories");
            return ImportSource.Join(articles.EnumerateArray().Select((article, index) => Article($"{place}: articles[{index}]", article, sections, categories)));
        }
        catch (JsonException error)
        {
            return ImportSource.Wrong($"{place}:{error.LineNumber + 1}:{error.BytePositionInLine + 1}: this is not JSON ({error.Message.Split(" LineNumber")[0].TrimEnd('.')}).");
        }
    }

    private static ImportSource Article(string place, JsonElement article, Dictionary<string, JsonElement> sections, Dictionary<string, JsonElement> categories)
    {
        if (article.ValueKind != JsonValueKind.Object)
            return ImportSource.Wrong($"{place}: it is no object.");
        if (Text(article, "id") is not { } id || ImportNames.Id(id) is not { } name)
            return ImportSource.Wrong($"{place}: it has no \"id\".");
        if (Text(article, "title") is not { } title)
            return ImportSource.Wrong($"{place} (id {id}): it has no \"title\".");
        var body = HtmlArticle.ToMarkdown(Text(article, "body") ?? "");
        if (body.Length == 0)
            return ImportSource.Wrong($"{place} (id {id}, \"{title}\"): its \"body\" has no text.");

        var section = sections.GetValueOrDefault(Text(article, "section_id") ?? "");
        var category = categories.GetValueOrDefault(Text(section, "category_id") ?? "");
        return ImportSource.Of(new ImportedArticle($"{place} (id {id})", char.IsAsciiDigit(name[0]) ? "article-" + name : name, title, body)
        {
            Language = ImportNames.Language(Text(article, "locale")),
            Tags = [.. Labels(article).Append(Text(section, "name")).Append(Text(category, "name")).OfType<string>().Distinct()],
            IsDraft = Is(article, "draft"),
            // An article that only some people may see is none for customers.
            Internal = Text(article, "user_segment_id") is not null,
            Updated = MarkdownArticle.Day(Text(article, "updated_at")),
        });
    }

    private static Dictionary<string, JsonElement> Named(JsonElement root, string list)
    {
        var named = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (root.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in items.EnumerateArray())
            {
                if (Text(item, "id") is { } id)
                    named[id] = item;
            }
        }
        return named;
    }

    private static ImmutableArray<string> Labels(JsonElement article) =>
        article.TryGetProperty("label_names", out var labels) && labels.ValueKind == JsonValueKind.Array
            ? [.. labels.EnumerateArray().Where(label => label.ValueKind == JsonValueKind.String).Select(label => ImportNames.Line(label.GetString()!)).Where(label => label.Length > 0)]
            : [];

    private static bool Is(JsonElement element, string key) => element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement element, string key)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => key == "body" ? value.GetString() : ImportNames.Line(value.GetString()!) is { Length: > 0 } line ? line : null,
            JsonValueKind.Number => value.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture) : value.GetRawText(),
            _ => null,
        };
    }
}
