using CustomerService.Assistants.Tests.Support;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Tests.Procedures;

/// <summary>A model reads what the rules can't, over the wire: among numbered choices, validated as typed words are, and never with a yes.</summary>
public sealed class ModelSlotReaderTests : IDisposable
{
    private const string Proof = "lena.berg@example.com 80279";
    private static readonly ModelRole Role = new("writing", "openai", "gpt-4", 0, null);

    private readonly ModelServer _server = new();
    private readonly Assistant _assistant;
    private readonly Talk _talk;
    private string _intent = "return_item";
    private string _reply = """{"slots": []}""";

    public ModelSlotReaderTests()
    {
        _server.AnswerBy(request =>
            request.Instructions.Contains("You tell what a customer", StringComparison.Ordinal) ? ModelServer.Says($$"""{"intents": [{"intent": "{{_intent}}", "confidence": 0.95}], "language": "en"}""")
            : request.Instructions.Contains("You read what a customer", StringComparison.Ordinal) ? ModelServer.Says(_reply)
            : ModelServer.Says("""{"score": 0, "emotions": [], "urgency": "normal"}"""));
        _assistant = new Assistant(_server.Settings());
        _talk = new Talk(_assistant, role: Role);
    }

    public void Dispose()
    {
        _assistant.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task WordsThatNoRuleKnows_AreReadByTheModel_AndOnlyTheCustomersYesDoesIt()
    {
        await AskedForItemsAsync();
        Slots("items", 1);
        var items = await _talk.SayAsync("the one that looks like a fire engine");
        Assert.Contains("payment", items.Text, StringComparison.Ordinal);

        Slots("payment", 1);
        var confirm = await _talk.SayAsync("whatever I gave you my money with back then");
        Assert.Contains("Desk Lamp (red)", confirm.Text, StringComparison.Ordinal);
        Assert.Contains("Visa card ending in 1234", confirm.Text, StringComparison.Ordinal);
        Assert.NotNull(confirm.Scope.Draft.Procedure!.AwaitsYesTo);

        Script("""{"slots": []}""");
        var again = await _talk.SayAsync("make it so, my friend the machine");
        Assert.NotNull(again.Scope.Draft.Procedure!.AwaitsYesTo);
        Assert.Equal("delivered", await StatusAsync());

        await _talk.SayAsync("yes");
        Assert.Equal("return requested", await StatusAsync());
    }

    [Fact]
    public async Task CallIsInTheTrace_WithPromptTokensAndCost_AndShowsNoIds()
    {
        await AskedForItemsAsync();
        Slots("items", 2);

        await _talk.SayAsync("the one that looks like the sea");

        var use = Assert.Single(_assistant.Answering);
        Assert.Equal("slots v1", use.Prompt);
        Assert.True(use is { InputTokens: > 0, OutputTokens: > 0, Cost: > 0 });
        var body = _server.Requests.Last(request => request.Instructions.Contains("You read what a customer", StringComparison.Ordinal)).Body;
        Assert.Contains("Desk Lamp (blue)", body, StringComparison.Ordinal);
        Assert.DoesNotContain("card_1", body, StringComparison.Ordinal);
        Assert.DoesNotContain("lena.berg", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CorrectionAtAConfirmation_IsReadByTheModel_AndConfirmedAnew()
    {
        await AskedForItemsAsync();
        await _talk.SayAsync("the red one");
        var first = await _talk.SayAsync("visa");
        Slots("items", 2);

        var second = await _talk.SayAsync("hmm, the one like the sea was what I wanted to get rid of");

        Assert.Contains("Desk Lamp (blue)", second.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Desk Lamp (red)", second.Text, StringComparison.Ordinal);
        Assert.NotEqual(first.Scope.Draft.Procedure!.AwaitsYesTo, second.Scope.Draft.Procedure!.AwaitsYesTo);
    }

    [Theory]
    [InlineData("""{"slots": [{"slot": "items", "choices": [9], "text": null, "address": null}]}""", "has no choice 9")]
    [InlineData("""{"slots": [{"slot": "owner", "choices": [1], "text": null, "address": null}]}""", "there is no slot 'owner'")]
    [InlineData("""{"slots": [{"slot": "items", "choices": ["501"], "text": null, "address": null}]}""", "must be a whole number")]
    [InlineData("""{"confirmed": true}""", "'slots' is missing")]
    public async Task ReplyThatCantBeUsed_IsRepairedOnce_AndThenTheRulesAskAgain(string reply, string problem)
    {
        await AskedForItemsAsync();
        Script(reply);

        var run = await _talk.SayAsync("the one that looks like a fire engine");

        Assert.Equal(2, _assistant.Answering.Length);
        Assert.Contains(_server.Requests[^1].Texts, text => text.Contains(problem, StringComparison.Ordinal));
        Assert.Equal("ask_items", run.Scope.Draft.Procedure!.Step);
        Assert.DoesNotContain("items", run.Scope.Draft.Procedure.Slots.Keys);
    }

    [Fact]
    public async Task AddressThatTheMessageDoesNotHold_IsNotBelieved()
    {
        _intent = "change_address";
        await _talk.SayAsync($"change the delivery address of order {Shop.LenasPending}");
        await _talk.SayAsync(Proof);
        Script("""{"slots": [{"slot": "address", "choices": [], "text": null, "address": {"address1": "1 Thief Lane", "address2": null, "city": "Reno", "state": "NV", "zip": "89501", "country": "USA"}}]}""");

        var invented = await _talk.SayAsync("to where my sister lives, the old mill by the river in Salem");
        Assert.DoesNotContain("Thief Lane", invented.Text, StringComparison.Ordinal);
        Assert.Equal("ask_address", invented.Scope.Draft.Procedure?.Step);
        Assert.Null(invented.Scope.Draft.Procedure!.AwaitsYesTo);

        Script("""{"slots": [{"slot": "address", "choices": [], "text": null, "address": {"address1": "Old Mill by the River", "address2": null, "city": "Salem", "state": null, "zip": null, "country": null}}]}""");
        var half = await _talk.SayAsync("people call it the Old Mill by the River, and the town is Salem");
        Assert.Contains("postcode", half.Text, StringComparison.Ordinal);

        var whole = await _talk.SayAsync("OR 97301");
        Assert.Contains("Old Mill by the River, Salem, OR 97301, USA", whole.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelThatIsDown_LeavesItToTheRules()
    {
        await AskedForItemsAsync();
        _server.AnswerBy(_ => ModelServer.Error(500));

        var asked = await _talk.SayAsync("the one that looks like a fire engine");
        Assert.Equal("ask_items", asked.Scope.Draft.Procedure!.Step);

        var read = await _talk.SayAsync("the red one");
        Assert.Contains("refund", read.Text, StringComparison.OrdinalIgnoreCase);
    }

    private async Task AskedForItemsAsync()
    {
        await _talk.SayAsync($"I want to return something from order {Shop.LenasDelivered}");
        var asked = await _talk.SayAsync(Proof);
        Assert.Equal("ask_items", asked.Scope.Draft.Procedure!.Step);
    }

    private void Slots(string slot, int choice) => Script($$"""{"slots": [{"slot": "{{slot}}", "choices": [{{choice}}], "text": null, "address": null}]}""");

    private void Script(string reply) => _reply = reply;

    private async Task<string> StatusAsync() => (await _assistant.Shop.Orders.FindOrderAsync(Shop.LenasDelivered, default))!.Status;
}
