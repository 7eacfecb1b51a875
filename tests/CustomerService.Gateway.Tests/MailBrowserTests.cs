using System.Text;
using CustomerService.Channels.Email.Reading;
using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.Gateway.Tests;

/// <summary>What is made of hostile mails, shown in a real browser by a page that does nothing to protect itself: no policy, no sandbox, straight into its own markup.</summary>
public sealed class MailBrowserTests : IAsyncLifetime
{
    /// <summary>Whatever a script would do first, in any frame, is told on the console.</summary>
    private const string Detector = "for (const name of ['alert', 'confirm', 'prompt', 'msgbox']) window[name] = () => { console.error('a script ran'); };";

    private const string AllInnerHtml = """
        (htmls) => { for (const html of htmls) { const box = document.createElement("div"); document.body.append(box); box.innerHTML = html; } }
        """;

    private const string AllDocuments = """
        (htmls) => Promise.all(htmls.map((html) => new Promise((shown) => { const frame = document.createElement("iframe"); frame.onload = shown; frame.srcdoc = html; document.body.append(frame); })))
        """;

    private const string AllEvents = """
        () => {
          const pages = [document, ...[...document.querySelectorAll("iframe")].map((frame) => frame.contentDocument)];
          for (const page of pages)
            for (const each of page.querySelectorAll("*"))
              for (const kind of ["mouseover", "focus", "load", "error", "toggle", "animationstart", "beforeinput", "wheel"]) each.dispatchEvent(new Event(kind, { bubbles: true }));
        }
        """;

    private static readonly string[] Payloads = [.. File.ReadLines(Of("xss-payloads.txt")), .. File.ReadLines(Of("xss-mail-payloads.txt"))];
    private readonly List<string> _requests = [];
    private ChatBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        if (Requires.Chromium is null)
            return;
        _browser = await ChatBrowser.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_browser is null)
            return;
        await _browser.DisposeAsync();
    }

    [RequiresFact("chromium")]
    public async Task No_mail_runs_a_script_or_loads_anything_where_it_is_shown()
    {
        Assert.True(Payloads.Length >= 200, $"only {Payloads.Length} payloads");
        var mails = Payloads.SelectMany(payload => new[] { payload, $"<table><tr><td>{payload}</td></tr></table>", $"<a href=\"https://ok.example\" title=\"{payload}\">x</a>" }).Select(Read).ToArray();
        var htmls = mails.Select(mail => mail.Body.Original!.Text).ToArray();
        var page = await PageAsync();

        await page.EvaluateAsync(AllInnerHtml, htmls);
        await page.EvaluateAsync(AllDocuments, htmls);
        await page.EvaluateAsync(AllEvents);

        // What stands over a mail is text: shown as such, it stays so; and a file's name is no markup at all.
        var texts = mails.SelectMany(mail => new[] { mail.Head.Subject, mail.Head.Name }).ToArray();
        Assert.Equal(texts, await page.EvaluateAsync<string[]>("(texts) => texts.map((text) => { const box = document.createElement('p'); document.body.append(box); box.textContent = box.title = text; return box.textContent; })", texts));
        await page.EvaluateAsync(AllInnerHtml, mails.Select(mail => mail.Body.Files.Single().Name).ToArray());
        await page.EvaluateAsync(AllEvents);

        Assert.Equal("", await page.EvaluateAsync<string>("""
            () => [document, ...[...document.querySelectorAll("iframe")].map((frame) => frame.contentDocument)].flatMap((page) => [...page.querySelectorAll("a[href]")])
              .filter((link) => !["http:", "https:", "mailto:", "tel:"].includes(link.protocol) || link.target !== "_blank" || !link.rel.includes("noopener")).map((link) => link.outerHTML).join()
            """));
        // The browser says that a policy counts at a page's head only; that is no fault of a mail's.
        Assert.All(_browser.Complaints, told => Assert.StartsWith("The Content Security Policy 'default-src 'none'' was delivered via a <meta> element outside", told, StringComparison.Ordinal));
        Assert.Empty(_requests);
    }

    [RequiresFact("chromium")]
    public async Task Mail_that_nobody_made_harmless_is_noticed_by_this_page()
    {
        var page = await PageAsync();

        await page.EvaluateAsync(AllInnerHtml, new[] { "<img src=x:y onerror=alert(1)>", "<p onmouseover=alert(1)>x</p>" });
        await page.EvaluateAsync(AllEvents);
        await page.EvaluateAsync(AllDocuments, new[] { "<script>alert(1)</script>", "<img src=\"https://evil.example/pixel.gif\">" });
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('iframe')].every((frame) => [...frame.contentDocument.images].every((image) => image.complete))");

        Assert.True(_browser.Complaints.Count(told => told == "a script ran") >= 3, string.Join('\n', _browser.Complaints));
        Assert.Contains("https://evil.example/pixel.gif", _requests);
    }

    private async Task<IPage> PageAsync()
    {
        var page = await _browser.OpenAsync(new Uri("about:blank"), script: Detector);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("about:", StringComparison.Ordinal))
                _requests.Add(request.Url);
        };
        return page;
    }

    /// <summary>A mail whose text, subject, sender and file all have it.</summary>
    private static IncomingMail.Letter Read(string payload)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(payload));
        var mail = $"From: =?utf-8?B?{encoded}?= <ada@customer.example>\r\nSubject: =?utf-8?B?{encoded}?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + $"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n"
            + $"--b\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=\"=?utf-8?B?{encoded}?=\"\r\n\r\nx\r\n--b--\r\n";
        return Assert.IsType<IncomingMail.Letter>(new MailReader("support@shop.example", []).Read(Encoding.ASCII.GetBytes(mail)));
    }

    private static string Of(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
