using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.Gateway.Tests;

/// <summary>The chat over bad lines, in a real browser: nothing is lost, nothing comes twice.</summary>
public sealed class ChatLineBrowserTests : IAsyncLifetime
{
    /// <summary>As behind a proxy that lets no sockets through.</summary>
    private const string NoSockets = """
        window.WebSocket = class { static OPEN = 1; readyState = 3; constructor() { setTimeout(() => this.onclose?.({})); } close() {} };
        """;

    private readonly GrainWorld _world = new();
    private RunningGateway _gateway = null!;
    private ChatBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        if (Requires.Chromium is null)
            return;
        _gateway = await RunningGateway.StartAsync(_world);
        _browser = await ChatBrowser.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_browser is null)
            return;
        await _browser.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [RequiresTheory("chromium")]
    [InlineData(null)]
    [InlineData(NoSockets)]
    public async Task What_was_said_around_a_cut_is_there_once_on_both_sides(string? script)
    {
        await using var line = new BreakableLine(_gateway.Address);
        var page = await _browser.OpenAsync(line.Address, script: script);
        await Assertions.Expect(page.Locator("#connection")).ToHaveTextAsync("Connected");
        var said = new List<string>();

        for (var round = 1; round <= 3; round++)
        {
            await SayAsync($"Sent and cut {round}");
            line.Cut(); // perhaps accepted, and nobody heard of it
            await SayAsync($"Written meanwhile {round}");
            await Assertions.Expect(page.Locator("#connection")).Not.ToHaveTextAsync("Connected");
            line.Heal();
            await Assertions.Expect(page.Locator(".pending")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
            await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveCountAsync(2 * said.Count, new() { Timeout = 60_000 });
        }

        var shown = await ChatBrowser.Bubbles(page).AllTextContentsAsync();
        Assert.Equal(said.Concat(said.Select(text => $"You said: {text}")).Order(), shown.Order());
        await page.ReloadAsync();
        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveTextAsync(await OrderOnServerAsync(page), new() { Timeout = 60_000 });

        async Task SayAsync(string text)
        {
            said.Add(text);
            await ChatBrowser.SayAsync(page, text);
        }
    }

    [RequiresTheory("chromium")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_first_message_written_around_a_cut_is_not_lost(bool writtenFirst)
    {
        await using var line = new BreakableLine(_gateway.Address);
        var page = await _browser.OpenAsync(line.Address);
        await Assertions.Expect(page.Locator("#connection")).ToHaveTextAsync("Connected");
        var (tried, failed) = (new TaskCompletionSource(), new TaskCompletionSource());
        page.WebSocket += (_, _) => tried.TrySetResult();
        page.RequestFailed += (_, _) => failed.TrySetResult();

        line.Cut();
        if (writtenFirst)
            await ChatBrowser.SayAsync(page, "Is anybody there?");
        await Task.WhenAll(tried.Task, failed.Task).WaitAsync(TimeSpan.FromSeconds(60)); // The page has tried to come back, and asked why it can't.
        if (!writtenFirst)
            await ChatBrowser.SayAsync(page, "Is anybody there?");
        line.Heal();

        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveTextAsync(["Is anybody there?", "You said: Is anybody there?"], new() { Timeout = 60_000 });
    }

    [RequiresFact("chromium")]
    public async Task Without_sockets_requests_that_wait_do_the_same()
    {
        _world.Script = _ => Task.FromResult(Outcomes.Handoff());
        var page = await _browser.OpenAsync(_gateway.Address, script: NoSockets);
        await Assertions.Expect(page.Locator("#connection")).ToHaveTextAsync("Connected");
        await ChatBrowser.SayAsync(page, "A person please");

        await Assertions.Expect(page.Locator("#banner")).ToContainTextAsync("You are next.");
        await Assertions.Expect(page.Locator(".customer .meta")).ToContainTextAsync("✓ Sent");
        var saved = await page.EvaluateAsync<string[]>("(() => { const saved = JSON.parse(localStorage.getItem('customerservice.chat')); return [saved.token, saved.conversation]; })()");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await _gateway.ReadAsync(saved[0], saved[1])).Json["standing"]!["readUpTo"]!.GetValue<int>() < 2)
            Assert.False(patience.IsCancellationRequested, "The answer should count as read.");
        Assert.Empty(_browser.Complaints);
    }

    private async Task<IEnumerable<string>> OrderOnServerAsync(IPage page)
    {
        var saved = await page.EvaluateAsync<string[]>("(() => { const saved = JSON.parse(localStorage.getItem('customerservice.chat')); return [saved.token, saved.conversation]; })()");
        return (await _gateway.ReadAsync(saved[0], saved[1])).Json["messages"]!.AsArray().Select(message => message!["text"]!.GetValue<string>());
    }
}
