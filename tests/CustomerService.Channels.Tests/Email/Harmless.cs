using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace CustomerService.Channels.Tests.Email;

/// <summary>What a page that is called harmless must not have, as a browser would see it, whoever made it and by whatever rules.</summary>
internal static class Harmless
{
    private static readonly HashSet<string> Elements =
    [
        "html", "head", "body", "meta", "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del",
        "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p",
        "pre", "q", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
    ];

    private static readonly HashSet<string> Attributes = ["align", "colspan", "dir", "href", "lang", "rel", "reversed", "rowspan", "start", "target", "title", "type", "valign"];
    private static readonly string[] Metas = ["<meta charset=\"utf-8\">", "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">"];
    private static readonly string[] Schemes = ["http://", "https://", "mailto:", "tel:"];

    /// <returns>What is wrong with it; null: nothing.</returns>
    public static string? Fault(string html)
    {
        var page = Parse(html, scripting: true);
        // Read by another browser's rules, or once more after writing, it is still the same.
        return Fault(page) ?? Fault(Parse(page.DocumentElement.OuterHtml, scripting: false)) ?? Copied(page, html) ?? SecondOpinion(page);
    }

    private static IHtmlDocument Parse(string html, bool scripting) => new HtmlParser(new HtmlParserOptions { IsScripting = scripting }).ParseDocument(html);

    private static string? Fault(IHtmlDocument page) => page.All.Select(Fault).FirstOrDefault(fault => fault is not null);

    private static string? Fault(IElement element)
    {
        if (!Elements.Contains(element.LocalName))
            return $"the element {element.LocalName}";
        if (element.LocalName == "meta")
            return Metas.Contains(element.OuterHtml) ? null : element.OuterHtml;
        return element.Attributes.Where(attribute => !Attributes.Contains(attribute.Name)).Select(attribute => $"the attribute {attribute.Name} of {element.LocalName}").FirstOrDefault()
            ?? (element.GetAttribute("href") is { } href && (element.LocalName != "a" || !Schemes.Any(scheme => href.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))) ? $"the address {href}" : null);
    }

    /// <summary>A parser adds no more than the rows of tables; what it copies could be copied without end.</summary>
    private static string? Copied(IHtmlDocument page, string html)
    {
        var (seen, written) = (page.All.Length, html.Count(character => character == '<'));
        return seen <= 3 + (2 * written) ? null : $"{seen} elements of {written} tags";
    }

    private static string? SecondOpinion(IHtmlDocument page)
    {
        string? removed = null;
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Elements,
            AllowedAttributes = Attributes,
            AllowedSchemes = new HashSet<string> { "http", "https", "mailto", "tel" },
            UriAttributes = new HashSet<string> { "href" },
        });
        sanitizer.RemovingTag += (_, each) => removed ??= $"{each.Tag.OuterHtml} ({each.Reason})";
        sanitizer.RemovingAttribute += (_, each) => removed ??= $"{each.Attribute.Name}=\"{each.Attribute.Value}\" ({each.Reason})";
        sanitizer.Sanitize(page.Body!.InnerHtml);
        return removed;
    }
}
