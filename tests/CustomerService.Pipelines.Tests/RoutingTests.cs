using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Routing;

namespace CustomerService.Pipelines.Tests;

public sealed class RoutingTests
{
    private static readonly RoutingRules Rules = TwelveActions.ShippedRules();

    private static RoutingQuestion Ask(string intent = "order_status", double sentiment = 0, string tier = "standard", string language = "en", string urgency = "normal") =>
        new(intent, sentiment, urgency, tier, language);

    [Theory]
    [InlineData("order_status", 0.0, "standard", "en", "automated", "orders")]
    [InlineData("greeting", 0.0, "silver", "und", "automated", "general")]
    [InlineData("order_status", 0.0, "standard", "fr", "automated", "orders")]
    [InlineData("order_status", 0.0, "standard", "it", "human", "orders")]
    [InlineData("talk_to_human", 0.0, "gold", "en", "human", "general")]
    [InlineData("order_status", 0.0, "gold", "en", "human", "specialist")]
    [InlineData("order_status", 0.9, "platinum", "en", "human", "specialist")]
    [InlineData("order_status", -0.51, "standard", "en", "human", "specialist")]
    [InlineData("order_status", -0.5, "standard", "en", "automated", "orders")]
    [InlineData("complaint", 0.0, "standard", "en", "human", "complaints")]
    [InlineData("close_account", 0.0, "standard", "en", "human", "account")]
    [InlineData("unknown", 0.0, "standard", "en", "human", "general")]
    public void TheFirstRuleThatFits_Decides(string intent, double sentiment, string tier, string language, string decision, string queue)
    {
        var choice = RoutingChoice.Of(Ask(intent, sentiment, tier, language), Rules);

        Assert.Equal((decision, queue), (choice.Decision, choice.Queue));
        Assert.NotEmpty(choice.Reason);
    }

    [Theory]
    [InlineData("identity_details", "automated")]
    [InlineData("unknown", "automated")]
    [InlineData("talk_to_human", "human")]
    [InlineData("complaint", "human")]
    public void TheAnswerToTheAssistantsQuestion_StaysWithTheAssistant(string intent, string decision)
    {
        // Names and numbers look like any language.
        var question = Ask(intent, language: "it") with { Pending = Pending("order_status") };

        var choice = RoutingChoice.Of(question, Rules);

        Assert.Equal((decision, "orders"), (choice.Decision, choice.Queue));
    }

    [Fact]
    public void APendingRequest_ThatIsNotAutomatableAnyMore_DoesNotCount() =>
        Assert.Equal("human", RoutingChoice.Of(Ask("unknown") with { Pending = Pending("close_account") }, Rules).Decision);

    [Theory]
    [InlineData("order_status", 0, 0.0, false, false, "automated")]
    [InlineData("order_status", 0, -0.4, false, false, "automated")]
    [InlineData("order_status", 1, 0.0, false, false, "automated")]
    [InlineData("order_status", 1, -0.4, false, false, "human")]
    [InlineData("order_status", 2, 0.5, false, false, "human")]
    [InlineData("thanks", 2, 0.5, false, false, "automated")]
    [InlineData("order_status", 0, 0.0, true, false, "human")]
    [InlineData("thanks", 0, 0.0, true, false, "human")]
    [InlineData("order_status", 0, 0.0, false, true, "human")]
    public void NobodyIsPassedBackAndForth(string intent, int handoffs, double sentiment, bool asksForPerson, bool unhelped, string decision)
    {
        var question = Ask(intent, sentiment) with { Handoffs = handoffs, AsksForPerson = asksForPerson, Unhelped = unhelped ? "it does not help" : null };

        Assert.Equal(decision, RoutingChoice.Of(question, Rules).Decision);
        Assert.Equal(asksForPerson ? "human" : decision, RoutingChoice.Of(question with { Pending = Pending("order_status") }, Rules).Decision);
    }

    [Theory]
    [InlineData("order_status", 0.0, "standard", "low", 0, 1)]
    [InlineData("order_status", 0.0, "standard", "normal", 0, 3)]
    [InlineData("complaint", 0.0, "standard", "normal", 0, 6)]
    [InlineData("order_status", -0.9, "gold", "high", 0, 8)]
    [InlineData("complaint", -0.9, "platinum", "critical", 0, 10)]
    [InlineData("order_status", 0.0, "standard", "low", 9, 9)]
    [InlineData("order_status", 0.0, "standard", "unheard-of", 0, 0)]
    public void Priority_AddsUp_WithinItsBounds(string intent, double sentiment, string tier, string urgency, int message, int expected) =>
        Assert.Equal(expected, RoutingChoice.Of(Ask(intent, sentiment, tier, urgency: urgency) with { Priority = message }, Rules).Priority);

    [Fact]
    public async Task TheAction_TellsHowTheQueueStands()
    {
        var grains = new QueueGrains();
        grains.Enqueue("complaints", "c-7", 3);
        var (action, scope) = (Action(grains, new ManualTimeProvider()), Bench.Scope());

        var result = await action.RunAsync(Call(scope, ("intent", "complaint")), default);

        Assert.Equal("human", result.Outputs["routing_decision"]);
        Assert.Equal("complaints", result.Outputs["target_queue"]);
        Assert.Equal(6L, result.Outputs["priority_score"]);
        Assert.Equal(0L, result.Outputs["agents_available"]);
        Assert.Equal(scope.Draft.Routing!.Reason, result.Note);
    }

    [Fact]
    public async Task QueuesAreAsked_OnceASecond()
    {
        var (grains, time) = (new QueueGrains(), new ManualTimeProvider());
        var action = Action(grains, time);

        for (var i = 0; i < 100; i++)
            await action.RunAsync(Call(Bench.Scope(), ("intent", "complaint")), default);
        Assert.Equal(1, grains.Asked);
        time.Advance(TimeSpan.FromSeconds(1.1));
        await action.RunAsync(Call(Bench.Scope(), ("intent", "complaint")), default);
        Assert.Equal(2, grains.Asked);
    }

    [Fact]
    public async Task AQueueThatCantBeAsked_KeepsNobodyFromBeingRouted()
    {
        var result = await Action(new DeafGrains(), new ManualTimeProvider()).RunAsync(Call(Bench.Scope(), ("intent", "complaint")), default);

        Assert.Equal("human", result.Outputs["routing_decision"]);
        Assert.Null(result.Outputs["estimated_wait_time"]);
        Assert.Null(result.Outputs["agents_available"]);
    }

    [Theory]
    [InlineData("first_response")]
    [InlineData("first_response_time")] // as the owner's promises name it
    public async Task AGivenAvailability_AndABrokenPromise_Count(string key)
    {
        var grains = new QueueGrains();
        var given = new Dictionary<string, object?> { ["agents_available"] = 2L, ["estimated_wait_time"] = 90.0 };
        var promise = new Dictionary<string, object?> { [key] = 60L };

        var result = await Action(grains, new ManualTimeProvider()).RunAsync(
            Call(Bench.Scope(), ("intent", "complaint"), ("agent_availability", given), ("sla_requirements", promise)), default);

        Assert.Equal(0, grains.Asked);
        Assert.Equal((2L, 90.0, 7L), (result.Outputs["agents_available"], result.Outputs["estimated_wait_time"], result.Outputs["priority_score"]));
    }

    [Fact]
    public void RulesFile_LeftOutSections_KeepTheirDefaults()
    {
        var rules = RoutingRulesFile.Parse("specialist: { tiers: [] }", "r.yaml");

        Assert.Empty(rules.SpecialistTiers);
        Assert.Equal(-0.5, rules.SpecialistSentiment);
        Assert.Contains("order_status", rules.AutomatableIntents);
        Assert.Equal(7, rules.Priority.Urgency["critical"]);
    }

    [Theory]
    [InlineData("automatable: [a]", "r.yaml:1:1: error: a routing file has no key 'automatable'")]
    [InlineData("specialist:\n  sentiment_below: -3", "r.yaml:2:20: error: 'sentiment_below' of 'specialist' is -3, where a number from -1 to 1 is expected")]
    [InlineData("specialist: gold", "r.yaml:1:13: error: 'specialist' of a routing file is a text, where a map is expected")]
    [InlineData("priority_intents: [a]\nautomatable_intents:\n  - b\n  - a", "r.yaml:4:5: error: the intent 'a' is for a person in line 1 already")]
    [InlineData("queues:\n  one: [a, b]\n  two: [b]", "r.yaml:3:9: error: the intent 'b' has the queue 'one' already")]
    [InlineData("queues:\n  one: a", "r.yaml:2:8: error: 'one' of 'queues' is a text, where a list is expected")]
    [InlineData("priority: { urgency: { urgent: 3 } }", "r.yaml:1:24: error: 'urgency' has no key 'urgent'")]
    [InlineData("priority: { unhappy: 11 }", "r.yaml:1:22: error: 'unhappy' of 'priority' is 11, where a number from 0 to 10 is expected")]
    [InlineData("human_intents: [a, a]", "r.yaml:1:20: error: 'a' is listed twice")]
    [InlineData("human_intents: talk", "r.yaml:1:16: error: 'human_intents' of a routing file is a text, where a list is expected")]
    [InlineData("", "r.yaml:1:1: error: the file is empty")]
    public void RulesFile_ErrorsNameThePlace(string yaml, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<PipelineFormatException>(() => RoutingRulesFile.Parse(yaml, "r.yaml")).Message, StringComparison.Ordinal);

    private static RoutingDecision Action(IGrainClient grains, TimeProvider time) => new(new FixedRules(Rules), new QueueViews(grains, time));

    private static ActionCall Call(RunScope scope, params (string Name, object? Value)[] parameters) =>
        new("t", parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value), null, scope);

    private static PendingRequest Pending(string intent) => new("identity", intent, ImmutableDictionary<string, string>.Empty, Bench.Morning);

    private sealed class DeafGrains : IGrainClient
    {
        public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default) =>
            throw new HostBusyException("too much to do", TimeSpan.FromSeconds(1));
    }
}
