using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.Gateway.Tests;

/// <summary>The chat on somebody else's site, as its customers use it, in a real browser.</summary>
public sealed class WidgetBrowserTests : IAsyncLifetime
{
    private ShopSite _shop = null!;
    private GrainWorld _world = null!;
    private RunningGateway _gateway = null!;
    private ChatBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        if (Requires.Chromium is null)
            return;
        _shop = await ShopSite.StartAsync();
        _world = new GrainWorld { Channels = $"chat: {{ allowed_origins: [\"{_shop.Origin}\"], identity_key_env: KEY_NEW }}" };
        _gateway = await RunningGateway.StartAsync(_world, RunningGateway.Options with { UploadLimit = new RateLimit(1_000, 100), VisitorLimit = new RateLimit(5_000, 1_000) });
        _shop.Chat = _gateway.Address;
        _browser = await ChatBrowser.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_browser is null)
            return;
        await _browser.DisposeAsync();
        await _gateway.DisposeAsync();
        await _shop.DisposeAsync();
    }

    [RequiresTheory("chromium")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_tag_brings_a_button_that_opens_the_chat(bool dark)
    {
        _world.Script = context => Task.FromResult(Outcomes.Answer($"You said: {context.Message.Content}", "Track my order", "Talk to a person"));
        var page = await _browser.OpenAsync(_shop.Address, dark: dark);
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Open chat" });
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-expanded", "false");
        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Customer service" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Your message" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Where is my order?");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveTextAsync(["Where is my order?", "You said: Where is my order?"]);
        await ChatBrowser.PictureAsync(page, dark ? "widget-dark" : "widget-light");
        Assert.NotEqual("6px", await page.Locator("#send").EvaluateAsync<string>("each => getComputedStyle(each).borderTopWidth"));

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#panel")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Open chat" })).ToBeFocusedAsync();
        await page.ReloadAsync();
        await page.Locator("#launcher").ClickAsync();
        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveCountAsync(2);
        Assert.Empty(_browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task Two_customers_at_once_see_their_own_alone()
    {
        var (rosa, ben) = (await OpenedAsync(), await OpenedAsync());

        await Task.WhenAll(ChatBrowser.SayAsync(rosa, "I am Rosa"), ChatBrowser.SayAsync(ben, "I am Ben"));

        await Assertions.Expect(ChatBrowser.Bubbles(rosa)).ToHaveTextAsync(["I am Rosa", "You said: I am Rosa"]);
        await Assertions.Expect(ChatBrowser.Bubbles(ben)).ToHaveTextAsync(["I am Ben", "You said: I am Ben"]);
        Assert.Empty(_browser.Complaints);
    }

    [RequiresTheory("chromium")]
    [InlineData("en", "Open chat", "Attach a file")]
    [InlineData("es", "Abrir el chat", "Adjuntar un archivo")]
    [InlineData("fr", "Ouvrir la discussion", "Joindre un fichier")]
    [InlineData("de", "Chat öffnen", "Datei anhängen")]
    [InlineData("ja", "チャットを開く", "ファイルを添付")]
    public async Task Its_language_is_the_settings_whatever_the_browsers_is(string language, string open, string attach)
    {
        _world.Script = _ => Task.FromResult(Outcomes.Handoff());
        _shop.Settings = $"data-language=\"{language}\"";
        var page = await _browser.OpenAsync(_shop.Address, locale: "pt-BR", width: 420);

        await page.GetByRole(AriaRole.Button, new() { Name = open }).ClickAsync();
        await ChatBrowser.SayAsync(page, "12345");

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = attach })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#banner")).ToBeVisibleAsync();
        Assert.DoesNotContain("undefined", await page.Locator("#panel").InnerTextAsync(), StringComparison.Ordinal);
        await ChatBrowser.PictureAsync(page, "widget-" + language);
        Assert.Empty(_browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task A_picture_goes_up_and_shows_and_an_agents_file_is_saved_under_its_name()
    {
        _world.Script = _ => Task.FromResult(Outcomes.Handoff());
        var page = await OpenedAsync();
        var picture = await page.ScreenshotAsync();

        await page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = "broken cup.png", MimeType = "image/png", Buffer = picture });
        await Assertions.Expect(page.Locator(".chip")).ToContainTextAsync("broken cup.png · ");
        await Assertions.Expect(page.Locator("#send")).ToBeEnabledAsync();
        await page.Locator("#send").ClickAsync();
        await Assertions.Expect(page.GetByAltText("broken cup.png")).ToBeVisibleAsync();
        Assert.True(await page.GetByAltText("broken cup.png").EvaluateAsync<int>("each => each.naturalWidth") > 100);
        await ReplyAsync("label.pdf", "%PDF-1.7 a label");

        var save = page.GetByRole(AriaRole.Button, new() { Name = "Save label.pdf" });
        var saved = await page.RunAndWaitForDownloadAsync(() => save.ClickAsync());
        Assert.Equal("label.pdf", saved.SuggestedFilename);
        Assert.Equal("%PDF-1.7 a label", await File.ReadAllTextAsync(await saved.PathAsync()));
        await ChatBrowser.PictureAsync(page, "widget-files");
        await page.ReloadAsync();
        await page.Locator("#launcher").ClickAsync();
        await Assertions.Expect(page.GetByAltText("broken cup.png")).ToBeVisibleAsync();
        Assert.Empty(_browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task A_settled_conversation_asks_how_it_went()
    {
        _world.Script = _ => Task.FromResult(Outcomes.Handoff());
        var page = await OpenedAsync();
        await ChatBrowser.SayAsync(page, "A person please");
        var conversation = await ReplyAsync(null, "Done.");
        await _gateway.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/resolve", RunningGateway.AgentToken, new { agentId = "ada" });

        await page.GetByRole(AriaRole.Button, new() { Name = "4 of 5" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Thank you!")).ToBeVisibleAsync();
        await page.GetByLabel("What should we know? (optional)").FillAsync("Quick.");
        await page.Locator("#rating .firm").ClickAsync();
        await ChatBrowser.PictureAsync(page, "widget-rating");

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "4 of 5" })).ToHaveAttributeAsync("aria-pressed", "true");
        await RatedAsync(conversation, 4, "Quick.");
        await page.ReloadAsync();
        await page.Locator("#launcher").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "4 of 5" })).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Empty(_browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task A_signed_in_customer_has_their_conversation_on_every_device_and_leaves_nothing_behind()
    {
        _shop.Settings = "data-identity-url=\"/identity\"";
        _shop.Customer = "rosa-42";
        var telephone = await OpenedAsync();
        await ChatBrowser.SayAsync(telephone, "From the telephone");
        await Assertions.Expect(ChatBrowser.Bubbles(telephone)).ToHaveCountAsync(2);

        var laptop = await OpenedAsync();
        await Assertions.Expect(ChatBrowser.Bubbles(laptop)).ToHaveTextAsync(["From the telephone", "You said: From the telephone"]);
        _shop.Settings = "";
        await laptop.ReloadAsync();
        await laptop.Locator("#launcher").ClickAsync();

        await Assertions.Expect(laptop.Locator("#connection")).ToHaveTextAsync("Connected");
        await Assertions.Expect(ChatBrowser.Bubbles(laptop)).ToHaveCountAsync(0);
        Assert.Empty(_browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task Whoever_is_not_signed_in_keeps_their_conversation_until_they_sign_in()
    {
        _shop.Settings = "data-identity-url=\"/identity\"";
        var page = await OpenedAsync();
        await ChatBrowser.SayAsync(page, "As a guest");
        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveCountAsync(2);
        await page.ReloadAsync();
        await page.Locator("#launcher").ClickAsync();
        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveCountAsync(2);

        _shop.Customer = "ben-7";
        await page.ReloadAsync();
        await page.Locator("#launcher").ClickAsync();
        await Assertions.Expect(page.Locator("#connection")).ToHaveTextAsync("Connected");
        await Assertions.Expect(page.Locator("#fresh")).ToBeHiddenAsync();
        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveCountAsync(0);
        Assert.Empty(_browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task On_a_telephone_it_fills_the_screen()
    {
        var page = await OpenedAsync(360, 640);
        await ChatBrowser.SayAsync(page, "Hello");
        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveCountAsync(2);

        var box = (await page.Locator("#panel").BoundingBoxAsync())!;
        await ChatBrowser.PictureAsync(page, "widget-telephone");

        Assert.Equal((0, 0, 360, 640), ((int)box.X, (int)box.Y, (int)box.Width, (int)box.Height));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Close chat" }).ClickAsync();
        await Assertions.Expect(page.Locator("#panel")).ToBeHiddenAsync();
    }

    [RequiresFact("chromium")]
    public async Task An_answer_that_comes_while_it_is_closed_is_counted_on_the_button()
    {
        _world.Script = _ => Task.FromResult(Outcomes.Handoff());
        var page = await OpenedAsync();
        await ChatBrowser.SayAsync(page, "A person please");
        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveCountAsync(2);
        await page.Keyboard.PressAsync("Escape");

        await ReplyAsync(null, "Here I am.");

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Open chat · 1 new" })).ToBeVisibleAsync();
        Assert.Empty(_browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task No_payload_in_text_names_files_or_choices_runs_a_script()
    {
        var payloads = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "xss-payloads.txt"));
        Assert.True(payloads.Length >= 100, $"only {payloads.Length} payloads");
        _world.Script = context => Task.FromResult(Outcomes.Answer(context.Message.Content, context.Message.Content));
        var page = await _browser.OpenAsync(_shop.Address, script: "window.ran = 0; window.alert = () => { window.ran++; };");
        await page.Locator("#launcher").ClickAsync();
        await Assertions.Expect(page.Locator("#connection")).ToHaveTextAsync("Connected");
        var saved = await page.EvaluateAsync<string[]>("(() => { const saved = JSON.parse(localStorage.getItem('customerservice.chat')); return [saved.token, saved.conversation]; })()");

        foreach (var payload in payloads)
        {
            using var upload = new HttpRequestMessage(HttpMethod.Post, $"/api/chat/attachments?name={Uri.EscapeDataString(payload)}") { Content = new StringContent(payload) };
            var ticket = (await _gateway.SendAsync(upload, saved[0])).Json["ticket"]!.GetValue<string>();
            var said = await _gateway.SendAsync(HttpMethod.Post, "/api/chat/messages", saved[0], new { conversationId = saved[1], text = payload, attachments = new[] { ticket } });
            Assert.Equal(System.Net.HttpStatusCode.Accepted, said.Status);
        }

        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveCountAsync(2 * payloads.Length, new() { Timeout = 60_000 });
        _world.Script = _ => Task.FromResult(Outcomes.Handoff());
        await ChatBrowser.SayAsync(page, "A person please");
        var conversation = await ReplyAsync(null, "Here I am.", agentName: payloads[^1]);
        await Assertions.Expect(page.Locator(".agent .who")).ToHaveTextAsync(payloads[^1]);
        foreach (var payload in payloads)
        {
            await _gateway.SendAsync(HttpMethod.Put, "/api/agents/ada", RunningGateway.AgentToken, new { name = payload, queues = new[] { "general" }, capacity = 1 });
            await SayAsAgentAsync(conversation, payload);
            await Assertions.Expect(page.Locator("#banner")).ToContainTextAsync(payload);
        }

        await SayAsAgentAsync(conversation, payloads[0]); // under the last name
        await Assertions.Expect(page.Locator(".agent .who")).ToHaveCountAsync(payloads.Length + 2);
        var names = await page.Locator(".agent .who").AllTextContentsAsync();
        Assert.Empty(payloads.Except(names));
        var files = await page.Locator(".file").AllTextContentsAsync();
        Assert.True(files.Count == (2 * payloads.Length) + 1, $"{files.Count} files are shown");
        await page.EvaluateAsync("""
            for (const each of document.querySelector("customer-service-chat").shadowRoot.querySelectorAll("*"))
              for (const kind of ["mouseover", "focus", "load", "error", "toggle", "animationstart"]) each.dispatchEvent(new Event(kind, { bubbles: true }));
            """);

        var shown = await ChatBrowser.Bubbles(page).AllTextContentsAsync();
        Assert.All(payloads, payload => Assert.Equal(payload == payloads[0] ? 4 : 3, shown.Count(text => text == payload)));
        Assert.Equal(0, await page.EvaluateAsync<int>("window.ran"));
        Assert.Equal("", await page.EvaluateAsync<string>("""
            [...document.querySelector("customer-service-chat").shadowRoot.querySelectorAll("*")]
              .filter((each) => ["SCRIPT", "IFRAME", "OBJECT", "EMBED", "STYLE", "LINK", "BASE", "META", "VIDEO", "A"].includes(each.tagName) || [...each.attributes].some((one) => one.name.startsWith("on")))
              .map((each) => each.outerHTML).join()
            """));
        Assert.Empty(_browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task A_customer_has_the_conversation_mailed()
    {
        var world = new GrainWorld { Channels = TranscriptRequestTests.Mailbox.Replace("chat: {", $"chat: {{ allowed_origins: [\"{_shop.Origin}\"],", StringComparison.Ordinal) };
        await using var gateway = await RunningGateway.StartAsync(world);
        _shop.Chat = gateway.Address;
        var page = await OpenedAsync();
        var button = page.GetByRole(AriaRole.Button, new() { Name = "E-mail me this conversation" });
        await Assertions.Expect(button).ToBeHiddenAsync(); // Nothing was said.
        await ChatBrowser.SayAsync(page, "Where is my order?");
        await Assertions.Expect(ChatBrowser.Bubbles(page)).ToHaveCountAsync(2);

        await button.ClickAsync();
        var address = page.GetByLabel("Your e-mail address");
        await Assertions.Expect(address).ToBeFocusedAsync();
        await Assertions.Expect(address).ToHaveValueAsync("");
        await page.Keyboard.TypeAsync("rosa@localhost");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#mailNote")).ToHaveTextAsync("No mail can be sent to this address.");
        await address.FillAsync("rosa@example.com");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#mailNote")).ToHaveTextAsync("It is on its way to rosa@example.com.");
        await ChatBrowser.PictureAsync(page, "widget-mailing");

        var mailed = (await world.ReadAllAsync(0, 1_000)).Select(entry => entry.Event).OfType<Grains.Conversations.TranscriptMailed>();
        Assert.Equal(("rosa@example.com", 2), (Assert.Single(mailed).To, mailed.First().UpTo));
        for (var more = 0; more < 2; more++)
        {
            await address.FillAsync($"rosa{more}@example.com");
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator("#mailNote")).ToHaveTextAsync($"It is on its way to rosa{more}@example.com.");
        }

        await Assertions.Expect(button).ToBeHiddenAsync(); // That was all.
        Assert.Equal(["Failed to load resource: the server responded with a status of 400 (Bad Request)"], _browser.Complaints);
    }

    private async Task<IPage> OpenedAsync(int width = 1000, int height = 800)
    {
        var page = await _browser.OpenAsync(_shop.Address, width, height);
        await page.Locator("#launcher").ClickAsync();
        await Assertions.Expect(page.Locator("#connection")).ToHaveTextAsync("Connected");
        return page;
    }

    /// <summary>The agent's name, words and file are the same.</summary>
    private async Task SayAsAgentAsync(string conversation, string text)
    {
        using var upload = new HttpRequestMessage(HttpMethod.Post, $"/api/attachments?name={Uri.EscapeDataString(text)}") { Content = new StringContent(text) };
        var ticket = (await _gateway.SendAsync(upload, RunningGateway.AgentToken)).Json["ticket"]!.GetValue<string>();
        var sent = await _gateway.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/replies", RunningGateway.AgentToken, new { agentId = "ada", text, attachments = new[] { ticket } });
        Assert.Equal(System.Net.HttpStatusCode.Accepted, sent.Status);
    }

    /// <summary>An agent takes the conversation that waits, and answers, with a file or without.</summary>
    private async Task<string> ReplyAsync(string? file, string content, string agentName = "Ada")
    {
        await _gateway.SendAsync(HttpMethod.Put, "/api/agents/ada", RunningGateway.AgentToken, new { name = agentName, queues = new[] { "general" }, capacity = 1 });
        await _gateway.SendAsync(HttpMethod.Post, "/api/agents/ada/presence", RunningGateway.AgentToken, new { presence = "available" });
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Answer desk;
        do
        {
            Assert.False(patience.IsCancellationRequested, "Nothing was offered to Ada.");
            desk = await _gateway.SendAsync(HttpMethod.Get, "/api/agents/ada", RunningGateway.AgentToken);
        }
        while (desk.Json["offers"]!.AsArray().Count == 0);

        var offer = desk.Json["offers"]![0]!;
        var conversation = offer["conversationId"]!.GetValue<string>();
        await _gateway.SendAsync(HttpMethod.Post, $"/api/agents/ada/offers/{offer["offerId"]}/accept", RunningGateway.AgentToken);
        object reply = new { agentId = "ada", text = content };
        if (file is not null)
        {
            using var upload = new HttpRequestMessage(HttpMethod.Post, $"/api/attachments?name={file}") { Content = new StringContent(content) };
            reply = new { agentId = "ada", attachments = new[] { (await _gateway.SendAsync(upload, RunningGateway.AgentToken)).Json["ticket"]!.GetValue<string>() } };
        }

        var sent = await _gateway.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/replies", RunningGateway.AgentToken, reply);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, sent.Status);
        return conversation;
    }

    private async Task RatedAsync(string conversation, int score, string comment)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Grains.Conversations.ConversationRating? rating;
        do
        {
            Assert.False(patience.IsCancellationRequested, "The comment did not come.");
            rating = ((Grains.Conversations.ConversationView)await _world.AskAsync(Grains.Grain.Conversation(conversation), new Grains.Conversations.GetConversation())).Rating;
        }
        while (rating?.Comment is null);
        Assert.Equal((score, comment), (rating.Score, rating.Comment));
    }
}
