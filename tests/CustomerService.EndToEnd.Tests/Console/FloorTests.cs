using System.Net.Http.Json;
using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>A supervisor beside an agent and a customer, each in a real browser, through the real program.</summary>
public sealed class FloorTests : ConsoleScenario
{
    private const string Hint = "Offer her the steel model.";

    [RequiresFact("chromium")]
    public async Task ASupervisor_SeesWhatIsAtRisk_Whispers_AndTakesOver()
    {
        var supervisor = await _system.AdministratorAsync();
        var ann = await _system.AgentAsync(supervisor, "ann", "Ann Lee");
        using (var staff = await _system.StaffAsync())
            (await staff.PutAsJsonAsync("api/agents/admin", new { name = "Sam", queues = new[] { "general" }, skills = Array.Empty<string>(), capacity = 1 })).EnsureSuccessStatusCode();
        await supervisor.ReloadAsync(); // Who gets a desk while signed in sits down at it with the next page.
        await ann.GetByLabel("Are you there?").SelectOptionAsync("available");
        var customer = await _system.Browser.OpenAsync(_system.Address);
        await ChatBrowser.SayAsync(customer, Complaint);
        await ConsoleDoor.AcceptAsync(ann);
        await Assertions.Expect(ann.Locator(".transcript")).ToContainTextAsync(Complaint);

        // The floor shows the agent at work.
        await supervisor.GetByRole(AriaRole.Link, new() { Name = "Agents", Exact = true }).ClickAsync();
        var row = supervisor.Locator(".agent-row").Filter(new() { HasText = "Ann Lee" });
        await Assertions.Expect(row).ToContainTextAsync("busy");
        await row.GetByRole(AriaRole.Link, new() { Name = "Ann Lee" }).ClickAsync();
        await Assertions.Expect(supervisor.Locator(".agent-panel .conversation-link")).ToContainTextAsync("Visitor");
        await ChatBrowser.PictureAsync(supervisor, "console-floor-agent");

        // An upset customer is at risk; to watch is not to be seen, and a whisper is for the agent alone.
        await supervisor.GetByRole(AriaRole.Link, new() { Name = "At risk" }).ClickAsync();
        await Assertions.Expect(supervisor.Locator(".risk")).ToContainTextAsync("upset");
        await supervisor.Locator(".risk").GetByRole(AriaRole.Link, new() { Name = "Watch" }).ClickAsync();
        await Assertions.Expect(supervisor.Locator(".transcript")).ToContainTextAsync(Complaint);
        await supervisor.GetByLabel("Whisper to").FillAsync(Hint);
        await supervisor.GetByRole(AriaRole.Button, new() { Name = "Whisper" }).ClickAsync();
        await Assertions.Expect(ann.Locator(".line.whisper")).ToContainTextAsync(Hint);
        await ChatBrowser.PictureAsync(supervisor, "console-watch");
        await ChatBrowser.PictureAsync(ann, "console-whisper");

        await supervisor.GetByRole(AriaRole.Button, new() { Name = "Take over" }).ClickAsync();
        await supervisor.Locator("#dialog-text").FillAsync("the third kettle needs a manager");
        await supervisor.GetByRole(AriaRole.Button, new() { Name = "Do it" }).ClickAsync();
        await Assertions.Expect(ann.Locator("main")).ToContainTextAsync("admin took a conversation over from you: the third kettle needs a manager");
        await supervisor.GetByRole(AriaRole.Tab, new() { Name = "Reply" }).ClickAsync();
        await supervisor.Locator("#composer").FillAsync("I am Sam, and I see to it myself.");
        await supervisor.Locator("#composer").PressAsync("Control+Enter");
        await Assertions.Expect(ChatBrowser.Bubbles(customer).Last).ToContainTextAsync("I am Sam");
        await Assertions.Expect(ChatBrowser.Bubbles(customer).Filter(new() { HasText = Hint })).ToHaveCountAsync(0);
        Assert.Empty(_system.Browser.Complaints);
    }
}
