using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>An owner's rule, a customer who waits, and two who see to it, through the real program.</summary>
public sealed class AlertsTests : ConsoleScenario
{
    private const string Rules = """
        alerts:
          - name: somebody waits
            figure: waiting
            each: queue
            above: 0
            when_closed: true
            severity: critical
            tell: [supervisor]
        """;

    private readonly TestFolder _content = new();

    private protected override async Task<ConsoleSystem> StartAsync()
    {
        TestFolder.CopyContent(_content.Path);
        await File.WriteAllTextAsync(Path.Combine(_content.Path, "alerts.yaml"), Rules);
        return await ConsoleSystem.StartAsync("--content", _content.Path);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _content.Dispose();
    }

    [RequiresFact("chromium")]
    public async Task AnAlert_AppearsWhereItIsLookedFor_AndIsTakenOnForEverybody()
    {
        var administrator = await _system.AdministratorAsync();
        using var staff = await _system.StaffAsync();
        var supervisor = await _system.PersonAsync(staff, "sue", "Sue Park", "supervisor");
        foreach (var page in new[] { administrator, supervisor })
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "Alerts" }).ClickAsync();
            await Assertions.Expect(page.Locator(".alerts-calm")).ToContainTextAsync("1 rules");
        }

        await SayAsync("c-1", Complaint);

        foreach (var page in new[] { administrator, supervisor })
        {
            await Assertions.Expect(page.Locator(".alert")).ToContainTextAsync("somebody waits", Patient);
            await Assertions.Expect(page.Locator("nav .count")).ToHaveTextAsync("1 not taken on");
        }

        await ChatBrowser.PictureAsync(supervisor, "console-alerts-raised");
        await Assertions.Expect(supervisor.GetByRole(AriaRole.Button, new() { Name = "Notices, 1 new" })).ToBeVisibleAsync();
        await administrator.GetByRole(AriaRole.Button, new() { Name = "Take it on" }).ClickAsync();
        await administrator.Locator("#dialog-text").FillAsync("I call Ben in.");
        await administrator.GetByRole(AriaRole.Button, new() { Name = "Do it" }).ClickAsync();
        await Assertions.Expect(supervisor.Locator(".alert-taken")).ToContainTextAsync("admin has taken it on");
        await Assertions.Expect(supervisor.Locator(".alert-taken")).ToContainTextAsync("I call Ben in.");
        await Assertions.Expect(supervisor.Locator("nav .count")).ToHaveCountAsync(0);
        await Assertions.Expect(supervisor.GetByRole(AriaRole.Button, new() { Name = "Take it on" })).ToHaveCountAsync(0);
        await supervisor.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await ChatBrowser.PictureAsync(supervisor, "console-alerts-taken-dark");
        Assert.Empty(_system.Browser.Complaints);
    }

    /// <summary>The figures are looked at every five seconds.</summary>
    private static LocatorAssertionsToContainTextOptions Patient => new() { Timeout = 60_000 };
}
