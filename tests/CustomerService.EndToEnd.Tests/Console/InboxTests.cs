using CustomerService.Gateway.Tests.Support;
using Microsoft.Playwright;

namespace CustomerService.EndToEnd.Console;

/// <summary>Two agents and one customer: who is first, what the other is told, a question between them, and a line that is cut and comes back.</summary>
public sealed class InboxTests : ConsoleScenario
{
    private readonly TestFolder _content = new();

    private protected override async Task<ConsoleSystem> StartAsync()
    {
        TestFolder.CopyContent(_content.Path);
        // Each conversation is offered to two at once.
        var routing = Path.Combine(_content.Path, "routing.yaml");
        await File.WriteAllTextAsync(routing, (await File.ReadAllTextAsync(routing)).Replace("    to: 1 ", "    to: 2 ", StringComparison.Ordinal));
        return await ConsoleSystem.StartAsync("--content", _content.Path);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _content.Dispose();
    }

    [RequiresFact("chromium")]
    public async Task TwoAgents_OneOffer_AQuestionBetweenThem_AndALineThatIsCut()
    {
        var administrator = await _system.AdministratorAsync();
        var ann = await _system.AgentAsync(administrator, "ann", "Ann Lee");
        var ben = await _system.AgentAsync(administrator, "ben", "Ben Moss");
        foreach (var agent in new[] { ann, ben })
            await agent.GetByLabel("Are you there?").SelectOptionAsync("available");
        var customer = await _system.Browser.OpenAsync(_system.Address);
        await ChatBrowser.SayAsync(customer, Complaint);
        foreach (var agent in new[] { ann, ben })
            await Assertions.Expect(agent.Locator(".offer")).ToContainTextAsync(Complaint);

        // Both take it at once: one has it, the other is told who.
        await Task.WhenAll(new[] { ann, ben }.Select(agent => agent.EvaluateAsync("document.querySelector('.offer .button.main').click()")));
        var (annWasLate, benWasLate) = (ann.GetByText("Ben Moss has taken it").WaitForAsync(), ben.GetByText("Ann Lee has taken it").WaitForAsync());
        var told = await Task.WhenAny(annWasLate, benWasLate);
        await told;
        _ = Task.WhenAll(annWasLate, benWasLate).ContinueWith(both => both.Exception, TaskScheduler.Default); // Nobody tells the first, so that waiting fails at last.
        var (first, late, lateId) = told == annWasLate ? (ben, ann, "ann") : (ann, ben, "ben");
        await Assertions.Expect(first.GetByRole(AriaRole.Tab, new() { Name = "Reply" })).ToBeVisibleAsync();
        await Assertions.Expect(late.GetByRole(AriaRole.Tab, new() { Name = "Reply" })).ToHaveCountAsync(0);

        // The other is asked, and answers beside the conversation, on a screen too small to have it there always.
        await first.GetByRole(AriaRole.Button, new() { Name = "Ask a colleague" }).ClickAsync();
        await first.Locator("#consult-agent").FillAsync(lateId);
        await first.Locator("#consult-question").FillAsync("Which batch was that?");
        await first.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await late.Locator(".question").ClickAsync();
        await late.SetViewportSizeAsync(1100, 800);
        await Assertions.Expect(late.Locator(".consult")).ToBeHiddenAsync();
        await late.GetByRole(AriaRole.Button, new() { Name = "What is known" }).ClickAsync();
        await ChatBrowser.PictureAsync(late, "console-consult");
        await late.Locator(".consult textarea").FillAsync("Batch 7, all of it.");
        await late.GetByRole(AriaRole.Button, new() { Name = "Answer", Exact = true }).ClickAsync();
        await Assertions.Expect(first.Locator(".line.note").Filter(new() { HasText = "Batch 7" })).ToBeVisibleAsync();
        await Assertions.Expect(late.Locator(".question")).ToHaveCountAsync(0);

        // The line is cut while the customer writes: what was missed comes, what was being written stays.
        await first.GetByRole(AriaRole.Tab, new() { Name = "Reply" }).ClickAsync();
        await first.Locator("#composer").FillAsync("I looked it up, and");
        await first.Context.SetOfflineAsync(true);
        await Assertions.Expect(first.Locator("#components-reconnect-modal")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await ChatBrowser.SayAsync(customer, "Are you still there?");
        await Assertions.Expect(late.Locator(".transcript")).ToContainTextAsync("Are you still there?");
        await first.Context.SetOfflineAsync(false);
        await Assertions.Expect(first.Locator(".transcript")).ToContainTextAsync("Are you still there?", new() { Timeout = 60_000 });
        await Assertions.Expect(first.Locator("#composer")).ToHaveValueAsync("I looked it up, and");
        await ChatBrowser.PictureAsync(first, "console-inbox");
    }
}
