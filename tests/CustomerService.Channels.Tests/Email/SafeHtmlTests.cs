using CustomerService.Channels.Email.Reading;

namespace CustomerService.Channels.Tests.Email;

public sealed class SafeHtmlTests
{
    public static TheoryData<string> Payloads => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Email", "Xss", "payloads.txt"))];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void HostileHtml_BecomesHarmless(string payload)
    {
        AssertHarmless(SafeHtml.Of([(payload, true)])!);
        AssertHarmless(SafeHtml.Of([($"<table><tr><td>{payload}</td></tr></table><p>after</p>", true)])!);
        AssertHarmless(SafeHtml.Of([($"<a href=\"https://ok.example\" title=\"{payload}\">x</a>", true)])!);
        AssertHarmless(SafeHtml.Of([(payload, false)])!);
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public void HostileNamesAndSubjects_StayTextAndOneLine(string payload)
    {
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(payload));
        var mail = $"From: =?utf-8?B?{encoded}?= <ada@customer.example>\r\nSubject: =?utf-8?B?{encoded}?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + $"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n"
            + $"--b\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=\"=?utf-8?B?{encoded}?=\"\r\n\r\nx\r\n--b--\r\n";

        var letter = Assert.IsType<IncomingMail.Letter>(MailCorpus.Reader.Read(System.Text.Encoding.ASCII.GetBytes(mail)));

        Assert.DoesNotContain('\n', letter.Head.Subject);
        Assert.DoesNotContain('\n', letter.Head.Name);
        Assert.DoesNotContain(letter.Body.Files.Single().Name, name => "<>\"/\\".Contains(name, StringComparison.Ordinal));
        AssertHarmless(letter.Body.Original!.Text);
    }

    [Fact]
    public void HarmlessHtml_StaysWhatItIs()
    {
        const string html = "<h2>Order</h2><p>See <a href=\"https://shop.example/o?id=1\">it</a>, <b>now</b></p><table><tbody><tr><td colspan=\"2\">5 €</td></tr></tbody></table>";

        Assert.Equal(
            html.Replace("id=1\"", "id=1\" rel=\"noopener noreferrer nofollow\" target=\"_blank\"", StringComparison.Ordinal),
            TidyHtml.Of(html));
    }

    [Theory]
    [InlineData("<p>a<p>b", "<p>a</p><p>b</p>")]
    [InlineData("<ul><li>a<li>b<ul><li>c</ul></ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>")]
    [InlineData("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>")]
    [InlineData("<table><tr><td>a<td>b<tr><td>c</table>d", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>d")]
    [InlineData("<div><table><td>a</div>b</table>c</div>", "<div><table><td>ab</td></table>c</div>")]
    [InlineData("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b>c")]
    [InlineData("a</p></div>b<br>c", "ab<br>c")]
    [InlineData("<head><title>x</title><body>a", "a")]
    public void LooseHtml_IsNestedAsItIsMeant(string loose, string tidy) => Assert.Equal(tidy, TidyHtml.Of(loose));

    [Theory]
    [InlineData("<p><b title={0}>", 3_000, "copied formatting")]
    [InlineData("<div></x>", 100_000, "deeper than it looks")]
    [InlineData("<svg><style><g>", 100_000, "read differently by two parsers")]
    [InlineData("<table><b title={0}><td></b>", 3_000, "formatting that a cell keeps open")]
    [InlineData("a<br>", 200_000, "a long list")]
    [InlineData("</i>", 400_000, "nothing but ends")]
    public void HtmlMadeToCost_StaysNoMoreThanItLooks(string piece, int times, string why)
    {
        var html = string.Concat(Enumerable.Range(0, times).Select(number => piece.Replace("{0}", $"{number}", StringComparison.Ordinal)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var page = SafeHtml.Of([(html, true)]);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 400L * html.Length, $"{why}: {(GC.GetAllocatedBytesForCurrentThread() - before) / html.Length} bytes for each character");
        Assert.True(page is null || page.Length < 3 * html.Length, why);
    }

    private static void AssertHarmless(string html) => Assert.Null(Harmless.Fault(html));
}
