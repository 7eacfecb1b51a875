using CustomerService.Gateway.Tests.Support;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>What holds for every page: who sees it, that everybody can use it, and that nothing which a customer wrote is ever run.</summary>
public sealed class EveryPageTests(ConsoleTeam team) : IClassFixture<ConsoleTeam>
{
    [RequiresFact("chromium")]
    public async Task EachRole_SeesItsPages_AndIsDeniedTheOthers()
    {
        var wrong = new List<string>();
        foreach (var role in ConsolePages.Roles)
        {
            foreach (var place in ConsolePages.All(team.Conversation))
            {
                var page = team.PageOf(role);
                await GoAsync(page, place.Address, role);
                var denied = await page.Locator("main [role=alert] h1").CountAsync() == 1 && (await page.Locator("main").InnerTextAsync()).Contains("This is not for you", StringComparison.Ordinal);
                if (denied == place.Roles.Contains(role))
                    wrong.Add($"{role} {(denied ? "is denied" : "sees")} {place.Address}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [RequiresFact("chromium")]
    public async Task EveryPage_CanBeUsedByEverybody_AndRunsNothingOfCustomers()
    {
        var page = team.PageOf(ConsolePages.Administrator);
        var findings = new List<string>();
        foreach (var dark in new[] { false, true })
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
            foreach (var place in ConsolePages.All(team.Conversation))
            {
                await GoAsync(page, place.Address, ConsolePages.Administrator);
                await ChatBrowser.PictureAsync(page, $"{place.Address.Replace('/', '-')}{(dark ? "-dark" : "")}");
                // What is dark may differ in its colours alone.
                var found = await page.RunAxe(new AxeRunOptions { RunOnly = dark ? RunOnlyOptions.Rules("color-contrast") : RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa") });
                findings.AddRange(found.Violations.Where(violation => violation.Impact is "serious" or "critical")
                    .SelectMany(violation => violation.Nodes.Take(3).Select(node => $"{place.Address}{(dark ? " (dark)" : "")}: {violation.Id}: {node.Html}")));
                if (!dark && await WiderThanAPhoneAsync(page, place) is { } wide)
                    findings.Add(wide);
            }
        }

        Assert.True(findings.Count == 0, string.Join("\n", findings));
        Assert.Empty(team.System.Browser.Complaints);
    }

    /// <returns>What is too wide; null: on a phone nobody has to scroll sideways.</returns>
    private static async Task<string?> WiderThanAPhoneAsync(IPage page, ConsolePage place)
    {
        await page.SetViewportSizeAsync(390, 844);
        await ChatBrowser.PictureAsync(page, $"{place.Address.Replace('/', '-')}-phone");
        var widest = await page.EvaluateAsync<string?>("""
            () => document.documentElement.scrollWidth <= innerWidth ? null
              : [...document.querySelectorAll("body *")].sort((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right)[0].outerHTML.slice(0, 200)
            """);
        await page.SetViewportSizeAsync(1440, 900);
        return widest is null ? null : $"{place.Address}: on a phone it is too wide: {widest}";
    }

    /// <summary>Goes to a page as its links do, by way of one that there is not: then no part of the page before can be taken for it.</summary>
    private async Task GoAsync(IPage page, string address, string role)
    {
        try
        {
            foreach (var next in new[] { "console/no-such-page", address })
            {
                await page.EvaluateAsync("""
                    address => {
                      document.querySelectorAll("main h1").forEach((heading) => heading.setAttribute("data-before", ""));
                      Blazor.navigateTo(address);
                    }
                    """, next);
                await page.WaitForFunctionAsync("next => location.pathname.endsWith(next) && document.querySelector('main h1:not([data-before])')", next);
            }

            await Assertions.Expect(page.Locator("main [role=status]").Filter(new() { HasText = "One moment" })).ToHaveCountAsync(0);
        }
        catch (Exception fault) when (fault is PlaywrightException or TimeoutException)
        {
            throw new InvalidOperationException($"{role} on the way to {address}: {fault.Message}\nThe program printed:\n{team.System.Program.Output}", fault);
        }
    }
}
