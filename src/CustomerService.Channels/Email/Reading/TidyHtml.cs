using System.Text;
using MimeKit.Text;

namespace CustomerService.Channels.Email.Reading;

/// <summary>
/// Writes HTML anew from its tokens: known tags only, each closed inside the one that it stands in, not too many in one another. Browsers mend what is badly nested by
/// copying elements, so that some kilobytes can become gigabytes; and two parsers may read it differently, which is how markup slips through. Of what comes out
/// here there is one reading, and it is as long as it looks.
/// </summary>
internal sealed partial class TidyHtml
{
    /// <summary>Far more than any mail needs: tables in tables in tables are three each.</summary>
    private const int Deepest = 200;

    /// <summary>What a parser has to do: for each tag it looks through those that are open.</summary>
    private const int MostWork = 4_000_000;

    private readonly StringBuilder _html = new();
    private readonly List<string> _open = [];
    private string? _skipped;
    private int _skippedDepth;
    private int _work;

    /// <summary>What it shows; null where it is more than anybody would read.</summary>
    public static string? Of(string html)
    {
        var tidy = new TidyHtml();
        var tokens = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (tidy._work <= MostWork && tokens.ReadNextToken(out var token))
            tidy.Take(token);
        tidy.CloseDownTo(0);
        return tidy._work <= MostWork ? tidy._html.ToString() : null;
    }

    private void Take(HtmlToken token)
    {
        switch (token)
        {
            case HtmlTagToken tag when _skipped is not null:
                Skip(tag);
                break;
            case HtmlTagToken { IsEndTag: false } tag when Unread.Contains(tag.Name):
                if (!tag.IsEmptyElement)
                    (_skipped, _skippedDepth) = (tag.Name, 1);
                break;
            case HtmlTagToken tag when Shown.Contains(tag.Name):
                if (tag.IsEndTag)
                    End(tag.Name);
                else
                    Begin(tag);
                break;
            case HtmlDataToken { Kind: HtmlTokenKind.Data } data when _skipped is null:
                Write(data.Data);
                break;
        }
    }

    private void Skip(HtmlTagToken tag)
    {
        // A head that is never closed ends where the body begins.
        if (Is(_skipped!, "head") && Is(tag.Name, "body"))
            _skipped = null;
        else if (Is(tag.Name, _skipped!) && (_skippedDepth += tag.IsEndTag ? -1 : tag.IsEmptyElement ? 0 : 1) == 0)
            _skipped = null;
    }

    private void Begin(HtmlTagToken tag)
    {
        _work += 10 + _open.Count;
        if (EndsParagraph.Contains(tag.Name))
            CloseNearest(Paragraph, Cells);
        if (Implied.TryGetValue(tag.Name, out var implied))
            CloseNearest(implied.Ends, implied.Within);
        if (_open.Count >= Deepest && !Void.Contains(tag.Name))
            return;

        var name = tag.Name.ToLowerInvariant();
        _html.Append('<').Append(name);
        foreach (var attribute in tag.Attributes.DistinctBy(each => each.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (Harmless.Contains(attribute.Name))
                Write(attribute.Name.ToLowerInvariant(), attribute.Value ?? "");
            else if (name == "a" && Is(attribute.Name, "href") && IsAddress(attribute.Value))
            {
                Write("href", attribute.Value!);
                _html.Append(" rel=\"noopener noreferrer nofollow\" target=\"_blank\"");
            }
        }

        _html.Append('>');
        if (!Void.Contains(name))
            _open.Add(name);
    }

    /// <summary>Who closes what is not open closes nothing; nor does anything in a table's cell close what is around it.</summary>
    private void End(string name)
    {
        _work += 10 + _open.Count;
        CloseNearest([name], Is(name, "table") ? [] : TableParts.Contains(name) ? Table : Cells);
    }

    private void CloseNearest(HashSet<string> names, HashSet<string> within)
    {
        for (var at = _open.Count - 1; at >= 0; at--)
        {
            if (names.Contains(_open[at]))
            {
                CloseDownTo(at);
                return;
            }

            if (within.Contains(_open[at]))
                return;
        }
    }

    private void CloseDownTo(int count)
    {
        for (var at = _open.Count - 1; at >= count; at--)
            _html.Append("</").Append(_open[at]).Append('>');
        _open.RemoveRange(count, _open.Count - count);
    }

    private void Write(string name, string value)
    {
        _html.Append(' ').Append(name).Append("=\"");
        Write(value);
        _html.Append('"');
    }

    private void Write(string text)
    {
        foreach (var character in text)
        {
            _ = character switch
            {
                '<' => _html.Append("&lt;"),
                '>' => _html.Append("&gt;"),
                '&' => _html.Append("&amp;"),
                '"' => _html.Append("&quot;"),
                '\'' => _html.Append("&#39;"),
                '\n' or '\t' => _html.Append(character),
                _ when char.IsControl(character) => _html,
                _ => _html.Append(character),
            };
        }
    }

    /// <summary>No address of ours can be meant by a mail, so what has no scheme leads nowhere; and what has characters that browsers pass over is not what it looks like.</summary>
    private static bool IsAddress(string? address) =>
        address is not null && Schemes.Any(scheme => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) && !address.Any(char.IsControl);

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
