using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Handoffs;
using CustomerService.Pipelines.Routing;
using CustomerService.Pipelines.Runs;
using CustomerService.Pipelines.Traces;

namespace CustomerService.Pipelines.Tests;

public sealed class ActionTests
{
    private static readonly FixedRules Rules = new(TwelveActions.ShippedRules());

    private readonly QueueGrains _grains = new();

    [Fact]
    public async Task Receiving_GivesTheStandardShape_FromTheRunItself()
    {
        var message = new Interaction("m-9", ChannelNames.Email, "ada@example.com", "Hi", Bench.Morning)
        {
            Priority = 4,
            Attachments = [new Attachment("bill.pdf", "application/pdf", 12, "blob:1")],
            ChannelMetadata = ImmutableDictionary<string, string>.Empty.Add("subject", "Bill"),
        };
        var scope = new RunScope(new RunContext("c-9", message, 1, "cust-9", [], null, null, null, 0), new ManualTimeProvider());

        var outputs = (await new ReceiveFromChannel().RunAsync(Call(scope), default)).Outputs;

        var data = Map(outputs["interaction_data"]);
        Assert.Equal(
            ["m-9", "Hi", "email", "2026-03-02T09:00:00.000+00:00", 4L, "c-9"],
            new[] { "id", "content", "channel", "timestamp", "priority", "conversation_id" }.Select(name => data[name]));
        Assert.Equal("bill.pdf", Map(Assert.Single(Assert.IsAssignableFrom<IReadOnlyList<object?>>(data["attachments"])))["name"]);
        Assert.Equal("Bill", Map(data["metadata"])["subject"]);
        var context = Map(outputs["channel_context"]);
        Assert.Equal(("email", "ada@example.com", "text/plain"), (context["type"], context["address"], context["format"]));
        Assert.Equal(("cust-9", "email"), (outputs["customer_id"], outputs["channel"]));
    }

    [Fact]
    public async Task Receiving_TakesPlainInputs_AsPeopleTryPipelinesOut()
    {
        var inputs = new Dictionary<string, object?> { ["content"] = "Where is it?", ["channel"] = "SMS", ["customer_id"] = 17L, ["priority"] = 3L };
        var scope = new RunScope(PipelineInputs.ContextOf(inputs, Bench.Morning), new ManualTimeProvider());

        var outputs = (await new ReceiveFromChannel().RunAsync(Call(scope, ("content", inputs["content"]), ("channel", inputs["channel"]), ("customer_id", inputs["customer_id"])), default)).Outputs;

        Assert.Equal(("17", "sms", "Where is it?"), (outputs["customer_id"], outputs["channel"], Map(outputs["interaction_data"])["content"]));
        Assert.Equal((3, "trial"), (scope.Context.Message.Priority, scope.Context.ConversationId));
    }

    [Fact]
    public async Task Receiving_RefusesAnUnknownChannel() =>
        Assert.Contains("'pigeon' is not a channel", (await Assert.ThrowsAsync<ArgumentException>(async () => await new ReceiveFromChannel().RunAsync(Call(Bench.Scope(), ("channel", "pigeon")), default))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task RoutingToAnAgent_PutsTheWholeContextIntoTheHandoff()
    {
        _grains.Enqueue("billing", "c-7", 8);
        _grains.Enqueue("billing", "c-8", 1);
        var scope = Bench.Scope(content: "You charged me twice!\n\nFix it.", pending: new PendingRequest("identity", "account_balance", ImmutableDictionary<string, string>.Empty, Bench.Morning));
        scope.Draft.Language = "en";
        scope.Draft.Intent = ("payment_problem", 0.87);
        scope.Draft.Sentiment = (-0.62, ["anger"], "high");
        scope.Draft.ProofFailed = true;
        var package = new Dictionary<string, object?>
        {
            ["customer"] = new Dictionary<string, object?> { ["name"] = "Noah", ["tier"] = "gold" },
            ["knowledge"] = new Dictionary<string, object?> { ["relevant_articles"] = new object?[] { new Dictionary<string, object?> { ["id"] = "pay", ["title"] = "Paying" } } },
        };

        var result = await Agents().RunAsync(Call(scope, ("queue", "billing"), ("priority", 7L), ("context_package", package), ("skills_required", new AutoValue("x")), ("reason", "payment_problem is for a person")), default);

        var handoff = scope.Draft.Handoff!;
        Assert.Equal(("billing", 7, "payment_problem is for a person"), (handoff.Queue, handoff.Priority, handoff.Reason));
        Assert.Equal(["payment_problem", "en"], handoff.Skills.AsEnumerable());
        Assert.Equal(["pay"], handoff.ArticleIds.AsEnumerable());
        Assert.Equal(
            """
            Customer: Noah, gold, identity not proven
            Wants: payment problem (87% sure); earlier account balance
            Message: “You charged me twice! Fix it.”
            Mood: upset (-0.62, anger), urgency high
            Tried: the assistant asked for the identity; 1 proof of identity did not hold
            Articles: Paying
            """,
            handoff.Summary);
        Assert.Null(result.Outputs["assigned_agent"]);
        Assert.Equal(2L, result.Outputs["queue_position"]); // behind the other high one, ahead of the normal one
        Assert.Contains("You are number 2 in line.", (string)result.Outputs["handoff_message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RoutingToAnAgent_TakesListsAsReasonAndSkills()
    {
        var scope = Bench.Scope();
        var factors = new object?[]
        {
            new Dictionary<string, object?> { ["factor"] = "language", ["blocks"] = false, ["detail"] = "fine" },
            new Dictionary<string, object?> { ["factor"] = "compliance", ["blocks"] = true, ["detail"] = "mentions a lawyer" },
            "too risky",
        };

        await Agents().RunAsync(Call(scope, ("reason", factors), ("skills_required", new object?[] { "law", "" }), ("priority", 99L)), default);

        var handoff = scope.Draft.Handoff!;
        Assert.Equal(("mentions a lawyer; too risky", 10, "general"), (handoff.Reason, handoff.Priority, handoff.Queue));
        Assert.Equal(["law"], handoff.Skills.AsEnumerable());
    }

    [Theory]
    [InlineData("en", 3, 300.0, "You are number 3 in line. The wait is about 5 minutes.")]
    [InlineData("en", 1, 20.0, "You are next in line. It should take less than a minute.")]
    [InlineData("de", 2, null, "Sie sind auf Platz 2 der Warteschlange.")]
    [InlineData("fr", null, 61.0, "L'attente est d'environ 2 minutes.")]
    [InlineData("es", 1, null, "Es usted la siguiente persona en la cola.")]
    [InlineData("ja", 4, 600.0, "現在4番目にお待ちいただいております。お待ち時間は約10分です。")]
    [InlineData("nl", 2, null, "You are number 2 in line.")]
    public void HandoffMessages_SpeakTheCustomersLanguage(string language, int? position, double? wait, string expected) =>
        Assert.Contains(expected, HandoffMessages.For(language, position, wait), StringComparison.Ordinal);

    [Fact]
    public async Task Sending_LetsOutWhatPassed()
    {
        var scope = Answered("It is open.", passed: true);

        var result = await Send(scope, "It is open.", ("attachments", new object?[] { "Talk to a person" }));

        Assert.Equal("accepted", result.Outputs["delivery_status"]);
        Assert.Null(result.Outputs["read_receipt"]);
        Assert.Equal(("It is open.", "a-1", "Talk to a person"), (scope.Draft.Answer!.Text, scope.Draft.Answer.Sources[0], scope.Draft.Answer.Actions[0]));
        Assert.Null(scope.Draft.Handoff);
    }

    [Fact]
    public async Task Sending_LetsOutTheWordsOfAHandoff()
    {
        var scope = Bench.Scope();
        var message = (string)(await Agents().RunAsync(Call(scope), default)).Outputs["handoff_message"]!;

        var result = await Send(scope, message);

        Assert.Equal("handed_off", result.Outputs["delivery_status"]);
        Assert.Equal(message, scope.Draft.Answer!.Text);
        Assert.Equal("the pipeline routed it to a person", scope.Draft.Handoff!.Reason);
    }

    [Theory]
    [InlineData(null, "the assistant has no answer to give")]
    [InlineData("  ", "the assistant has no answer to give")]
    [InlineData("Never checked", "not checked: the answer did not go through the quality check")]
    [InlineData("Bad answer", "quality: tone: shouting; accuracy: unknown amount")]
    public async Task Sending_HandsOver_WhatMayNotGoOut(string? content, string reason)
    {
        var scope = Answered("Bad answer", passed: false);
        scope.Draft.Intent = ("order_status", 0.9);

        var result = await Send(scope, content);

        Assert.Equal("handed_off", result.Outputs["delivery_status"]);
        Assert.Equal((reason, "orders"), (scope.Draft.Handoff!.Reason, scope.Draft.Handoff.Queue));
        Assert.Equal(HandoffMessages.For("en"), scope.Draft.Answer!.Text);
        Assert.Contains("an answer was written and not sent", scope.Draft.Handoff.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat", 10_000)]
    [InlineData("sms", 1_600)]
    public async Task Sending_HandsOver_WhatTheChannelCantCarry(string channel, int limit)
    {
        var fits = new string('x', limit);
        var scope = Answered(fits, passed: true);
        await Send(scope, fits, ("channel", channel));
        Assert.Null(scope.Draft.Handoff);

        scope = Answered(fits + "x", passed: true);
        await Send(scope, fits + "x", ("channel", channel));
        Assert.Contains($"the channel takes {limit:N0}", scope.Draft.Handoff!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logging_KeepsOneTicketPerConversation_AndTextsAsMetrics()
    {
        var (first, second) = (Bench.Scope(), Bench.Scope(content: "And my refund?"));
        first.Draft.Intent = ("order_status", 0.9);

        var result = await Log(first, ("metrics", new Dictionary<string, object?> { ["response_time"] = 1.25, ["sentiment"] = null }));
        await Log(second);

        Assert.Matches("^T-[0-9A-HJKMNP-TV-Z]{12}$", (string)result.Outputs["crm_ticket_id"]!);
        Assert.Equal(first.Draft.Log!.TicketId, second.Draft.Log!.TicketId);
        Assert.Equal("Order status: Where is my order?", first.Draft.Log.Subject);
        Assert.Equal("And my refund?", second.Draft.Log.Subject);
        Assert.Equal(("1.25", "", "automated", "solved"), (first.Draft.Log.Metrics["response_time"], first.Draft.Log.Metrics["sentiment"], first.Draft.Log.Metrics["resolution_type"], first.Draft.Log.Status));
    }

    [Theory]
    [InlineData(false, false, false, "automated", "solved")]
    [InlineData(true, false, false, "automated", "pending")]
    [InlineData(false, true, false, "automated", "pending")]
    [InlineData(true, true, true, "human", "open")]
    public async Task Logging_TakesTheStatus_FromWhatWasDecided(bool pending, bool followUp, bool handedOver, string resolution, string status)
    {
        var scope = Bench.Scope();
        scope.Draft.Pending = pending ? new PendingRequest("identity", "order_status", ImmutableDictionary<string, string>.Empty, Bench.Morning) : null;
        scope.Draft.Handoff = handedOver ? new HandoffPackage("general", 1, "why", "", [], []) : null;

        await Log(scope, ("resolution_type", "automated"), ("follow_up_required", followUp));

        Assert.Equal((resolution, status), (scope.Draft.Log!.Metrics["resolution_type"], scope.Draft.Log.Status));
    }

    [Fact]
    public void TheOutcome_OfAFailedRun_IsAFallbackAndAPerson_WithTheReason()
    {
        var scope = Bench.Scope();
        scope.Draft.Language = "de";
        scope.Draft.Answer = new OutgoingMessage("half done", [], []);
        var failure = new TaskFailure("mood", "mood: no result within 30 s", new TimeoutException());

        var outcome = RunOutcomeBuilder.Build(new PipelineResult(Trace(failure.Reason), failure), scope, Rules.Current);

        Assert.Equal(ResolutionTypes.ErrorFallback, outcome.ResolutionType);
        Assert.Equal(FallbackReplies.For("de"), outcome.Answer);
        Assert.Equal(("processing failed at mood: no result within 30 s", 6), (outcome.Handoff!.Reason, outcome.Handoff.Priority));
        Assert.Equal(("open", "error_fallback"), (outcome.Log!.Status, outcome.Log.Metrics["resolution_type"]));
        Assert.Equal(failure.Reason, PipelineTrace.Parse(outcome.Trace!).Failure);
    }

    [Fact]
    public void TheOutcome_OfARunThatDecidedNothing_IsAPersonToo()
    {
        var outcome = RunOutcomeBuilder.Build(new PipelineResult(Trace(null), null), Bench.Scope(), Rules.Current);

        Assert.Equal("the pipeline neither answered nor handed over", outcome.Handoff!.Reason);
        Assert.NotEmpty(outcome.Answer!.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheOutcome_KeepsWhatWasAsked_OnlyWhileTheAssistantHasTheConversation(bool handedOver)
    {
        var scope = Bench.Scope();
        scope.Draft.Identity = new ProvenIdentity("shop-1", "Ada", "basic", Bench.Morning, Bench.Morning.AddMinutes(30));
        scope.Draft.Pending = new PendingRequest("order_number", "order_status", ImmutableDictionary<string, string>.Empty, Bench.Morning);
        scope.Draft.Answer = new OutgoingMessage("Which order?", [], []);
        scope.Draft.Handoff = handedOver ? new HandoffPackage("general", 1, "why", "", [], []) : null;

        var outcome = RunOutcomeBuilder.Build(new PipelineResult(Trace(null), null), scope, Rules.Current);

        Assert.Equal(handedOver ? ResolutionTypes.Human : ResolutionTypes.Automated, outcome.ResolutionType);
        Assert.Equal(handedOver, outcome.Pending is null);
        Assert.Equal("shop-1", outcome.Identity!.CustomerId);
    }

    [Theory]
    [InlineData("Where is my order? And let me talk to a person", "Your order is on its way.", "the customer asks for a person", true)]
    [InlineData("¿Dónde está? Quiero hablar con una persona", "Está en camino.", "the customer asks for a person", true)]
    [InlineData("My parcel is broken", "I'm sorry. I am transferring you to a colleague now.", "the assistant said that a person takes over", false)]
    [InlineData("Mein Paket ist kaputt", "Das tut mir leid. Ich verbinde Sie mit einer Kollegin.", "the assistant said that a person takes over", false)]
    public void TheOutcome_OfAPipelineThatForgotTheHandoff_IsOneAllTheSame(string message, string answer, string reason, bool tellsTheCustomer)
    {
        var scope = Bench.Scope(content: message);
        scope.Draft.Language = "en";
        scope.Draft.Answer = new OutgoingMessage(answer, ["Talk to a person"], ["article:parcel"]);
        scope.Draft.Log = new InteractionLog("T-1", "parcel", "solved", "cust-1", ImmutableDictionary<string, string>.Empty);

        var outcome = RunOutcomeBuilder.Build(new PipelineResult(Trace(null), null), scope, Rules.Current);

        Assert.Equal((reason, ResolutionTypes.Human, "open"), (outcome.Handoff!.Reason, outcome.ResolutionType, outcome.Log!.Status));
        Assert.StartsWith(answer, outcome.Answer!.Text, StringComparison.Ordinal);
        Assert.Equal(tellsTheCustomer, outcome.Answer.Text.EndsWith(HandoffMessages.For("en"), StringComparison.Ordinal));
        Assert.Empty(outcome.Answer.Actions);
    }

    [Fact]
    public void TheHandoff_CarriesWhatIsKnown_EachThingByItself()
    {
        var scope = new RunScope(
            Bench.Scope(content: "no, the other one").Context with
            {
                FailedProofs = 1,
                History = [new TranscriptLine(1, Author.Assistant, "Which item do you want to return?", Bench.Morning)],
                Procedure = new ActiveProcedure("return_items", 1, "items", ImmutableDictionary<string, string>.Empty.Add("order", "#W1234567"), Bench.Morning, Bench.Morning) { Done = ["change_my_address"] },
            }, new ManualTimeProvider(Bench.Morning));
        scope.Draft.Language = "en";
        scope.Draft.Intent = ("return_item", 0.9);
        scope.Draft.OtherIntents = ["refund_status"];
        scope.Draft.Sentiment = (-0.4, ["frustration"], "high");
        scope.Draft.Proposed = new OutgoingMessage("…", [], ["order:#W1234567"]);

        var handoff = RunOutcomeBuilder.Build(new PipelineResult(Trace(null), null), scope, Rules.Current).Handoff!;

        var facts = handoff.Facts!;
        Assert.Equal(("return_item", 0.9, -0.4, "high"), (facts.Signals.Intent, facts.Signals.Confidence, facts.Signals.Sentiment, facts.Signals.Urgency));
        Assert.Equal("no, the other one", facts.Question);
        Assert.Equal("refund_status", Assert.Single(facts.OtherIntents));
        Assert.Equal("order:#W1234567", Assert.Single(facts.Sources));
        Assert.Equal("#W1234567", facts.Procedure!.Slots["order"]);
        Assert.Equal((1, false), (facts.FailedProofs, facts.IdentityProven));
        Assert.Contains(facts.Tried, line => line.Contains("Which item", StringComparison.Ordinal));
        Assert.Contains("return items is at its step 'items' with order #W1234567; done: change_my_address", handoff.Summary, StringComparison.Ordinal);
    }

    private AgentRouting Agents() => new(Rules, new QueueViews(_grains, new ManualTimeProvider()));

    private static ValueTask<ActionResult> Send(RunScope scope, string? content, params (string Name, object? Value)[] more) =>
        new SendViaChannel(Rules).RunAsync(Call(scope, [("content", content), .. more]), default);

    private static ValueTask<ActionResult> Log(RunScope scope, params (string Name, object? Value)[] parameters) =>
        new LogToSystems().RunAsync(Call(scope, parameters), default);

    private static RunScope Answered(string text, bool passed)
    {
        var scope = Bench.Scope();
        scope.Draft.Language = "en";
        scope.Draft.Proposed = new OutgoingMessage(text, ["Anything else?"], ["a-1"]);
        scope.Draft.Verdict = new QualityVerdict(text, passed ? 0.95 : 0.5, passed, passed ? [] : ["tone: shouting", "accuracy: unknown amount"]);
        return scope;
    }

    private static PipelineTrace Trace(string? failure) => new("p", "1", Bench.Morning, 5, [], failure);

    private static ActionCall Call(RunScope scope, params (string Name, object? Value)[] parameters) =>
        new("t", parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value), null, scope);

    private static IReadOnlyDictionary<string, object?> Map(object? value) => Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(value);
}
