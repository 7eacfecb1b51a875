using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CustomerService.Channels.Email.Reading;

namespace CustomerService.Channels.Tests.Email;

public sealed class SafeHtmlTests
{
    private static readonly string[] Uris = ["href", "src", "srcset", "action", "formaction", "data", "poster", "background", "cite", "ping", "xlink:href", "code", "archive"];

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
            SafeHtml.Clean(html));
    }

    private static void AssertHarmless(string html)
    {
        var page = new HtmlParser(new HtmlParserOptions { IsScripting = true }).ParseDocument(html);
        Assert.All(page.All, AssertHarmless);
        // Read by another browser's rules, or once more after writing, it is still the same.
        Assert.All(new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(page.DocumentElement.OuterHtml).All, AssertHarmless);
    }

    private static void AssertHarmless(IElement element)
    {
        Assert.DoesNotContain(element.LocalName, new[] { "script", "style", "link", "base", "iframe", "frame", "object", "embed", "applet", "svg", "math", "img", "image", "video", "audio", "source", "form", "input", "button", "template", "portal" });
        if (element.LocalName == "meta")
            Assert.Contains(element.OuterHtml, new[] { "<meta charset=\"utf-8\">", "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">" });
        foreach (var attribute in element.Attributes)
        {
            Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), $"{attribute.Name} in {element.OuterHtml}");
            Assert.False(attribute.Name is "style" or "id" or "name" or "class" or "srcdoc", $"{attribute.Name} in {element.OuterHtml}");
            if (Uris.Contains(attribute.Name))
                Assert.True(attribute.Name == "href" && new[] { "http://", "https://", "mailto:", "tel:" }.Any(scheme => attribute.Value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)), element.OuterHtml);
        }
    }
}
