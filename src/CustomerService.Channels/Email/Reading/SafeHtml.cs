using System.Text;
using Ganss.Xss;
using MimeKit.Text;

namespace CustomerService.Channels.Email.Reading;

/// <summary>Makes a mail's HTML harmless, so that reading it runs nothing, loads nothing from anywhere and tells nobody that it was read.</summary>
internal static class SafeHtml
{
    private const int Longest = 2_000_000;
    private const int Deepest = 200;

    /// <summary>The browser shall obey it too, whatever got through.</summary>
    private const string Head = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"></head><body>";

    /// <summary>Elements that end by themselves, or that can't hold others: they make no depth.</summary>
    private static readonly HashSet<string> Flat = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link", "meta", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    };

    /// <summary>A page of these parts of a mail; null where it can't be made one: too long, or nested too deep.</summary>
    public static string? Of(IReadOnlyList<(string Text, bool IsHtml)> parts)
    {
        if (parts.Sum(part => (long)part.Text.Length) > Longest || parts.Any(part => part.IsHtml && IsTooDeep(part.Text)))
            return null;
        var page = new StringBuilder(Head);
        foreach (var (text, isHtml) in parts)
            page.Append(isHtml ? Clean(text) : $"<pre>{System.Net.WebUtility.HtmlEncode(text)}</pre>");
        return page.Append("</body></html>").ToString();
    }

    /// <summary>Only what is known to be harmless stays.</summary>
    public static string Clean(string html)
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Set(
                "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "body", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn",
                "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q",
                "s", "samp", "section", "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr"),
            AllowedAttributes = Set("align", "colspan", "dir", "href", "lang", "reversed", "rowspan", "start", "title", "type", "valign"),
            AllowedSchemes = Set("http", "https", "mailto", "tel"),
            UriAttributes = Set("href"),
            AllowedCssProperties = Set(),
        });
        sanitizer.PostProcessNode += (_, each) =>
        {
            if (each.Node is not AngleSharp.Dom.IElement { LocalName: "a" } link)
                return;
            // No address of ours can be meant by a mail, so what has no scheme leads nowhere.
            if (link.GetAttribute("href") is { } href && !href.Contains(':', StringComparison.Ordinal))
                link.RemoveAttribute("href");
            link.SetAttribute("rel", "noopener noreferrer nofollow");
            link.SetAttribute("target", "_blank");
        };
        return sanitizer.Sanitize(html);
    }

    /// <summary>Building and writing a tree takes stack for each level, and a stack that is used up ends the whole process.</summary>
    private static bool IsTooDeep(string html)
    {
        var depth = 0;
        var tokens = new HtmlTokenizer(new StringReader(html));
        while (tokens.ReadNextToken(out var token))
        {
            if (token is not HtmlTagToken tag || Flat.Contains(tag.Name))
                continue;
            // Who closes what was never opened closes nothing.
            depth = tag.IsEndTag ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > Deepest)
                return true;
        }

        return false;
    }

    private static HashSet<string> Set(params string[] words) => new(words, StringComparer.OrdinalIgnoreCase);
}
