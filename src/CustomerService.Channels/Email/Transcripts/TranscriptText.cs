using System.Globalization;
using System.Net;
using System.Text;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Email.Transcripts;

/// <summary>A transcript as a mail's text and as its HTML, which has no style and no links of its own, and shows what was said as text.</summary>
internal sealed class TranscriptText
{
    private readonly TranscriptWords _words;
    private readonly string _shop;
    private readonly TimeZoneInfo _zone;

    /// <param name="shop">Who is written from.</param>
    /// <param name="zone">As IANA names it. Null, or one that this machine does not know: UTC, and said to be.</param>
    public TranscriptText(TranscriptWords words, string shop, string? zone)
    {
        (_words, _shop) = (words, shop);
        _zone = zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc;
    }

    public string Subject => _words.Subject(_shop);

    public string Plain(Transcript said)
    {
        var text = new StringBuilder();
        foreach (var line in Beginning(said))
            text.Append(line).Append("\n\n");
        foreach (var line in said.Lines)
        {
            text.Append(Head(line)).Append('\n').Append(Shown(line.Text)).Append(line.Text.Length > 0 ? "\n" : "");
            foreach (var file in line.Files)
                text.Append(_words.File(Shown(file))).Append('\n');
            text.Append('\n');
        }

        return text.Append("-- \n").Append(_words.NotYou).Append('\n').ToString();
    }

    public string Html(Transcript said)
    {
        var html = new StringBuilder();
        foreach (var line in Beginning(said))
            html.Append("<p>").Append(Escaped(line)).Append("</p>\n");
        foreach (var line in said.Lines)
        {
            html.Append("<p><b>").Append(Escaped(Head(line))).Append("</b><br>\n").Append(Escaped(line.Text));
            foreach (var file in line.Files)
                html.Append("<br>\n<i>").Append(Escaped(_words.File(file))).Append("</i>");
            html.Append("</p>\n");
        }

        return html.Append("<hr>\n<p>").Append(Escaped(_words.NotYou)).Append("</p>\n").ToString();
    }

    private IEnumerable<string> Beginning(Transcript said)
    {
        yield return _words.Intro(_shop);
        yield return _words.Times(_zone == TimeZoneInfo.Utc ? "UTC" : _zone.Id);
        if (said.LeftOut > 0)
            yield return _words.LeftOut(said.LeftOut);
    }

    private string Head(SaidLine line)
    {
        var who = line.Author switch
        {
            Author.Customer => _words.You,
            Author.Assistant => _words.Assistant,
            Author.Agent => _words.Agent,
            _ => _words.Notice,
        };
        return $"{TimeZoneInfo.ConvertTime(line.At, _zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} {who}";
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(Shown(text)).Replace("\n", "<br>\n", StringComparison.Ordinal);

    /// <summary>Without what a terminal or a mail program could take for a command.</summary>
    private static string Shown(string text) => string.Concat(text.ReplaceLineEndings("\n").Where(character => character is '\n' or '\t' || !char.IsControl(character)));
}
