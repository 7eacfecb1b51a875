using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CustomerService.Knowledge;

/// <summary>Markdown as plain text: whole, by section, and the steps of its ordered lists.</summary>
internal sealed record ArticleText(string PlainText, ImmutableArray<ArticleSection> Sections, ImmutableArray<string> Steps)
{
    // Raw HTML stays text that is dropped: what a customer reads never carries markup from an article.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    internal static ArticleText From(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        var sections = ImmutableArray.CreateBuilder<ArticleSection>();
        var section = new List<string>();
        string? heading = null;
        foreach (var block in document)
        {
            var text = TextOf(block);
            if (block is HeadingBlock)
            {
                Close();
                heading = text.Length > 0 ? text : null;
            }
            if (text.Length > 0)
                section.Add(text);
        }
        Close();

        var steps = document.OfType<ListBlock>().Where(list => list.IsOrdered)
            .SelectMany(list => list).Select(item => TextOf(item)).Where(step => step.Length > 0);
        return new ArticleText(string.Join("\n\n", sections.Select(part => part.Text)), sections.ToImmutable(), [.. steps]);

        void Close()
        {
            if (section.Count > 0)
                sections.Add(new ArticleSection(heading, string.Join("\n\n", section)));
            section.Clear();
        }
    }

    private static string TextOf(Block block) => block switch
    {
        ListBlock list => string.Join('\n', list.Select((item, index) => ItemText(list, item, index))),
        Table table => string.Join('\n', table.Select(TextOf)),
        TableRow row => string.Join(" · ", row.Select(TextOf)),
        ContainerBlock container => string.Join('\n', container.Select(TextOf).Where(text => text.Length > 0)),
        HtmlBlock => "",
        LeafBlock { Inline: { } inline } => TextOf(inline),
        LeafBlock leaf => leaf.Lines.ToString().Trim(),
        _ => "",
    };

    private static string ItemText(ListBlock list, Block item, int index)
    {
        var first = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
        var mark = list.IsOrdered ? $"{first + index}. " : "- ";
        return mark + TextOf(item).ReplaceLineEndings("\n   ");
    }

    private static string TextOf(ContainerInline container)
    {
        var text = new StringBuilder();
        Append(container, text);
        return text.ToString().Trim();
    }

    private static void Append(ContainerInline container, StringBuilder text)
    {
        foreach (var inline in container)
        {
            _ = inline switch
            {
                LiteralInline literal => text.Append(literal.Content.AsSpan()),
                CodeInline code => text.Append(code.Content),
                LineBreakInline => text.Append(' '),
                AutolinkInline link => text.Append(link.Url),
                HtmlEntityInline entity => text.Append(entity.Transcoded.AsSpan()),
                _ => text,
            };
            if (inline is ContainerInline nested)
                Append(nested, text);
            if (inline is LinkInline { IsImage: false, Url: { Length: > 0 } url } && url.StartsWith("http", StringComparison.OrdinalIgnoreCase))
                text.Append(CultureInfo.InvariantCulture, $" ({url})");
        }
    }
}
