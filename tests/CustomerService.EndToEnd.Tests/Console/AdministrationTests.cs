using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>An owner's edit of a file, from the first mistake to the way back, in a real browser through the real program.</summary>
public sealed class AdministrationTests : ConsoleScenario
{
    private readonly TestFolder _content = new();

    private string Routing => Path.Combine(_content.Path, "routing.yaml");

    private protected override Task<ConsoleSystem> StartAsync()
    {
        TestFolder.CopyContent(_content.Path);
        return ConsoleSystem.StartAsync("--content", _content.Path);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _content.Dispose();
    }

    [RequiresFact("chromium")]
    public async Task AnEdit_IsToldItsMistakeAtItsLine_ThenInForce_ThenTakenBack()
    {
        var shipped = await File.ReadAllTextAsync(Routing);
        var page = await _system.AdministratorAsync();
        await page.GotoAsync(new Uri(_system.Address, "console/content/routing.yaml").ToString());
        var text = page.Locator("#file-text");
        await Assertions.Expect(text).ToHaveValueAsync(shipped);

        await text.FillAsync(shipped + "bogus: 1\n");
        await SaveAsync(page);
        await Assertions.Expect(page.Locator(".finding-list")).ToContainTextAsync("no key 'bogus'");
        await Assertions.Expect(page.Locator("line-numbers .bad")).ToHaveTextAsync($"{shipped.Split('\n').Length}");
        Assert.Equal(shipped, await File.ReadAllTextAsync(Routing));
        await ChatBrowser.PictureAsync(page, "console-file-faulty");

        await text.FillAsync(shipped.Replace("default_queue: general", "default_queue: billing", StringComparison.Ordinal));
        await page.GetByLabel("Why this change?").FillAsync("billing helps out");
        await SaveAsync(page);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Version 2 is saved and in force");
        await _system.Program.WaitForLineAsync(new("routing.yaml was read again and is in force"));

        await page.Locator(".version").Last.ClickAsync();
        await Assertions.Expect(page.Locator(".difference .added")).ToContainTextAsync("default_queue: billing");
        await ChatBrowser.PictureAsync(page, "console-file-versions");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go back to 1" }).ClickAsync();
        await page.Locator("#dialog-text").FillAsync("they are too busy");
        await page.GetByRole(AriaRole.Button, new() { Name = "Do it" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Version 3 is saved and in force");
        Assert.Equal(shipped, await File.ReadAllTextAsync(Routing));
        Assert.Empty(_system.Browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task AForm_ChangesItsLineOfTheFile_OnTopOfWhatOthersSaved()
    {
        var shipped = await File.ReadAllTextAsync(Routing);
        var page = await _system.AdministratorAsync();
        await page.GotoAsync(new Uri(_system.Address, "console/queues/general/settings").ToString());
        await page.GetByLabel("First answer").FillAsync("soon");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the change" }).ClickAsync();
        await Assertions.Expect(page.Locator(".finding-list .bad")).ToContainTextAsync("first_response");
        await page.GetByLabel("First answer").FillAsync("30s");
        await page.GetByLabel("Calendar").SelectOptionAsync("office");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the change" }).ClickAsync();
        await Assertions.Expect(page.Locator(".difference .added")).ToContainTextAsync("service_levels: { first_response: 30s }, calendar: office }");
        await ChatBrowser.PictureAsync(page, "console-queue-form");

        var others = shipped.Replace("default_queue: general", "default_queue: billing", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Routing, others);
        await SaveAsync(page);
        await Assertions.Expect(page.Locator("main [role=alert]")).ToContainTextAsync("Somebody else saved the file meanwhile");
        Assert.Equal(others, await File.ReadAllTextAsync(Routing));
        await SaveAsync(page);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("is saved and in force");

        const string Before = "general: { tier: tier1, escalate_to: second_line }";
        Assert.Equal(others.Replace(Before, $"{Before[..^2]}, service_levels: {{ first_response: 30s }}, calendar: office }}", StringComparison.Ordinal), await File.ReadAllTextAsync(Routing));
        Assert.Empty(_system.Browser.Complaints);
    }

    private static async Task SaveAsync(IPage page) => await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
}
