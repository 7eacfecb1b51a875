using System.Collections.Immutable;
using CustomerService.Assistants.Tests.Support;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Tests.Responses;

/// <summary>What a model may look up, what becomes of a change that it asks for, and what of its words gets through.</summary>
public sealed class ModelAnswersTests : IDisposable
{
    private const string Proof = "I'm Lena Berg, zip 80279";
    private const string Question = "Does the lamp have a warranty?";
    private static readonly ModelRole Role = new("writing", "anthropic", "claude", 0, null);

    private readonly ModelServer _server = new();
    private readonly Queue<ModelServer.Reply> _answers = new();
    private readonly Assistant _assistant;
    private readonly Talk _talk;

    public ModelAnswersTests()
    {
        _server.AnswerBy(request =>
            request.Instructions.Contains("You tell what a customer", StringComparison.Ordinal) ? ModelServer.Says("""{"intents": [{"intent": "warranty", "confidence": 0.95}], "language": "en"}""")
            : request.Instructions.Contains("You read how", StringComparison.Ordinal) ? ModelServer.Says("""{"score": 0, "emotions": [], "urgency": "normal"}""")
            : _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek());
        _assistant = new Assistant(_server.Settings());
        _talk = new Talk(_assistant, role: Role);
    }

    public void Dispose()
    {
        _assistant.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Answer_RestsOnWhatToolsReturned()
    {
        Script(ModelServer.Calls(("get_order", """{"order_id": "#W1000001"}"""), ("get_order", """{"order_id": "#W3000003"}""")),
            Says("Your red Desk Lamp was $20.50 in order #W1000001.", "order:#W1000001"));
        await _talk.SayAsync(Proof);

        var run = await _talk.SayAsync(Question);

        Assert.Equal("Your red Desk Lamp was $20.50 in order #W1000001.", run.Text);
        Assert.True(run.Verdict!.Passed, string.Join(' ', run.Verdict.Issues));
        Assert.Equal("order:#W1000001", Assert.Single(run.Scope.Draft.Proposed!.Sources));
        var tools = Answering[0].Tools;
        Assert.Equal([("get_order", "ok"), ("get_order", "not_found")], tools.Select(tool => (tool.Tool, tool.Outcome)));
        Assert.Equal("order_id", Assert.Single(tools[0].Arguments));
        Assert.DoesNotContain("Electric Kettle", string.Concat(_server.Requests.Select(request => request.Body)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SourceThatNobodyReturned_IsRepairedOnce_AndThenTheArticleAnswers()
    {
        Script(Says("It was sent to Dallas.", "order:#W3000003"));
        await _talk.SayAsync(Proof);

        var run = await _talk.SayAsync(Question);

        Assert.Contains("two years", run.Text, StringComparison.Ordinal);
        Assert.StartsWith("local: anthropic/claude: unreadable answer, also when asked again (there is no source", run.Answered.Note, StringComparison.Ordinal);
        Assert.Equal(2, Answering.Length);
    }

    [Fact]
    public async Task Change_IsAskedOfTheCustomer_AndDoneByTheirYes()
    {
        Script(ModelServer.Calls(("cancel_order", """{"order_id": "#W2000002", "reason": "no longer needed"}""")), Says("I have cancelled it.", "order:#W2000002"));
        await _talk.SayAsync(Proof);

        var asked = await _talk.SayAsync("I think the chair is not for me after all, does it have a warranty?");
        Assert.Equal("proposed", Answering[0].Tools[0].Outcome);
        Assert.Contains("#W2000002", asked.Text, StringComparison.Ordinal);
        Assert.NotNull(asked.Scope.Draft.Procedure!.AwaitsYesTo);
        Assert.True(asked.Verdict!.Passed, string.Join(' ', asked.Verdict.Issues));
        Assert.Equal("pending", await StatusAsync());

        await _talk.SayAsync("Yes");
        Assert.Equal("cancelled", await StatusAsync());
    }

    [Theory]
    [InlineData("No")]
    [InlineData("What are your opening hours?")]
    public async Task Change_WithoutTheCustomersYes_IsNotDone(string reply)
    {
        Script(ModelServer.Calls(("cancel_order", """{"order_id": "#W2000002", "reason": "no longer needed", "confirmed": true}""")),
            ModelServer.Calls(("cancel_order", """{"order_id": "#W2000002", "reason": "no longer needed"}""")));
        await _talk.SayAsync(Proof);

        await _talk.SayAsync(Question);
        Assert.Equal(["bad_arguments", "proposed"], Answering.SelectMany(use => use.Tools).Select(tool => tool.Outcome));
        await _talk.SayAsync(reply);

        Assert.Equal("pending", await StatusAsync());
    }

    [Fact]
    public async Task Change_ForSomebodyUnknown_IsRefused_AndSoIsAnothersOrder()
    {
        Script(ModelServer.Calls(("cancel_order", """{"order_id": "#W2000002", "reason": "no longer needed"}"""), ("find_my_orders", "{}")), Says(null));
        await _talk.SayAsync(Question);
        Assert.Equal(["identity_needed", "identity_needed"], Answering[0].Tools.Select(tool => tool.Outcome));

        Script(ModelServer.Calls(("cancel_order", """{"order_id": "#W3000003", "reason": "no longer needed"}""")));
        await _talk.SayAsync(Proof);
        var run = await _talk.SayAsync(Question);
        Assert.Null(run.Scope.Draft.Procedure);
        Assert.Contains("can't be asked of the customer now", run.Answered.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("W3000003", run.Text ?? "", StringComparison.Ordinal);
        Assert.Equal("processed", (await _assistant.Shop.Orders.FindOrderAsync("#W3000003", default))!.Status);
    }

    [Fact]
    public async Task ModelThatNeverStopsAsking_IsStopped()
    {
        Script(ModelServer.Calls(("search_knowledge", """{"query": "lamp"}""")));

        var run = await _talk.SayAsync(Question);

        Assert.Contains("asks for tools without end", run.Answered.Note, StringComparison.Ordinal);
        Assert.Equal(5, Answering.Length);
        Assert.Contains("two years", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelThatAsksForAPerson_GetsOne()
    {
        Script(ModelServer.Calls(("transfer_to_human", """{"summary": "wants a person"}""")));

        var run = await _talk.SayAsync(Question);

        Assert.Null(run.Text);
        Assert.Equal("anthropic/claude asks for a person", run.Answered.Note);
    }

    [Fact]
    public async Task Markup_IsTakenOff_AndButtonsWithLinksAreLeftOut()
    {
        Script(ModelServer.Says("""{"answer": "<b>Two years</b> of warranty.<script>x()</script>", "sources": ["article:warranty@1"], "suggested_actions": ["Open https://evil.example", "Start a claim"], "follow_up_required": false}"""));

        var run = await _talk.SayAsync(Question);

        Assert.Equal("Two years  of warranty.", run.Text);
        Assert.Equal("Start a claim", Assert.Single(run.Scope.Draft.Proposed!.Actions));
    }

    [Fact]
    public async Task Figures_CountTokensTimeAndTools_ByTheConventionsNames()
    {
        var counted = new System.Collections.Concurrent.ConcurrentBag<(string Name, string? Tool)>();
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == CustomerService.Assistants.Models.ModelInstruments.MeterName)
                listening.EnableMeasurementEvents(instrument);
        };
        void Count(string name, ReadOnlySpan<KeyValuePair<string, object?>> tags) => counted.Add((name, tags.ToArray().FirstOrDefault(tag => tag.Key == "tool").Value as string));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Count(instrument.Name, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Count(instrument.Name, tags));
        listener.Start();
        Script(ModelServer.Calls(("open_the_safe", "{}")), Says(null));

        await _talk.SayAsync(Question);

        foreach (var name in new[] { "gen_ai.client.token.usage", "gen_ai.client.operation.duration", "gen_ai.client.operation.time_to_first_chunk" })
            Assert.Contains(counted, one => one.Name == name);
        Assert.Contains(("model_tool_calls", "unknown"), counted); // a name that a model made up is no label
    }

    private ImmutableArray<ModelUse> Answering => _assistant.Answering;

    private void Script(params ModelServer.Reply[] answers)
    {
        _answers.Clear();
        foreach (var answer in answers)
            _answers.Enqueue(answer);
    }

    private static ModelServer.Reply Says(string? answer, params string[] sources) =>
        ModelServer.Says(System.Text.Json.JsonSerializer.Serialize(new { answer, sources, suggested_actions = Array.Empty<string>(), follow_up_required = false }));

    private async Task<string> StatusAsync() => (await _assistant.Shop.Orders.FindOrderAsync(Shop.LenasPending, default))!.Status;
}
