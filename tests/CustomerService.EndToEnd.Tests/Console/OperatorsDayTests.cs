using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>An operator mends what is stuck; an auditor finds all of it in the log, and can change nothing. Real browsers, the real program.</summary>
public sealed class OperatorsDayTests : ConsoleScenario
{
    private readonly TestFolder _content = new();

    /// <summary>A mailbox that can't be reached.</summary>
    private protected override async Task<ConsoleSystem> StartAsync()
    {
        TestFolder.CopyContent(_content.Path);
        var nobody = SiloProgram.FreePort().ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(
            Path.Combine(_content.Path, "channels.yaml"),
            $$"""
            accounts:
              shop-mail:
                kind: email
                address: help@shop.example
                imap: { host: 127.0.0.1, port: {{nobody}}, user: help@shop.example, password_env: MAIL_PASSWORD, tls: none }
                smtp: { host: 127.0.0.1, port: {{nobody}}, tls: none }
            """);
        return await ConsoleSystem.StartAsync([KeyValuePair.Create("MAIL_PASSWORD", "of a test")], "--content", _content.Path);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _content.Dispose();
    }

    [RequiresFact("chromium")]
    public async Task WhatIsStuck_IsSeenFirst_Mended_AndFoundByAnAuditor_WhoMayChangeNothing()
    {
        // As mails lie there that an earlier version could not take.
        await ParkAsync("20260302T083015-00000001", "From: babbage@customer.example\nTo: help@shop.example\nSubject: Hours\nMessage-Id: <p1@c>\n\nWhat are your opening hours?\n");
        await ParkAsync("20260302T083016-00000002", "From: undisclosed-senders:;\nSubject: by nobody\n\nHello\n");
        await ParkAsync("20260302T083017-00000003", "From: undisclosed-senders:;\nSubject: by nobody either\n\nHello\n");
        using var staff = await _system.StaffAsync();
        var page = await _system.PersonAsync(staff, "olu", "Olu", "operator");
        await page.GetByRole(AriaRole.Link, new() { Name = "Operations" }).ClickAsync();
        await Assertions.Expect(page.Locator(".trouble.bad").Filter(new() { HasText = "Mails that could not be taken in: 3" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".trouble.bad").Filter(new() { HasText = "shop-mail does not work" })).ToBeVisibleAsync();
        await ChatBrowser.PictureAsync(page, "console-operations-troubles");

        var mails = page.Locator("#mails tbody tr");
        await mails.First.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(mails).ToHaveCountAsync(2);
        await mails.First.GetByRole(AriaRole.Button, new() { Name = "Give up" }).ClickAsync();
        await page.Locator("#dialog-text").FillAsync("nobody to answer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Do it" }).ClickAsync();
        await Assertions.Expect(mails).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".trouble").Filter(new() { HasText = "could not be taken in: 1" })).ToBeVisibleAsync();

        // What became of the mail, by the conversation's id; what was said in it is not for operators.
        var conversation = await OnlyMailAsync(staff);
        await page.GetByRole(AriaRole.Link, new() { Name = "A conversation’s log" }).ClickAsync();
        await page.Locator("#log-id").FillAsync(conversation);
        await page.Locator("#log-id").PressAsync("Enter");
        await Assertions.Expect(page.Locator("main table")).ToContainTextAsync("conversation.message_received");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("opening hours");

        await AuditAsync(staff);
        Assert.Empty(_system.Browser.Complaints);
    }

    /// <summary>The list of conversations follows in a moment.</summary>
    private static async Task<string> OnlyMailAsync(HttpClient staff)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var listed = JsonNode.Parse(await staff.GetStringAsync("api/conversations?channel=email", limit.Token))!["conversations"]!.AsArray();
            if (listed.Count > 0)
                return Assert.Single(listed)!["id"]!.GetValue<string>();
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    private async Task AuditAsync(HttpClient staff)
    {
        var page = await _system.PersonAsync(staff, "aki", "Aki", "auditor");
        await page.GetByRole(AriaRole.Link, new() { Name = "Operations" }).ClickAsync();
        await Assertions.Expect(page.Locator("#mails tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Give up" })).ToHaveCountAsync(0);
        using var issued = await staff.PostAsJsonAsync("api/tokens", new { id = "forged", name = "An auditor's own program", roles = new[] { "auditor" } });
        using var forger = new HttpClient { BaseAddress = _system.Address };
        forger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", JsonNode.Parse(await issued.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["token"]!.GetValue<string>());
        using var forged = await forger.PostAsync("api/operations/parked-mails/shop-mail/20260302T083017-00000003/drop", null);
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        // The session of the page itself gets no further.
        var upload = await page.APIRequest.PostAsync(new Uri(_system.Address, "console/files?name=x.txt").ToString(), new() { Headers = [KeyValuePair.Create("x-console", "file")], DataString = "x" });
        Assert.Equal((int)HttpStatusCode.Forbidden, upload.Status);

        await page.GetByRole(AriaRole.Link, new() { Name = "Audit log" }).ClickAsync();
        await FindAsync(page, who: "olu", act: "operations.");
        var acts = page.Locator("main tbody tr");
        await Assertions.Expect(acts).ToHaveCountAsync(2);
        await Assertions.Expect(acts.First).ToContainTextAsync("nobody to answer");
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export" }).ClickAsync());
        Assert.Equal(2, (await File.ReadAllLinesAsync(await file.PathAsync())).Count(line => line.Contains("shop-mail/20260302T08301", StringComparison.Ordinal)));
        await page.Locator("#audit-outcome").SelectOptionAsync("Denied");
        await FindAsync(page, who: "", act: "");
        await Assertions.Expect(acts.Filter(new() { HasText = "forged" })).ToHaveCountAsync(1);
        await Assertions.Expect(acts.Filter(new() { HasText = "aki" })).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the whole log" }).ClickAsync();
        await Assertions.Expect(page.Locator(".told")).ToContainTextAsync("records are as they were written");
        await ChatBrowser.PictureAsync(page, "console-audit-verified");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Conversations" })).ToHaveCountAsync(0);
    }

    private static async Task FindAsync(IPage page, string who, string act)
    {
        await page.Locator("#audit-who").FillAsync(who);
        await page.Locator("#audit-act").FillAsync(act);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
    }

    private async Task ParkAsync(string id, string mail)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_system.Data, "parked-mails", "shop-mail")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, id + ".txt"), "an old bug\n");
        await File.WriteAllTextAsync(Path.Combine(folder, id + ".eml"), mail);
    }
}
