using System.Globalization;
using System.Text;
using AngleSharp.Dom;

namespace CustomerService.Knowledge;

/// <summary>Writes a tree of HTML elements as Markdown. Text is escaped, so that what looks like markup in it stays text.</summary>
internal static class HtmlToMarkdown
{
    private const int DeepestNesting = 100;

    internal static string Convert(IElement root)
    {
        var blocks = new List<string>();
        Blocks(root, blocks, 0);
        return string.Join("\n\n", blocks);
    }

    // Text and inline elements between two blocks are a paragraph.
    private static void Blocks(INode parent, List<string> blocks, int depth)
    {
        var text = new StringBuilder();
        foreach (var node in parent.ChildNodes)
        {
            if (node is IElement element && depth < DeepestNesting && Block(element, depth) is { } block)
            {
                Paragraph();
                blocks.AddRange(block.Where(part => part.Length > 0));
            }
            else
            {
                Inline(node, text, depth);
            }
        }
        Paragraph();

        void Paragraph()
        {
            var line = text.ToString().Trim();
            if (line.Length > 0)
                blocks.Add(line);
            text.Clear();
        }
    }

    // Null for what stands within a line.
    private static List<string>? Block(IElement element, int depth)
    {
        switch (element.LocalName)
        {
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                var heading = Line(element, depth);
                // An article's own headings begin at the second level.
                return heading.Length == 0 ? [] : [new string('#', Math.Max(2, element.LocalName[1] - '0')) + " " + heading];
            case "ul" or "ol":
                return [List(element, depth)];
            case "table":
                return [Table(element, depth)];
            case "pre":
                var fence = element.TextContent.Contains("```", StringComparison.Ordinal) ? "~~~~" : "```";
                return element.TextContent.Trim().Length == 0 ? [] : [$"{fence}\n{element.TextContent.Trim('\n', '\r')}\n{fence}"];
            case "hr":
                return [];
            case "blockquote":
                return [string.Join('\n', string.Join("\n\n", Inner(element, depth)).Split('\n').Select(line => ("> " + line).TrimEnd()))];
            case "dt":
                return [Strong(Line(element, depth))];
            case "p" or "div" or "section" or "article" or "main" or "body" or "figure" or "figcaption" or "dl" or "dd" or "details" or "summary" or "address" or "center":
                return Inner(element, depth);
            default:
                return null;
        }
    }

    private static List<string> Inner(INode element, int depth)
    {
        var blocks = new List<string>();
        Blocks(element, blocks, depth + 1);
        return blocks;
    }

    private static string List(IElement list, int depth)
    {
        var items = list.Children.Where(child => child.LocalName == "li").Select((item, index) =>
        {
            var mark = list.LocalName == "ol" ? string.Create(CultureInfo.InvariantCulture, $"{index + 1}. ") : "- ";
            return mark + string.Join("\n\n", Inner(item, depth)).ReplaceLineEndings("\n" + new string(' ', mark.Length));
        });
        return string.Join('\n', items);
    }

    private static string Table(IElement table, int depth)
    {
        var rows = table.QuerySelectorAll("tr").Select(row => row.Children.Where(cell => cell.LocalName is "td" or "th")
            .Select(cell => Line(cell, depth).Replace("|", "\\|", StringComparison.Ordinal)).ToList()).Where(row => row.Any(cell => cell.Length > 0)).ToList();
        if (rows.Count == 0)
            return "";
        var width = rows.Max(row => row.Count);
        var lines = rows.ConvertAll(row => "| " + string.Join(" | ", row.Concat(Enumerable.Repeat("", width - row.Count))) + " |");
        lines.Insert(1, "|" + string.Concat(Enumerable.Repeat("---|", width)));
        return string.Join('\n', lines);
    }

    private static string Line(IElement element, int depth)
    {
        var text = new StringBuilder();
        foreach (var node in element.ChildNodes)
            Inline(node, text, depth + 1);
        return ImportNames.Line(text.ToString());
    }

    private static void Inline(INode node, StringBuilder text, int depth)
    {
        if (node is IText words)
        {
            Append(words.Data, text);
            return;
        }
        if (node is not IElement element)
            return;
        // Deeper than any page is, only the words are kept: no stack is exhausted by a hostile one.
        if (depth >= DeepestNesting)
        {
            Append(element.TextContent, text);
            return;
        }
        switch (element.LocalName)
        {
            case "br":
                text.Append('\n');
                break;
            case "strong" or "b":
                text.Append(Strong(Line(element, depth)));
                break;
            case "em" or "i":
                text.Append(Line(element, depth) is { Length: > 0 } said ? $"*{said}*" : "");
                break;
            case "code" or "kbd":
                text.Append(element.TextContent.Trim() is { Length: > 0 } code && !code.Contains('`', StringComparison.Ordinal) ? $"`{code}`" : Escaped(element.TextContent));
                break;
            case "a":
                var label = Line(element, depth);
                text.Append(label.Length > 0 && Address(element.GetAttribute("href")) is { } address ? $"[{label}]({address})" : label);
                break;
            default:
                foreach (var child in element.ChildNodes)
                    Inline(child, text, depth + 1);
                break;
        }
    }

    private static string Strong(string text) => text.Length == 0 ? "" : $"**{text}**";

    private static string? Address(string? href) =>
        Uri.TryCreate(href, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https" or "mailto")
            ? address.AbsoluteUri.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal)
            : null;

    // In a page all white space is one blank.
    private static void Append(string words, StringBuilder text)
    {
        foreach (var letter in Escaped(words))
        {
            if (!char.IsWhiteSpace(letter))
                text.Append(letter);
            else if (text.Length > 0 && !char.IsWhiteSpace(text[^1]))
                text.Append(' ');
        }
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#')
                escaped.Append('\\');
            if (letter != '\0')
                escaped.Append(letter);
        }
        return escaped.ToString();
    }
}
