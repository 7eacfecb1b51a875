using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>A customer's chat and an agent's desk, each in a real browser, through the real program.</summary>
public sealed class AgentsDayTests : ConsoleScenario
{
    [RequiresFact("chromium")]
    public async Task FromTheFirstStart_ToACustomerWhoIsHelped()
    {
        var administrator = await _system.AdministratorAsync();
        await Assertions.Expect(administrator.Locator("main")).ToContainTextAsync("You have no desk yet");
        var ann = await _system.AgentAsync(administrator, "ann", "Ann Lee");
        await ChatBrowser.PictureAsync(administrator, "console-people");
        await ann.GetByLabel("Are you there?").SelectOptionAsync("available");

        var customer = await _system.Browser.OpenAsync(_system.Address);
        await ChatBrowser.SayAsync(customer, Complaint);
        var offer = ann.Locator(".offer");
        await Assertions.Expect(offer).ToContainTextAsync(Complaint);
        await ChatBrowser.PictureAsync(ann, "console-offer");
        await ConsoleDoor.AcceptAsync(ann);
        await Assertions.Expect(ann.Locator(".transcript")).ToContainTextAsync(Complaint);

        await ann.Locator("#composer").FillAsync("I am Ann, and I am sorry. I will send you a new kettle today.");
        await ann.Locator("#composer").PressAsync("Control+Enter");
        await Assertions.Expect(ChatBrowser.Bubbles(customer).Last).ToContainTextAsync("I am Ann");
        await ChatBrowser.SayAsync(customer, "Thank you, Ann!");
        await Assertions.Expect(ann.Locator(".transcript .customer .said").Last).ToHaveTextAsync("Thank you, Ann!");
        // What the customer writes while she writes holds her answer back, and so do the owner's rules.
        await ann.Locator("#composer").FillAsync("It comes on Friday.");
        await ChatBrowser.SayAsync(customer, "No, wait: send it to my office.");
        await Assertions.Expect(ann.Locator(".transcript .customer .said").Last).ToHaveTextAsync("No, wait: send it to my office.");
        await ann.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(ann.Locator(".composer .told")).ToContainTextAsync("send it to my office");
        await ann.Locator("#composer").FillAsync("To your office, then. Your card 4111 1111 1111 1111 is not charged.");
        await ann.Locator("#composer").PressAsync("Control+Enter");
        await Assertions.Expect(ann.Locator(".composer .wrong")).ToContainTextAsync("It was not sent");
        await ann.Locator("#composer").FillAsync("To your office, then.");
        await ann.Locator("#composer").PressAsync("Control+Enter");
        await Assertions.Expect(ChatBrowser.Bubbles(customer).Last).ToHaveTextAsync("To your office, then.");
        await Assertions.Expect(ChatBrowser.Bubbles(customer).Filter(new() { HasText = "Friday" })).ToHaveCountAsync(0);
        await ann.GetByRole(AriaRole.Tab, new() { Name = "Private note" }).ClickAsync();
        await ann.Locator("#composer").FillAsync("Third kettle: check the batch.");
        await ann.GetByRole(AriaRole.Button, new() { Name = "Add the note" }).ClickAsync();
        await Assertions.Expect(ann.Locator(".line.note")).ToContainTextAsync("check the batch");
        await ChatBrowser.PictureAsync(ann, "console-desk");
        await Assertions.Expect(ChatBrowser.Bubbles(customer).Filter(new() { HasText = "batch" })).ToHaveCountAsync(0);

        await ann.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Assertions.Expect(ann.Locator(".conversation-head")).ToContainTextAsync("resolved");
        Assert.Empty(_system.Browser.Complaints);
    }

    [RequiresFact("chromium")]
    public async Task ProgramKilled_ThePageComesBackToItsPlace()
    {
        var administrator = await _system.AdministratorAsync();
        await administrator.GetByRole(AriaRole.Link, new() { Name = "Queues" }).ClickAsync();
        await Assertions.Expect(administrator.Locator("article.card").First).ToBeVisibleAsync();
        await ChatBrowser.PictureAsync(administrator, "console-queues");
        var loaded = new TaskCompletionSource();
        administrator.Load += (_, _) => loaded.TrySetResult();

        await _system.KillAndRunAsync();

        await loaded.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Assertions.Expect(administrator.Locator("article.card").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.EndsWith("/console/queues", administrator.Url, StringComparison.Ordinal);
    }

    [RequiresFact("chromium")]
    public async Task WhoeverSeesNothing_GetsNothing()
    {
        var administrator = await _system.AdministratorAsync();
        var ann = await _system.AgentAsync(administrator, "ann", "Ann Lee");

        await Assertions.Expect(ann.GetByRole(AriaRole.Link, new() { Name = "People" })).ToHaveCountAsync(0);
        await ann.GotoAsync(new Uri(_system.Address, "console/people").ToString());
        await Assertions.Expect(ann.Locator("main")).ToContainTextAsync("This is not for you");
        await ann.GotoAsync(new Uri(_system.Address, "console/audit").ToString());
        await Assertions.Expect(ann.Locator("main")).ToContainTextAsync("This is not for you");

        // What the administrator did stands in the log, and the log is whole; who is switched off is out at once.
        await administrator.GetByRole(AriaRole.Link, new() { Name = "Audit log" }).ClickAsync();
        await Assertions.Expect(administrator.Locator("main")).ToContainTextAsync("staff.add_person");
        await administrator.GetByRole(AriaRole.Button, new() { Name = "Check the whole log" }).ClickAsync();
        await Assertions.Expect(administrator.Locator(".told")).ToContainTextAsync("as they were written");
        await ChatBrowser.PictureAsync(administrator, "console-audit");
        await administrator.GetByRole(AriaRole.Link, new() { Name = "People" }).ClickAsync();
        await administrator.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ann Lee" }).GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();
        await administrator.GetByRole(AriaRole.Button, new() { Name = "Switch it off" }).ClickAsync();
        await Assertions.Expect(administrator.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ann Lee" })).ToContainTextAsync("switched off");
        await ann.GotoAsync(new Uri(_system.Address, "console/desk").ToString());
        await Assertions.Expect(ann).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/console/sign-in"));
    }
}
