using System.Text.RegularExpressions;
using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;
using OtpNet;

namespace CustomerService.EndToEnd.Console;

/// <summary>One's own account, in two browsers.</summary>
public sealed class AccountTests : ConsoleScenario
{
    [RequiresFact("chromium")]
    public async Task SecondFactorAndChoices_HoldInTheNextBrowser_WhichEndsTheFirstOnesSession()
    {
        var here = await _system.AdministratorAsync();
        await here.GetByRole(AriaRole.Link, new() { Name = "My account" }).ClickAsync();
        await here.Locator("#account-language").SelectOptionAsync("de");
        await Assertions.Expect(here.Locator("main h1")).ToHaveTextAsync("Mein Konto");
        await here.GetByRole(AriaRole.Link, new() { Name = "Einrichten" }).ClickAsync();
        var key = (await here.Locator("code.key").TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal);
        await ChatBrowser.PictureAsync(here, "console-second-factor");
        await here.Locator("#code").FillAsync(new Totp(Base32Encoding.ToBytes(key)).ComputeTotp());
        await here.GetByRole(AriaRole.Button, new() { Name = "Einschalten" }).ClickAsync();
        await Assertions.Expect(here.Locator(".recovery-codes code")).ToHaveCountAsync(10);
        await ChatBrowser.PictureAsync(here, "console-recovery-codes");
        var recovery = await here.Locator(".recovery-codes code").First.TextContentAsync();
        await here.GetByRole(AriaRole.Link, new() { Name = "Ich habe sie aufbewahrt" }).ClickAsync();
        await Assertions.Expect(here.Locator("main .badge.good").First).ToHaveTextAsync("eingeschaltet");

        var there = await _system.Browser.OpenAsync(new Uri(_system.Address, "console/account"), width: 1440, height: 900);
        await ConsoleSystem.SignInAsync(there, "admin", ConsoleSystem.PasswordOf("admin"));
        await there.GetByLabel("Code from your authenticator, or a recovery code").FillAsync(recovery!);
        await there.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(there.Locator("main h1")).ToHaveTextAsync("Mein Konto");
        await Assertions.Expect(there.Locator("main")).ToContainTextAsync("Übrige Wiederherstellungscodes: 9");
        await there.GetByRole(AriaRole.Button, new() { Name = "Alle anderen Sitzungen beenden" }).ClickAsync();
        await Assertions.Expect(there.Locator(".told")).ToHaveTextAsync("Alle anderen Sitzungen sind beendet.");

        await here.GotoAsync(new Uri(_system.Address, "console/queues").ToString());
        await Assertions.Expect(here).ToHaveURLAsync(new Regex("/console/sign-in"));
        Assert.Empty(_system.Browser.Complaints);
    }
}
