using System.Text;
using CustomerService.Channels.Email.Reading;
using CustomerService.Channels.Tests.Email;
using CustomerService.Fuzz.Tests.Fuzzing;

namespace CustomerService.Fuzz.Tests.Targets;

/// <summary>HTML made to slip through, mixed and changed; what comes of it is judged as a browser would see it.</summary>
internal sealed class HtmlTarget : FuzzTarget
{
    private static readonly byte[][] Words = Mutation.Words(
        "<", ">", "</", "/>", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?", "<!", "&lt;", "&#60", "&#x3c;", "&NewLine;", "&Tab;", "&colon;", "\"", "'", "`", "=", "\0", "\u2028", "<svg>", "</svg>", "<math>",
        "<mtext>", "<mglyph>", "<style>", "</style>", "<title>", "</title>", "<textarea>", "<noscript>", "</noscript>", "<template>", "<select>", "<table>", "<td>", "<tr>", "</table>", "<caption>", "<p>", "</p>",
        "<b x=1>", "<a href=", "href=\"javascript:alert(1)\"", "http://", "java\tscript:", " onerror=alert(1) ", " style=x ", " srcdoc=", "<script>", "</script>", "<foreignObject>", "<desc>", "<annotation-xml encoding=text/html>",
        "<plaintext>", "<xmp>", "<listing>", "<isindex>", "<frameset>", "<form>", "<button>", "<li>", "<ul>", "<dd>", "<h1>", "</h2>", "<br>", "</br>", "<div title=\"", "<pre>\n", "<details open>", "<font color=x>", "<head>", "<body onload=x>", "</body>", "</html>");

    private readonly byte[][] _seeds =
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Email", "Xss"), "*.txt").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(Encoding.UTF8.GetBytes),
        .. MailCorpus.Names.Select(MailCorpus.Raw).Where(mail => mail.AsSpan().IndexOf("<html"u8) >= 0 && mail.Length < 8_000).Select(mail => mail[mail.AsSpan().IndexOf("<html"u8)..]),
    ];

    public HtmlTarget()
        : base("html", 200)
    {
        AllocatedPerByte = 3_000; // the judges build trees
        AllocatedAnyway = 20_000_000;
    }

    public override byte[] Make(Random random)
    {
        byte[] joined = [.. random.Any(_seeds), .. random.Any(_seeds), .. random.Any(_seeds)];
        return Mutation.Of(random, random.Next(2) == 0 ? random.Any(_seeds) : joined, random.Any(_seeds), Words, most: 20);
    }

    public override ValueTask<FuzzOutcome> TryAsync(byte[] input)
    {
        var html = Encoding.UTF8.GetString(input);
        if (HtmlText.Of(html).Length > html.Length * 12)
            throw new FuzzFinding("its text is much longer than itself");
        if (SafeHtml.Of([(html, true)]) is not { } page)
            return new ValueTask<FuzzOutcome>(new FuzzOutcome("too much"));
        if (page.Length > 1_000 + (html.Length * 12))
            throw new FuzzFinding($"{html.Length} characters become {page.Length}");
        // Judging takes trees, and as long as trees do.
        if (html.Length < 8_000 && Harmless.Fault(page) is { } fault)
            throw new FuzzFinding($"{fault} in {page}");
        return new ValueTask<FuzzOutcome>(new FuzzOutcome(html.Length < 8_000 ? "judged" : "read"));
    }
}
