using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>Somebody's work is reviewed, and they have their say, through the real program.</summary>
public sealed class QualityTests : ConsoleScenario
{
    [RequiresFact("chromium")]
    public async Task AReview_ReachesTheAgent_WhoSeesItOtherwise()
    {
        var reviewer = await _system.AdministratorAsync();
        var ann = await _system.AgentAsync(reviewer, "ann", "Ann Lee");
        await ann.GetByLabel("Are you there?").SelectOptionAsync("available");
        await SayAsync("c-1", Complaint);
        await ConsoleDoor.AcceptAsync(ann);
        await Assertions.Expect(ann.Locator(".transcript")).ToContainTextAsync(Complaint);
        await ann.Locator("#composer").FillAsync("I am Ann, and I am sorry.");
        await ann.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(ann.Locator(".transcript .agent .said").Last).ToHaveTextAsync("I am Ann, and I am sorry.");
        await reviewer.GotoAsync(new Uri(_system.Address, "console/conversations").ToString());
        await Assertions.Expect(reviewer.GetByRole(AriaRole.Button, new() { Name = "With people 1" })).ToBeVisibleAsync(); // The list knows whose it is.

        await reviewer.Locator("a[href='console/conversations/c-1']").ClickAsync();
        await reviewer.Locator("a[href='console/quality/c-1']").ClickAsync();
        await Assertions.Expect(reviewer.Locator("fieldset.review-question")).ToHaveCountAsync(7);
        foreach (var question in await reviewer.Locator("fieldset.review-question").AllAsync())
            await question.GetByRole(AriaRole.Radio).First.CheckAsync();
        await reviewer.Locator("fieldset.review-question").First.GetByRole(AriaRole.Radio, new() { Name = "1" }).CheckAsync();
        await reviewer.Locator("fieldset.review-question").First.GetByRole(AriaRole.Combobox).SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await reviewer.Locator("#review-comment").FillAsync("Ask for the order at once.");
        await ChatBrowser.PictureAsync(reviewer, "console-review-form");
        await reviewer.GetByRole(AriaRole.Button, new() { Name = "Give the review" }).ClickAsync();
        await Assertions.Expect(reviewer.Locator(".given .badge").First).ToContainTextAsync("91"); // All but half of the two of eleven weights.

        await reviewer.Locator(".given").GetByRole(AriaRole.Link, new() { Name = "message 1" }).ClickAsync();
        await Assertions.Expect(reviewer.Locator(".review-said .pointed")).ToContainTextAsync(Complaint);
        await reviewer.Locator("#review-comment").FillAsync("It was quick, too.");
        await Assertions.Expect(reviewer.GetByText("Not given yet.")).ToBeVisibleAsync();

        await ann.GetByRole(AriaRole.Button, new() { Name = "Notices, 1 new" }).ClickAsync();
        await ann.GetByRole(AriaRole.Button, new() { Name = "admin reviewed your work" }).ClickAsync();
        await Assertions.Expect(ann.Locator(".given")).ToContainTextAsync("Ask for the order at once.");
        await ann.GetByRole(AriaRole.Button, new() { Name = "I see it otherwise" }).ClickAsync();
        await ann.Locator("#dialog-text").FillAsync("I had it already.");
        await ann.GetByRole(AriaRole.Button, new() { Name = "Do it" }).ClickAsync();
        await Assertions.Expect(ann.Locator(".given .wrong")).ToContainTextAsync("I had it already.");
        await ChatBrowser.PictureAsync(ann, "console-review-own");

        // What was begun meanwhile stays, and is not given over what its reviewer has not read.
        await reviewer.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await Assertions.Expect(reviewer.Locator(".given .wrong")).ToContainTextAsync("I had it already.");
        await Assertions.Expect(reviewer.Locator("form [role=alert]")).ToContainTextAsync("disputed or answered meanwhile");
        await Assertions.Expect(reviewer.Locator("#review-comment")).ToHaveValueAsync("It was quick, too.");
        await ChatBrowser.PictureAsync(reviewer, "console-review-disputed");
        await reviewer.GetByRole(AriaRole.Button, new() { Name = "Mine goes in its place" }).ClickAsync();
        await reviewer.GetByRole(AriaRole.Button, new() { Name = "Give the review" }).ClickAsync();
        await Assertions.Expect(reviewer.Locator(".given")).ToContainTextAsync("It was quick, too.");
        await Assertions.Expect(ann.Locator(".given")).ToContainTextAsync("It was quick, too.");
        Assert.Empty(_system.Browser.Complaints);
    }
}
