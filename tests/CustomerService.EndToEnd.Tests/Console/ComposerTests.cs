using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>What helps an agent to write, in real browsers through the real program.</summary>
public sealed class ComposerTests : ConsoleScenario
{
    private const string AboutAnOrder = "I am furious! Order #W2378156 is the third broken kettle. I want to complain, this is unacceptable!";

    [RequiresFact("chromium")]
    public async Task WhatIsWritten_IsHelpedWith_Kept_AndSent()
    {
        var administrator = await _system.AdministratorAsync();
        var ben = await _system.AgentAsync(administrator, "ben", "Ben Low");
        var ann = await _system.AgentAsync(administrator, "ann", "Ann Lee");
        await ann.GetByLabel("Are you there?").SelectOptionAsync("available");
        var customer = await _system.Browser.OpenAsync(_system.Address);
        await ChatBrowser.SayAsync(customer, AboutAnOrder);
        await ConsoleDoor.AcceptAsync(ann);
        var field = ann.Locator("#composer");

        // A reply of the owner's, found by its beginning; what it needs is known, or holds it back.
        await field.PressSequentiallyAsync("/gre");
        await Assertions.Expect(ann.Locator(".completion li[aria-selected=true]")).ToContainTextAsync("Greeting");
        await ChatBrowser.PictureAsync(ann, "composer-replies");
        await field.PressAsync("Enter");
        await Assertions.Expect(field).ToHaveValueAsync("Hello, this is Ann. I have read what you wrote so far, so you need not repeat it. Give me a moment to look into it.");
        await field.FillAsync("For {{ticket.id}} and {{customer.email}}");
        await Assertions.Expect(ann.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true })).ToBeDisabledAsync();
        await Assertions.Expect(ann.GetByRole(AriaRole.Button, new() { Name = "{{customer.email}}" })).ToBeVisibleAsync();

        // It is there after the program was killed, and nobody else's.
        await field.FillAsync("I am sorry about #W2378156. <b>A new kettle</b> leaves today.");
        await Assertions.Expect(ann.Locator(".composer")).ToContainTextAsync("Draft kept");
        Assert.Empty(_system.Browser.Complaints);
        var loaded = new TaskCompletionSource();
        ann.Load += (_, _) => loaded.TrySetResult();
        await _system.KillAndRunAsync();
        await loaded.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Assertions.Expect(field).ToHaveValueAsync("I am sorry about #W2378156. <b>A new kettle</b> leaves today.", new() { Timeout = 60_000 });
        await ben.GotoAsync(ann.Url);
        var lost = _system.Browser.Complaints.Count; // The browsers lost their lines.
        await Assertions.Expect(ben.Locator(".colleagues")).ToContainTextAsync("Ann Lee is here");
        await Assertions.Expect(ben.Locator("#composer")).ToHaveValueAsync("");

        // An article for reading along; a file; and out it goes.
        await ann.Keyboard.PressAsync("Control+k");
        await ann.Locator("#article-search").FillAsync("broken kettle");
        await Assertions.Expect(ann.Locator(".articles article").First).ToBeVisibleAsync();
        await ChatBrowser.PictureAsync(ann, "composer-articles");
        await ann.Keyboard.PressAsync("Escape");
        await ann.Locator("#composer-file").SetInputFilesAsync(new FilePayload { Name = "label <i>.txt", MimeType = "text/plain", Buffer = "a label"u8.ToArray() });
        await Assertions.Expect(ann.Locator(".reply-files progress")).ToHaveCountAsync(0);
        await Assertions.Expect(ann.Locator(".reply-files")).ToContainTextAsync("label");
        await ChatBrowser.PictureAsync(ann, "composer-file");
        await field.PressAsync("Control+Enter");
        await Assertions.Expect(ChatBrowser.Bubbles(customer).Last).ToContainTextAsync("<b>A new kettle</b> leaves today.");
        await Assertions.Expect(field).ToHaveValueAsync("");

        // A colleague is named, and told.
        await ann.GetByRole(AriaRole.Tab, new() { Name = "Private note" }).ClickAsync();
        await field.PressSequentiallyAsync("@be");
        await Assertions.Expect(ann.Locator(".completion li").First).ToContainTextAsync("Ben Low");
        await field.PressAsync("Enter");
        await Assertions.Expect(field).ToHaveValueAsync("@ben ");
        await field.PressSequentiallyAsync("what of the batch?");
        await field.PressAsync("Control+Enter");
        await Assertions.Expect(ben.Locator(".bell .badge")).ToHaveTextAsync("1");
        await ben.Locator(".bell button").First.ClickAsync();
        await Assertions.Expect(ben.Locator(".notices")).ToContainTextAsync("what of the batch?");
        await ChatBrowser.PictureAsync(ben, "composer-notices");
        await ben.Locator(".notice").ClickAsync();
        await Assertions.Expect(ben.Locator(".bell .badge")).ToHaveCountAsync(0);

        // Several acts as one.
        await ann.GetByRole(AriaRole.Tab, new() { Name = "Reply" }).ClickAsync();
        await field.PressSequentiallyAsync("/solved");
        await field.PressAsync("Enter");
        await ChatBrowser.PictureAsync(ann, "composer-macro");
        await ann.GetByRole(AriaRole.Button, new() { Name = "Run it" }).ClickAsync();
        await Assertions.Expect(ChatBrowser.Bubbles(customer).Filter(new() { HasText = "All the best, Ann" })).ToHaveCountAsync(1);
        await Assertions.Expect(ann.Locator(".conversation-head")).ToContainTextAsync("resolved");
        await ann.Locator("h1").First.FocusAsync();
        await ann.Keyboard.PressAsync("?");
        await Assertions.Expect(ann.Locator(".keys")).ToContainTextAsync("Look for an article");
        await ChatBrowser.PictureAsync(ann, "composer-keys");
        Assert.Empty(_system.Browser.Complaints.Skip(lost));
    }
}
