using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>An owner's rule, a customer who waits, and two who see to it, through the real program.</summary>
public sealed class AlertsTests : IAsyncLifetime
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
    private ConsoleSystem _system = null!;

    public async Task InitializeAsync()
    {
        if (Requires.Chromium is null)
            return;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "content"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_content.Path, Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "content"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await File.WriteAllTextAsync(Path.Combine(_content.Path, "alerts.yaml"), Rules);
        _system = await ConsoleSystem.StartAsync("--content", _content.Path);
    }

    public async Task DisposeAsync()
    {
        if (_system is not null)
            await _system.DisposeAsync();
        _content.Dispose();
    }

    [RequiresFact("chromium")]
    public async Task AnAlert_AppearsWhereItIsLookedFor_AndIsTakenOnForEverybody()
    {
        var administrator = await _system.AdministratorAsync();
        var supervisor = await SupervisorAsync();
        foreach (var page in new[] { administrator, supervisor })
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "Alerts" }).ClickAsync();
            await Assertions.Expect(page.Locator(".alerts-calm")).ToContainTextAsync("1 rules");
        }

        await WaitForAPersonAsync();

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

    private async Task<IPage> SupervisorAsync()
    {
        using var staff = await _system.StaffAsync();
        using var added = await staff.PostAsJsonAsync("api/people", new { id = "sue", name = "Sue Park", roles = new[] { "supervisor" } });
        return await _system.NewcomerAsync("sue", JsonNode.Parse(await added.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["password"]!.GetValue<string>());
    }

    private async Task WaitForAPersonAsync()
    {
        using var outside = new HttpClient { BaseAddress = _system.Address };
        using var session = await outside.PostAsJsonAsync("api/chat/sessions", new { });
        outside.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", JsonNode.Parse(await session.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["token"]!.GetValue<string>());
        using var said = await outside.PostAsJsonAsync("api/chat/messages", new { conversationId = "c-1", messageId = "m-1", text = "I am furious! I want to complain to a person." });
        said.EnsureSuccessStatusCode();
    }
}
