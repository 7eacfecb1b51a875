using System.Text;
using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>An administrator has old conversations erased, keeps one for the court, and nothing of the others is left on the disk.</summary>
public sealed class RetentionTests : ConsoleScenario
{
    private const string OldWord = "zanzibarkettle";
    private const string HeldWord = "montevideokettle";
    private const string Old = "c-old";
    private const string Held = "c-held";

    private readonly TestFolder _content = new();

    private protected override Task<ConsoleSystem> StartAsync()
    {
        TestFolder.CopyContent(_content.Path);
        return ConsoleSystem.StartOnAsync(
            data => PastConversations.WriteAsync(data, TimeSpan.FromDays(10), (Old, $"Where is my {OldWord}? Eve Adams, 12 Mill Lane"), (Held, $"My {HeldWord} burnt the house down.")),
            "--content", _content.Path);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _content.Dispose();
    }

    [RequiresFact("chromium")]
    public async Task WhatIsOld_IsErasedWhenSomebodyIsSure_AndWhatIsHeldStays()
    {
        await SayAsync("c-young", "Where is my order?");
        var page = await _system.AdministratorAsync();

        await page.GotoAsync($"{_system.Address}console/conversations/{Held}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Legal hold" }).ClickAsync();
        await page.Locator("#dialog-text").FillAsync("case 4711");
        await page.GetByRole(AriaRole.Button, new() { Name = "Do it" }).ClickAsync();
        await Assertions.Expect(page.Locator(".conversation-head .badge")).ToHaveTextAsync("Legal hold");
        await ChatBrowser.PictureAsync(page, "console-legal-hold");

        // Less is kept only by who has seen what that erases.
        await page.GetByRole(AriaRole.Link, new() { Name = "Retention" }).ClickAsync();
        await Assertions.Expect(page.GetByText("By the rules everything is kept")).ToBeVisibleAsync();
        await page.Locator("#keep-chat").SelectOptionAsync("d");
        await page.Locator("#keep-chat-count").FillAsync("5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".rz-dialog")).ToContainTextAsync("will erase by these rules: 1.");
        await ChatBrowser.PictureAsync(page, "console-retention-shorter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        Assert.Contains("channels: {}", await File.ReadAllTextAsync(RulesFile), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep less" }).ClickAsync();
        await Assertions.Expect(page.Locator(".left-list li")).ToContainTextAsync("admin: case 4711");
        Assert.Contains("channels: { chat: 5d }", await File.ReadAllTextAsync(RulesFile), StringComparison.Ordinal);
        await ChatBrowser.PictureAsync(page, "console-retention");

        await page.GetByRole(AriaRole.Button, new() { Name = "Erase now" }).ClickAsync();
        await Assertions.Expect(page.Locator(".rz-dialog")).ToContainTextAsync("Conversations that are erased now, for good: 1.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase them" }).ClickAsync();
        var run = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "1 on legal hold" });
        await Assertions.Expect(run).ToContainTextAsync("1: Chat 1", new() { Timeout = 60_000 });
        await Assertions.Expect(run).ToContainTextAsync("admin");
        await ChatBrowser.PictureAsync(page, "console-retention-ended");
        await page.SetViewportSizeAsync(390, 844);
        await ChatBrowser.PictureAsync(page, "console-retention-ended-phone");
        await page.SetViewportSizeAsync(1440, 900);

        await page.GotoAsync($"{_system.Address}console/conversations/{Old}");
        await Assertions.Expect(page.GetByText("This conversation was erased.")).ToBeVisibleAsync();
        await ChatBrowser.PictureAsync(page, "console-erased");
        await page.GetByRole(AriaRole.Link, new() { Name = "Conversations" }).First.ClickAsync();
        await Assertions.Expect(page.Locator($"a[href$='{Held}']").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("a[href$='c-young']").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator($"a[href$='{Old}']")).ToHaveCountAsync(0);
        Assert.Empty(_system.Browser.Complaints);

        Assert.Equal(0, await _system.Program.TerminateAsync());
        Assert.NotEmpty(FilesWith(HeldWord));
        Assert.Equal([], FilesWith(OldWord));
        Assert.Equal([], FilesWith("12 Mill Lane"));
        Assert.Equal([], FilesWith($"visitor-of-{Old}"));
    }

    private string RulesFile => Path.Combine(_content.Path, "retention.yaml");

    /// <summary>Also inside databases, whatever of a page is in use.</summary>
    private IEnumerable<string> FilesWith(string text) => Directory.EnumerateFiles(_system.Data, "*", SearchOption.AllDirectories)
        .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)
        .Select(file => Path.GetRelativePath(_system.Data, file));
}
