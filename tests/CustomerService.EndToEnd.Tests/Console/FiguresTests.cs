using System.Text.Json.Nodes;
using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>What customers do, as the page of figures, its file and the programs' door tell it.</summary>
public sealed class FiguresTests : ConsoleScenario
{
    private static readonly string[] Said =
    [
        "What are your opening hours?", "Wie sind Ihre Öffnungszeiten?", "¿Cuál es su política de devoluciones?", "I forgot my password", "I am furious! I want to complain to a person.",
    ];

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
}
