using System.Text;
using MimeKit.Text;

namespace CustomerService.Channels.Email.Reading;

/// <summary>
/// HTML as text: lines where a reader sees lines, quotes with <c>&gt;</c> before each. It reads along the tokens and builds no tree, so nothing can be nested too deep for it.
/// </summary>
internal sealed class HtmlText
{
    private static readonly HashSet<string> Breaking = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tr", "ul",
    };

    private static readonly HashSet<string> Spaced = new(StringComparer.OrdinalIgnoreCase) { "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "pre" };
    private static readonly HashSet<string> Unread = new(StringComparer.OrdinalIgnoreCase) { "head", "script", "style", "title", "template", "noscript", "svg", "math", "iframe", "object", "select" };
    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase) { "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr" };

    private readonly StringBuilder _text = new();
    private string? _skipped;
    private int _skippedDepth;
    private int _quotes;
    private int _pre;
    private bool _lineEmpty = true;
    private bool _gap;

    public static string Of(string html)
    {
        var reader = new HtmlText();
        var tokens = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (tokens.ReadNextToken(out var token))
        {
            switch (token)
            {
                case HtmlTagToken tag:
                    reader.Tag(tag);
                    break;
                case HtmlDataToken { Kind: HtmlTokenKind.Data } data when reader._skipped is null:
                    reader.Words(data.Data);
                    break;
            }
        }

        return PlainText.Clean(reader._text.ToString());
    }

    private void Tag(HtmlTagToken tag)
    {
        if (_skipped is not null)
        {
            Skip(tag);
            return;
        }

        if (!tag.IsEndTag && !tag.IsEmptyElement && !Void.Contains(tag.Name) && (Unread.Contains(tag.Name) || IsHidden(tag)))
        {
            (_skipped, _skippedDepth) = (tag.Name, 1);
            return;
        }

        if (tag.Name.Equals("br", StringComparison.OrdinalIgnoreCase))
            NewLine(force: true);
        else if (tag.Name.Equals("td", StringComparison.OrdinalIgnoreCase) && !tag.IsEndTag)
            Words(" ");
        if (!Breaking.Contains(tag.Name))
            return;
        NewLine(force: false);
        if (Spaced.Contains(tag.Name) && _text.Length > 0)
            _gap = true;
        var step = tag.IsEndTag ? -1 : 1;
        if (tag.Name.Equals("blockquote", StringComparison.OrdinalIgnoreCase))
            _quotes = Math.Clamp(_quotes + step, 0, 8);
        else if (tag.Name.Equals("pre", StringComparison.OrdinalIgnoreCase))
            _pre = Math.Max(0, _pre + step);
        else if (tag.Name.Equals("li", StringComparison.OrdinalIgnoreCase) && !tag.IsEndTag)
            Words("- ");
    }

    private void Skip(HtmlTagToken tag)
    {
        if (!tag.Name.Equals(_skipped, StringComparison.OrdinalIgnoreCase))
        {
            // A head that is never closed ends where the body begins.
            if (_skipped!.Equals("head", StringComparison.OrdinalIgnoreCase) && tag.Name.Equals("body", StringComparison.OrdinalIgnoreCase))
                _skipped = null;
            return;
        }

        _skippedDepth += tag.IsEndTag ? -1 : tag.IsEmptyElement ? 0 : 1;
        if (_skippedDepth == 0)
            _skipped = null;
    }

    /// <summary>What a reader does not see must not be understood either.</summary>
    private static bool IsHidden(HtmlTagToken tag)
    {
        foreach (var attribute in tag.Attributes)
        {
            if (attribute.Name.Equals("hidden", StringComparison.OrdinalIgnoreCase))
                return true;
            if (!attribute.Name.Equals("style", StringComparison.OrdinalIgnoreCase) || attribute.Value is null)
                continue;
            var style = string.Concat(attribute.Value.Where(character => !char.IsWhiteSpace(character)));
            if (style.Contains("display:none", StringComparison.OrdinalIgnoreCase) || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase) || style.Contains("mso-hide:all", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private void Words(string data)
    {
        foreach (var character in data)
        {
            if (_pre > 0 && character == '\n')
                NewLine(force: true);
            else if (character is ' ' or '\t' or '\n' or '\r' && _pre == 0)
            {
                if (!_lineEmpty && _text[^1] != ' ')
                    _text.Append(' ');
            }
            else if (character != '\r')
            {
                Begin();
                _text.Append(character);
            }
        }
    }

    private void Begin()
    {
        if (!_lineEmpty)
            return;
        if (_gap && _text.Length > 0)
            _text.Append('>', _quotes).Append('\n');
        if (_quotes > 0)
            _text.Append('>', _quotes).Append(' ');
        (_gap, _lineEmpty) = (false, false);
    }

    private void NewLine(bool force)
    {
        if (_lineEmpty && force && _text.Length > 0)
            _gap = true;
        if (_lineEmpty)
            return;
        while (_text.Length > 0 && _text[^1] == ' ')
            _text.Length--;
        _text.Append('\n');
        _lineEmpty = true;
    }
}
