using CustomerService.Silo.CommandLine;
using Microsoft.Playwright;

namespace CustomerService.Bench.Pages;

/// <summary>An agent's real browser before a long list.</summary>
internal sealed class ListWatch : IAsyncDisposable
{
    /// <summary>A place is reached when rows fill the list there, and have been painted.</summary>
    private const string Watch = """
        window.list = {
          box: () => document.querySelector(".rows"),
          seen() {
            const box = this.box()?.getBoundingClientRect();
            return !box ? [] : [...document.querySelectorAll(".rows .conversation-link")].filter(row => {
              const at = row.getBoundingClientRect();
              return at.top < box.bottom && at.bottom > box.top;
            });
          },
          isFull() { return this.box() && this.seen().length * 84 >= this.box().clientHeight - 84; },
          painted: () => new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen))),
          async full() {
            while (!this.isFull()) await new Promise(next => requestAnimationFrame(next));
            await this.painted();
          },
          async go(share) {
            await this.painted();
            const box = this.box(), from = performance.now();
            box.scrollTop = share * (box.scrollHeight - box.clientHeight);
            await this.full();
            return performance.now() - from;
          },
          begin() {
            this.moved = 0;
            let top = this.seen()[0]?.getAttribute("href");
            this.timer = setInterval(() => {
              const now = this.seen()[0]?.getAttribute("href");
              if (now !== top) { this.moved++; top = now; }
            }, 50);
          },
          end() { clearInterval(this.timer); return this.moved; },
        };
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;

    private ListWatch(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, _page) = (playwright, browser, page);

    /// <param name="chromium">Where the browser is.</param>
    public static async Task<ListWatch> StartAsync(string chromium, Uri address, string cookie)
    {
        if (!File.Exists(chromium))
            throw new CommandFailedException($"{chromium}: there is no such browser; install Debian's chromium, or name one with --chromium.", SiloCommandLine.WrongUse);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        var context = await browser.NewContextAsync();
        var parts = cookie.Split('=', 2);
        await context.AddCookiesAsync([new Cookie { Name = parts[0], Value = parts[1], Url = address.ToString() }]);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        await page.AddInitScriptAsync(Watch);
        return new ListWatch(playwright, browser, page);
    }

    /// <returns>Milliseconds from the click until rows filled the list.</returns>
    public async Task<double> OpenAsync(Uri page, int conversations)
    {
        await _page.GotoAsync(page.ToString());
        await _page.EvaluateAsync("() => window.list.full()");
        var took = await _page.EvaluateAsync<double>("() => performance.now()");
        await _page.WaitForFunctionAsync("count => document.querySelector('.views [aria-current] .number')?.textContent === count", conversations.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return took;
    }

    /// <param name="share">0: the list's beginning; 1: its end.</param>
    /// <returns>Milliseconds until rows filled it there.</returns>
    public Task<double> GoAsync(double share) => _page.EvaluateAsync<double>("share => window.list.go(share)", share);

    public Task BeginWatchAsync() => _page.EvaluateAsync("() => window.list.begin()");

    /// <returns>How often another row was on top.</returns>
    /// <exception cref="CommandFailedException">The list was not told of anything new.</exception>
    public async Task<int> EndWatchAsync() => await _page.Locator(".list-news").CountAsync() == 1
        ? await _page.EvaluateAsync<int>("() => window.list.end()")
        : throw new CommandFailedException("VOID: customers wrote, and the list was not told of it.");

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
