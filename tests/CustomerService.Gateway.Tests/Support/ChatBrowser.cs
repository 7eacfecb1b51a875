using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace CustomerService.Gateway.Tests.Support;

/// <summary>
/// Devices in a real browser on which customers open pages; what their consoles complain about is kept. All devices of a process share one browser, as its
/// profiles do: starting one takes longer than most of what is done in it.
/// </summary>
internal sealed class ChatBrowser : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    /// <summary>Milliseconds; it bounds a hang and judges nothing.</summary>
    private const float Patience = 45_000;

    private static readonly Lock Starting = new();
    private static Task<IBrowser>? _shared;

    private readonly IBrowser _browser;
    private readonly ConcurrentBag<IBrowserContext> _devices = [];

    private ChatBrowser(IBrowser browser) => _browser = browser;

    /// <summary>Errors on consoles and uncaught exceptions of all pages.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<ChatBrowser> StartAsync()
    {
        Task<IBrowser> shared;
        lock (Starting)
            shared = _shared ??= LaunchAsync();
        return new ChatBrowser(await shared);
    }

    /// <summary>A device of its own: its storage is empty.</summary>
    /// <param name="script">Runs in each page before the page's own.</param>
    public async Task<IPage> OpenAsync(Uri address, int width = 1000, int height = 800, bool dark = false, string locale = "en-GB", string? script = null)
    {
        var device = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = locale,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        _devices.Add(device);
        device.SetDefaultTimeout(Patience);
        if (script is not null)
            await device.AddInitScriptAsync(script);
        var page = await device.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Dialog += (_, dialog) =>
        {
            Complaints.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        await page.GotoAsync(address.ToString());
        return page;
    }

    public static async Task SayAsync(IPage page, string text)
    {
        await page.Locator("#text").FillAsync(text);
        await page.Locator("#text").PressAsync("Enter");
    }

    public static ILocator Bubbles(IPage page) => page.Locator(".bubble");

    /// <summary>Keeps a picture where CUSTOMERSERVICE_PICTURES names a folder, to look at.</summary>
    public static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CUSTOMERSERVICE_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png") });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var device in _devices)
            await device.CloseAsync();
    }

    private static async Task<IBrowser> LaunchAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => playwright.Dispose();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Requires.Chromium, Args = Arguments });
    }
}
