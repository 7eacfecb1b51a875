using System.Text.Json;
using CustomerService.Silo.CommandLine;
using Microsoft.Playwright;

namespace CustomerService.Bench.Pages;

/// <summary>One user's real browser: when each text was on the screen, and how long the page took to be of use.</summary>
internal sealed class PixelWatch : IAsyncDisposable
{
    /// <summary>A text is seen in the frame after the one in which it was put there: only then has it been painted.</summary>
    private const string Watch = """
        window.seenAt = {};
        window.usefulAt = 0;
        new MutationObserver(() => {
          for (const said of document.querySelectorAll(".transcript .said")) {
            const found = /update (\d{6})\./.exec(said.textContent);
            if (found && !(found[1] in seenAt)) {
              seenAt[found[1]] = 0;
              requestAnimationFrame(() => requestAnimationFrame(() => { seenAt[found[1]] = performance.timeOrigin + performance.now(); }));
            }
          }
          if (!usefulAt && document.querySelector(".transcript .said")) {
            usefulAt = -1;
            requestAnimationFrame(() => requestAnimationFrame(() => { usefulAt = performance.now(); }));
          }
        }).observe(document, { childList: true, subtree: true, characterData: true });
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;

    private PixelWatch(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, _page) = (playwright, browser, page);

    /// <param name="chromium">Where the browser is.</param>
    public static async Task<PixelWatch> StartAsync(string chromium, Uri address, string cookie)
    {
        if (!File.Exists(chromium))
            throw new CommandFailedException($"{chromium}: there is no such browser; install Debian's chromium, or name one with --chromium.", SiloCommandLine.WrongUse);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        var context = await browser.NewContextAsync();
        var parts = cookie.Split('=', 2);
        await context.AddCookiesAsync([new Cookie { Name = parts[0], Value = parts[1], Url = address.ToString() }]);
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(Watch);
        return new PixelWatch(playwright, browser, page);
    }

    /// <returns>Milliseconds from the click until the conversation could be read.</returns>
    public async Task<double> LoadAsync(Uri page)
    {
        await _page.GotoAsync(page.ToString());
        await _page.WaitForFunctionAsync("() => window.usefulAt > 0");
        return await _page.EvaluateAsync<double>("() => window.usefulAt");
    }

    /// <returns>For each text when it was painted, in milliseconds of Unix time.</returns>
    public async Task<Dictionary<int, double>> SeenAsync() =>
        JsonSerializer.Deserialize<Dictionary<int, double>>(await _page.EvaluateAsync<string>("() => JSON.stringify(window.seenAt)"))!
            .Where(each => each.Value > 0).ToDictionary(each => each.Key, each => each.Value);

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
