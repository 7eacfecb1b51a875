using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>What a newcomer sees who starts the demo.</summary>
public sealed class DemoTests
{
    [RequiresFact("chromium")]
    public async Task Demo_LivesByItself()
    {
        using var folder = new TestFolder();
        var port = SiloProgram.FreePort();
        await using var browser = await ChatBrowser.StartAsync();
        await using var program = SiloProgram.Start("demo", "--listen", $"http://127.0.0.1:{port}", "--data", folder.Path, "--customers", "120");
        await program.WaitForLineAsync(SiloProgram.ReadyLine());

        // A supervisor gets in by one click and sees conversations come, by several channels, with customers' names.
        var supervisor = await browser.OpenAsync(new Uri($"http://127.0.0.1:{port}/console"), width: 1440, height: 900);
        await supervisor.GetByRole(AriaRole.Button, new() { Name = "Sam" }).ClickAsync();
        await supervisor.GetByRole(AriaRole.Link, new() { Name = "Conversations" }).ClickAsync();
        var conversations = supervisor.Locator(".rows");
        foreach (var channel in new[] { "Chat", "E-mail", "SMS", "Social" })
            await Assertions.Expect(conversations.GetByText(channel, new() { Exact = true }).First).ToBeVisibleAsync();
        await ChatBrowser.PictureAsync(supervisor, "demo-conversations");

        // The agent is offered work as soon as she is there: the played ones can't take it all.
        var agent = await browser.OpenAsync(new Uri($"http://127.0.0.1:{port}/console"), width: 1440, height: 900);
        await agent.GetByRole(AriaRole.Button, new() { Name = "Ann" }).ClickAsync();
        await agent.GetByLabel("Are you there?").SelectOptionAsync("available");
        await agent.Locator(".offer").First.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Assertions.Expect(agent.Locator(".transcript .customer").First).ToBeVisibleAsync();
        await ChatBrowser.PictureAsync(agent, "demo-desk");

        Assert.Empty(browser.Complaints);
        Assert.Equal(0, await program.TerminateAsync());
        Assert.DoesNotContain("whom the demo plays left", program.Output, StringComparison.Ordinal);
    }
}
