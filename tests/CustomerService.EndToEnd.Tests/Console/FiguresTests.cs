using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>What customers do, as the page of figures, its file and the programs' door tell it.</summary>
public sealed class FiguresTests : IAsyncLifetime
{
    private static readonly string[] Said =
    [
        "What are your opening hours?", "Wie sind Ihre Öffnungszeiten?", "¿Cuál es su política de devoluciones?", "I forgot my password", "I am furious! I want to complain to a person.",
    ];

    private ConsoleSystem _system = null!;

    public async Task InitializeAsync()
    {
        if (Requires.Chromium is not null)
            _system = await ConsoleSystem.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_system is not null)
            await _system.DisposeAsync();
    }

    [RequiresFact("chromium")]
    public async Task WhatCustomersDo_IsCountedWhileOneLooks_AndCanBeTakenOut()
    {
        var page = await _system.AdministratorAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Figures" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("No customer wrote in this time");

        for (var i = 0; i < Said.Length; i++)
            await SayAsync($"c-{i}", Said[i]);

        var cases = page.Locator(".figure-card").Filter(new() { HasText = "Cases" });
        await Assertions.Expect(cases.Locator(".figure")).ToHaveTextAsync("5", new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Language" }).GetByRole(AriaRole.Rowheader, new() { Name = "de" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Intent" })).ToContainTextAsync("complaint");
        await page.GetByRole(AriaRole.Button, new() { Name = "Today" }).ClickAsync();
        await Assertions.Expect(page.Locator(".figure-chart h2").First).ToHaveTextAsync("Cases by the hour");
        await ChatBrowser.PictureAsync(page, "console-figures-today");

        await page.Locator("#figures-language").SelectOptionAsync("de");
        await Assertions.Expect(cases.Locator(".figure")).ToHaveTextAsync("1");
        Assert.Contains("language=de", page.Url, StringComparison.Ordinal);
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await file.PathAsync());
        Assert.Contains(lines, line => line.StartsWith("total,,", StringComparison.Ordinal) && line.Split(',')[4] == "1");

        using var staff = await _system.StaffAsync();
        var report = JsonNode.Parse(await staff.GetStringAsync("api/reports/figures?days=1"))!["report"]!;
        Assert.Equal(5, report["total"]!["cases"]!.GetValue<int>());
        Assert.Empty(_system.Browser.Complaints);
    }

    private async Task SayAsync(string conversation, string text)
    {
        using var outside = new HttpClient { BaseAddress = _system.Address };
        using var session = await outside.PostAsJsonAsync("api/chat/sessions", new { });
        outside.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", JsonNode.Parse(await session.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["token"]!.GetValue<string>());
        using var said = await outside.PostAsJsonAsync("api/chat/messages", new { conversationId = conversation, messageId = "m-1", text });
        said.EnsureSuccessStatusCode();
    }
}
