using System.Text;
using CustomerService.Channels.Email.Reading;

namespace CustomerService.Channels.Tests.Email;

public sealed class MailReaderTests
{
    public static TheoryData<string, string, string, string, string, string> Table
    {
        get
        {
            var data = new TheoryData<string, string, string, string, string, string>();
            foreach (var row in MailCorpus.Table)
                data.Add(row[0], row[1], row[2], row[3], row[4], row[5]);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void OddMail_IsUnderstood(string mail, string kind, string whose, string subject, string text, string files)
    {
        var read = Shown(MailCorpus.Reader.Read(MailCorpus.Raw(mail)));

        if (kind == "*")
            return;
        Assert.Equal((kind, whose, subject), (read.Kind, read.Whose, read.Subject));
        if (text != "*")
            Assert.Equal(text, Short(read.Text));
        Assert.Equal(files, Short(read.Files));
    }

    [Fact]
    public void EveryMail_IsInTheTable() => Assert.Equal(MailCorpus.Names, MailCorpus.Table.Select(row => row[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void SameMessageId_OnAnotherDay_IsAnotherMail()
    {
        var first = Letter("Message-ID: <same@script>\r\nDate: Mon, 02 Mar 2026 09:00:00 +0000\r\n");
        var second = Letter("Message-ID: <same@script>\r\nDate: Tue, 03 Mar 2026 09:00:00 +0000\r\n");
        var again = Letter("Message-ID: <same@script>\r\nDate: Mon, 02 Mar 2026 09:00:00 +0000\r\nReceived: from somewhere else\r\n");

        Assert.NotEqual(first.Head.Id, second.Head.Id);
        Assert.Equal(first.Head.Id, again.Head.Id);
    }

    [Theory]
    [InlineData("Subject: ", " wrote:\r\n", "", "\r\n\r\nHello")]
    [InlineData("X-Long: ", "a", "", "\r\n\r\nHello")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: ", "\tx\r\n", "text/plain", "\r\n\r\nHello\r\n--b--\r\n")]
    public void HeaderThatNobodyWrites_IsNotReadAtAll(string before, string piece, string value, string after)
    {
        var mail = Encoding.ASCII.GetBytes($"From: ada@customer.example\r\n{before}{value}\r\n {string.Concat(Enumerable.Repeat(piece, 4_000_000 / piece.Length))}{after}");
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        var unusable = Assert.IsType<IncomingMail.Unusable>(MailCorpus.Reader.Read(mail));

        Assert.Contains("is longer than 64 KB", unusable.Why, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - allocated < 100_000);
    }

    [Fact]
    public void ListOfThousandsWhoAreNobody_IsLeftOut()
    {
        var letter = Letter($"To: {string.Concat(Enumerable.Repeat("a, ", 15_000))}x@y.example\r\n");
        Assert.Equal("ada@customer.example", letter.Head.Address);
        Assert.IsType<IncomingMail.Unusable>(MailCorpus.Reader.Read(Encoding.ASCII.GetBytes($"From: {string.Concat(Enumerable.Repeat("a, ", 15_000))}x@y.example\r\n\r\nHello")));
    }

    [Fact]
    public void LongIndentedText_IsNoHeader()
    {
        var letter = Letter("", "Log\r\n" + string.Concat(Enumerable.Repeat("   at x\r\n", 20_000)));
        Assert.True(letter.Body.Text.Length > 100_000);
    }

    [Fact]
    public void MailWithoutMessageId_IsKnownByItsBytes()
    {
        Assert.Equal(Letter("X: 1\r\n").Head.Id, Letter("X: 1\r\n").Head.Id);
        Assert.NotEqual(Letter("X: 1\r\n").Head.Id, Letter("X: 2\r\n").Head.Id);
        Assert.Null(Letter("X: 1\r\n").Head.MessageId);
    }

    [Fact]
    public void WinmailDat_IsUnpacked()
    {
        var letter = Assert.IsType<IncomingMail.Letter>(MailCorpus.Reader.Read(MailCorpus.Raw("winmail")));

        using var content = new MemoryStream();
        Assert.Single(letter.Body.Files).Write(content);
        Assert.Equal("inside the report"u8, content.ToArray());
    }

    [Fact]
    public async Task Heads_OfMailsThatAreNotRead_TellWhomToAnswer()
    {
        Assert.Equal("ada@customer.example", (await HeadAsync("plain"))?.Address);
        Assert.Null(await HeadAsync("auto-generated"));
        Assert.Null(await HeadAsync("bounce-exim"));
        Assert.Null(await HeadAsync("no-sender"));
    }

    private static Task<LetterHead?> HeadAsync(string mail) => MailCorpus.Reader.ReadHeadAsync(new MemoryStream(MailCorpus.Raw(mail)), default);

    private static IncomingMail.Letter Letter(string headers, string text = "Text") => Assert.IsType<IncomingMail.Letter>(
        MailCorpus.Reader.Read(Encoding.ASCII.GetBytes($"From: ada@customer.example\r\nTo: support@shop.example\r\nSubject: Hi\r\n{headers}\r\n{text}\r\n")));

    private static (string Kind, string Whose, string Subject, string Text, string Files) Shown(IncomingMail mail) => mail switch
    {
        IncomingMail.Letter letter => ("letter", letter.Head.Address, letter.Head.Subject, letter.Body.Text, Files(letter.Body)),
        IncomingMail.Ignored ignored => ("ignored", "", "", ignored.Why, ""),
        IncomingMail.Unusable unusable => ("unusable", "", "", unusable.Why, ""),
        IncomingMail.Report report => (report.Fate.ToString().ToLowerInvariant(), report.MailId, "", report.Reason ?? "", ""),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>Files by name and type; the original only where it is the HTML, or was too much to be.</summary>
    private static string Files(LetterBody body)
    {
        var names = body.Files.Select(file => $"{file.Name} {file.MediaType}").ToList();
        if (body.Files.Length == 50)
            return "…50";
        if (body.Original is { IsHtml: true })
            names.Add("original.html");
        return string.Join(", ", names);
    }

    private static string Short(string text)
    {
        var shown = text.Length > 300 ? text[..60] : text;
        shown = shown.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);
        return text.Length > 300 ? $"{shown}…{text.Length}" : shown;
    }
}
