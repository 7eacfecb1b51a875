using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CustomerService.Knowledge;

/// <summary>HTML as Markdown. Nothing is fetched or run: what is no text, heading, list, table or link to a page is left out.</summary>
internal static class HtmlArticle
{
    // What surrounds an article on a page, and what is never text.
    private const string NotTheArticle =
        "script, style, noscript, template, iframe, object, embed, svg, canvas, video, audio, form, button, input, select, textarea, nav, header, footer, aside, head, [hidden], [aria-hidden=true]";

    internal static ImportSource Read(string place, string html, string id)
    {
        var document = new HtmlParser().ParseDocument(html);
        var language = ImportNames.Language(document.DocumentElement.GetAttribute("lang"));
        var titles = new[] { document.QuerySelector("article h1, main h1, h1")?.TextContent, document.Title };
        var title = titles.Select(text => ImportNames.Line(text ?? "")).FirstOrDefault(text => text.Length > 0);
        var body = document.QuerySelector("article") ?? document.QuerySelector("main") ?? (IElement?)document.Body;
        // The title is in the front matter.
        body?.QuerySelector("h1")?.Remove();
        var markdown = body is null ? "" : Convert(body);
        if (title is null)
            return ImportSource.Wrong($"{place}: the page has no title; give it a <title> or an <h1>.");
        if (markdown.Length == 0)
            return ImportSource.Wrong($"{place}: the page has no text outside of menus and scripts.");
        return ImportSource.Of(new ImportedArticle(place, id, title, markdown) { Language = language });
    }

    /// <summary>A fragment, such as another system's article body.</summary>
    internal static string ToMarkdown(string html) => new HtmlParser().ParseDocument(html).Body is { } body ? Convert(body) : "";

    private static string Convert(IElement root)
    {
        foreach (var stranger in root.QuerySelectorAll(NotTheArticle))
            stranger.Remove();
        return HtmlToMarkdown.Convert(root);
    }
}
