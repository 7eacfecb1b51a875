using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using Microsoft.Playwright;

namespace CustomerService.Gateway.Tests;

/// <summary>The chat page as a person uses it, in a real browser.</summary>
public sealed class ChatPageBrowserTests : IAsyncLifetime
{
    private readonly GrainWorld _world = new() { Script = context => Task.FromResult(Outcomes.Answer($"You said: {context.Message.Content}", "Track my order", "Talk to a person")) };
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

    [RequiresFact("chromium")]
    public async Task A_message_is_typed_accepted_and_answered_and_stays_after_a_reload()
    {
        var page = await OpenAsync();

        await ChatBrowser.SayAsync(page, "Where is my <b>order</b>?");
        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveTextAsync(["Where is my <b>order</b>?", "You said: Where is my <b>order</b>?"]);
        await Assertions.Expect(page.Locator(".customer .meta")).ToContainTextAsync("✓ Sent");
        await page.ReloadAsync();

        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveTextAsync(["Where is my <b>order</b>?", "You said: Where is my <b>order</b>?"]);
        Assert.Equal(0, await page.Locator(".bubble b").CountAsync());
        await ChatBrowser.PictureAsync(page, "chat-answered");
        Assert.Empty(_browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task Whether_an_answer_helped_is_said_by_a_button()
    {
        _world.Script = _ => Task.FromResult(Outcomes.Answer("Within 30 days.") with { Answer = new("Within 30 days.", [], ["article:return-policy@1"]) });
        var page = await OpenAsync();
        await ChatBrowser.SayAsync(page, "Can I send it back?");

        await page.GetByLabel("This did not help").ClickAsync();

        await Assertions.Expect(page.GetByLabel("This did not help")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(page.GetByLabel("This helped")).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.Equal("article:return-policy@1", Assert.Single(_world.Feedback).Sources);
        await ChatBrowser.PictureAsync(page, "chat-verdict");
        Assert.Empty(_browser.Complaints);
    }

    [RequiresTheory("chromium")]
    [InlineData("es-MX", "Conectado", "✓ Enviado", "Asistente")]
    [InlineData("fr-FR", "Connecté", "✓ Envoyé", "Assistant")]
    [InlineData("de-CH", "Verbunden", "✓ Gesendet", "Assistent")]
    [InlineData("ja-JP", "接続済み", "✓ 送信済み", "アシスタント")]
    [InlineData("pt-BR", "Connected", "✓ Sent", "Assistant")]
    public async Task The_page_speaks_its_readers_language(string locale, string connected, string sent, string assistant)
    {
        var page = await OpenAsync(locale: locale, connected: connected);

        await ChatBrowser.SayAsync(page, "12345");
        await Assertions.Expect(page.Locator(".customer .meta")).ToContainTextAsync(sent);
        await Assertions.Expect(page.Locator(".assistant .who")).ToHaveTextAsync(assistant);
        Assert.Equal(locale[..2] == "pt" ? "en" : locale[..2], await page.Locator("html").GetAttributeAsync("lang"));
        Assert.DoesNotContain("undefined", await page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        await ChatBrowser.PictureAsync(page, "chat-speaks-" + locale[..2]);
        Assert.Empty(_browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task A_suggested_action_is_a_button_that_says_it()
    {
        var page = await OpenAsync();
        await ChatBrowser.SayAsync(page, "Hello");

        await page.GetByRole(AriaRole.Button, new() { Name = "Track my order" }).ClickAsync();

        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveTextAsync(["Hello", "You said: Hello", "Track my order", "You said: Track my order"]);
        Assert.Empty(_browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task A_message_written_while_the_server_is_away_is_sent_when_it_is_back()
    {
        var page = await OpenAsync();
        await ChatBrowser.SayAsync(page, "Before");
        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveCountAsync(2);

        await _gateway.DisposeAsync();
        await Assertions.Expect(page.Locator("#connection")).Not.ToHaveTextAsync("Connected");
        await ChatBrowser.SayAsync(page, "Meanwhile");
        await Assertions.Expect(page.Locator(".pending .meta")).ToContainTextAsync("Sending…");
        await ChatBrowser.PictureAsync(page, "chat-away");
        _gateway = await RunningGateway.StartAsync(_world, port: _gateway.Address.Port);

        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveTextAsync(
            ["Before", "You said: Before", "Meanwhile", "You said: Meanwhile"], new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator(".pending")).ToHaveCountAsync(0);
    }

    [RequiresFact("chromium")]
    public async Task Waiting_for_a_person_shows_the_place_in_the_line_and_then_who_it_is()
    {
        _world.Script = _ => Task.FromResult(Outcomes.Handoff());
        var page = await OpenAsync();
        await ChatBrowser.SayAsync(page, "A person please");

        await Assertions.Expect(page.Locator("#banner")).ToContainTextAsync("You are next.");
        await _gateway.SendAsync(HttpMethod.Put, "/api/agents/ada", RunningGateway.AgentToken, new { name = "Ada", queues = new[] { "general" }, capacity = 1 });
        var desk = await _gateway.SendAsync(HttpMethod.Post, "/api/agents/ada/presence", RunningGateway.AgentToken, new { presence = "available" });
        var offer = desk.Json["offers"]![0]!;
        await _gateway.SendAsync(HttpMethod.Post, $"/api/agents/ada/offers/{offer["offerId"]}/accept", RunningGateway.AgentToken);
        await _gateway.SendAsync(HttpMethod.Post, $"/api/conversations/{offer["conversationId"]}/replies", RunningGateway.AgentToken, new { agentId = "ada", text = "Hello, Ada here." });

        await Assertions.Expect(page.Locator("#banner")).ToContainTextAsync("You are talking with Ada.");
        await Assertions.Expect(page.Locator(".agent .bubble")).ToHaveTextAsync("Hello, Ada here.");
        await _gateway.SendAsync(HttpMethod.Post, $"/api/conversations/{offer["conversationId"]}/typing", RunningGateway.AgentToken);
        await Assertions.Expect(page.Locator("#workingText")).ToHaveTextAsync("Ada is writing…");
        await ChatBrowser.PictureAsync(page, "chat-person");
        Assert.Empty(_browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task While_the_queue_is_closed_the_page_says_when_it_opens_and_takes_a_call_back()
    {
        _world.Script = _ => Task.FromResult(Outcomes.Handoff());
        var opens = TimeProvider.System.GetUtcNow().AddDays(3);
        await _world.AskAsync(Grains.Grain.Queue("general"), new ConfigureQueue(QueuePolicy.Default with
        {
            WhenClosed = QueuePolicy.OfferCallback,
            Terms = new QueueTerms { Version = "1", Calendar = new BusinessCalendar { Name = "hardly", TimeZone = "UTC", Week = [new OpenSpan(opens.DayOfWeek, 600, 601)] } },
        }));
        var page = await OpenAsync(width: 420);
        await ChatBrowser.SayAsync(page, "A person please");

        await Assertions.Expect(page.Locator("#standing")).ToContainTextAsync("We are closed just now and open again on");
        await ChatBrowser.PictureAsync(page, "chat-closed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Call me back" }).ClickAsync();
        await page.GetByLabel("Your telephone number").FillAsync("+44 20 7946 0000");
        await ChatBrowser.PictureAsync(page, "chat-call");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for a call" }).ClickAsync();

        await Assertions.Expect(page.Locator("#standing")).ToContainTextAsync("We will call you at +44 20 7946 0000 when we open again");
        await Assertions.Expect(page.Locator("#callForm")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#callMe")).ToBeHiddenAsync();
        await ChatBrowser.PictureAsync(page, "chat-called");
        Assert.Empty(_browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task Place_in_the_line_moves_up_by_itself()
    {
        _world.Script = _ => Task.FromResult(Outcomes.Handoff());
        await _gateway.SayAsync(null, "Me first", "c-first");
        await _gateway.ReadAsync(RunningGateway.AgentToken, "c-first", "?after=1&wait=10");
        var page = await OpenAsync();
        await ChatBrowser.SayAsync(page, "A person please");

        await Assertions.Expect(page.Locator("#standing")).ToContainTextAsync("You are number 2 in line.");
        await _gateway.SendAsync(HttpMethod.Post, "/api/conversations/c-first/resolve", RunningGateway.AgentToken, new { agentId = "ada" });

        await Assertions.Expect(page.Locator("#standing")).ToContainTextAsync("You are next.");
        Assert.Empty(_browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task Work_in_progress_shows_and_the_longest_message_goes_through()
    {
        var finish = new TaskCompletionSource();
        _world.Script = async context =>
        {
            await finish.Task;
            return Outcomes.Answer($"{context.Message.Content.Length} characters");
        };
        var page = await OpenAsync(dark: true);
        await page.Locator("#text").FillAsync(new string('x', 100_000));
        await page.Locator("#send").ClickAsync();

        await Assertions.Expect(page.Locator("#workingText")).ToBeVisibleAsync();
        await ChatBrowser.PictureAsync(page, "chat-working");
        finish.SetResult();

        await Assertions.Expect(page.Locator(".assistant .bubble")).ToHaveTextAsync("100000 characters");
        await Assertions.Expect(page.Locator("#working")).ToBeHiddenAsync();
        Assert.Empty(_browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task A_new_conversation_starts_empty_and_a_token_that_expired_is_replaced()
    {
        var page = await OpenAsync();
        await ChatBrowser.SayAsync(page, "Hello");
        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "New conversation" }).ClickAsync();
        await Assertions.Expect(page.Locator("#welcome")).ToBeVisibleAsync();
        await page.EvaluateAsync("localStorage.setItem('customerservice.chat', JSON.stringify({ token: 'stale', conversation: 'c-old', outbox: [] }))");
        await page.ReloadAsync();

        await ChatBrowser.SayAsync(page, "Again");

        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveTextAsync(["Again", "You said: Again"]);
    }

    [RequiresFact("chromium")]
    public async Task Every_control_has_a_name_and_the_page_fits_a_telephone()
    {
        var page = await OpenAsync(width: 360, height: 640);
        await ChatBrowser.SayAsync(page, "A rather long message that must wrap on a small screen, with oneveryveryverylongwordthatcannotbebrokenanywhereatallbecauseithasnospaces");
        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveCountAsync(2);

        Assert.True(await page.GetByRole(AriaRole.Textbox, new() { Name = "Your message" }).IsVisibleAsync());
        Assert.True(await page.GetByRole(AriaRole.Button, new() { Name = "Send message" }).IsVisibleAsync());
        Assert.Equal("polite", await page.GetByRole(AriaRole.Log, new() { Name = "Conversation" }).GetAttributeAsync("aria-live"));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        await ChatBrowser.PictureAsync(page, "chat-telephone");
    }

    private async Task<IPage> OpenAsync(int width = 900, int height = 800, bool dark = false, string locale = "en-GB", string connected = "Connected")
    {
        var page = await _browser.OpenAsync(_gateway.Address, width, height, dark, locale);
        await Assertions.Expect(page.Locator("#connection")).ToHaveTextAsync(connected);
        return page;
    }
}
