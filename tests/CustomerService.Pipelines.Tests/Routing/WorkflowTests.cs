using CustomerService.Grains.Queues;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Routing;

namespace CustomerService.Pipelines.Tests.Routing;

public sealed class WorkflowTests
{
    private const string Whole = """
        skills: [billing, vip, language.es]
        language_skills: true
        queues: { billing: [payment_problem], experts: [] }
        workflow:
          filters:
            - name: spanish gold
              when: language == 'es' and tier in ['gold', 'platinum']
              needs: { vip: 2 }
              known_agent: 2m
              targets:
                - { queue: routed, timeout: 5m, priority: 8, needs: { billing: 3 required }, skip_if: { no_agents: true, waiting_over: 50, wait_over: 10m } }
                - { queue: experts, timeout: 10m }
                - { queue: general }
            - when: sentiment < -0.5 or priority >= 8
              targets: [{ queue: experts }]
          default:
            - { queue: routed, timeout: 20m }
            - { queue: general }
        """;

    [Fact]
    public void FirstFilterThatFits_GivesTheTargets()
    {
        var route = Route(Whole, Ask(language: "es", tier: "gold"));

        Assert.Equal(("billing", "spanish gold", new KnownAgent(120, 30 * 86_400)), (route.Queue, route.Plan!.Rule, route.KnownAgent));
        Assert.Equal([("billing", 300d, 8), ("experts", 600d, null), ("general", null, null)], route.Plan.Targets.Select(target => (target.Queue, target.TimeoutSeconds, target.Priority)));
        Assert.Equal(new SkipIf(true, false, false, 50, 600), route.Plan.Targets[0].SkipIf);
        Assert.Equal([new SkillNeed("billing", 3, true)], route.Plan.Targets[0].Needs.AsEnumerable());
        Assert.Equal([new SkillNeed("vip", 2, false), new SkillNeed("language.es", 1, true)], route.Needs.AsEnumerable());
    }

    [Theory]
    [InlineData("es", "standard", 0, 0, "default", "billing")]
    [InlineData("en", "gold", -0.6, 0, "filter 2", "experts")]
    [InlineData("en", "gold", -0.5, 8, "filter 2", "experts")]
    [InlineData("es", "platinum", -0.9, 9, "spanish gold", "billing")]
    public void Filters_AreReadTopDown(string language, string tier, double sentiment, int priority, string rule, string queue)
    {
        var route = Route(Whole, Ask(language: language, tier: tier, sentiment: sentiment), priority);

        Assert.Equal((rule, queue), (route.Plan!.Rule, route.Queue));
    }

    [Theory]
    [InlineData("es", "language.es")]
    [InlineData("fi", null)] // Nobody could ever have it.
    [InlineData("und", null)]
    public void Language_IsRequired_WhereSomebodyMayHaveIt(string language, string? skill) =>
        Assert.Equal(skill, Route(Whole, Ask(language: language)).Needs.SingleOrDefault()?.Skill);

    [Fact]
    public void WithoutAWorkflow_ItIsTheQueueOfTheIntent_ForGood()
    {
        var route = Route("queues: { billing: [payment_problem] }", Ask());

        Assert.Equal(("billing", null, 0, (KnownAgent?)null), (route.Queue, route.Plan, route.Needs.Length, route.KnownAgent));
    }

    [Fact]
    public void Condition_ReadsEverythingThatIsKnown()
    {
        const string When = "intent == 'payment_problem' and tier != 'gold' and not language in ['en', 'fr'] and channel == 'voice' and urgency == 'high' and priority > 4 and sentiment <= 0";
        var question = Ask(language: "es") with { Channel = "voice", Urgency = "high" };

        Assert.True(RouteCondition.Parse(When).Holds(question, 5));
        Assert.False(RouteCondition.Parse(When).Holds(question, 4));
        Assert.False(RouteCondition.Parse(When).Holds(question with { Channel = "chat" }, 5));
    }

    [Theory]
    [InlineData("intent = 'a'", 20, "")]
    [InlineData("intnt == 'a'", 13, "nothing is called 'intnt'")]
    [InlineData("inputs.content == 'a'", 13, "nothing is called 'inputs'")]
    [InlineData("tier.name == 'a'", 18, "'tier' has no fields")]
    [InlineData("calculate_response_time() > 5", 13, "calculate_response_time() can't be asked here")]
    [InlineData("intent + 1 == 2", 13, "'+' can't be used between a text and a number")]
    [InlineData("tier in ['gold'", 28, "',' is expected, not the end")]
    public void ConditionThatIsNone_IsRefusedWithItsPlace(string when, int column, string expected)
    {
        var error = Assert.Single(Check($"workflow:\n  filters:\n    - name: a\n      when: {when}\n      targets: [{{ queue: general }}]").Errors);

        Assert.Equal(new SourcePosition(4, column), error.At);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("intent == 'a' and intent == 'b'")]
    [InlineData("tier == 'gold' and tier in ['silver', 'platinum']")]
    [InlineData("sentiment < -0.5 and sentiment > 0.2")]
    [InlineData("sentiment > 1")]
    [InlineData("priority > 10")]
    [InlineData("urgency == 'hihg'")]
    [InlineData("channel == 'pigeon'")]
    [InlineData("priority == 2.5")]
    [InlineData("false")]
    [InlineData("not (language == 'en' or language != 'en')")]
    public void ConditionThatNeverHolds_IsRefused(string when)
    {
        var error = Assert.Single(Check($"workflow: {{ filters: [{{ when: \"{when}\", targets: [{{ queue: general }}] }}] }}").Errors);

        Assert.Equal(("this is never true, whatever the message", 1, 31), (error.Message, error.At.Line, error.At.Column));
    }

    [Theory]
    [InlineData("intent != 'a' and intent != 'b'")]
    [InlineData("sentiment > 0.2 and sentiment < 0.3")]
    [InlineData("sentiment == 0.25")]
    [InlineData("priority >= 9.5")]
    [InlineData("lower(intent) == 'a' and upper(intent) == 'A'")]
    [InlineData("'pay' in intent and intent != 'pay'")]
    [InlineData("length(intent) > 12")]
    [InlineData("intent < 'b' and intent > 'a'")]
    public void ConditionThatMayHold_IsTaken(string when) =>
        Assert.Empty(Check($"workflow: {{ filters: [{{ when: \"{when}\", targets: [{{ queue: general }}] }}] }}").Errors);

    [Theory]
    [InlineData("tier == 'gold'", "tier == 'gold' and language == 'es'", true)]
    [InlineData("tier == 'gold' or tier == 'silver'", "tier in ['silver', 'gold']", true)]
    [InlineData("priority > 5", "priority >= 7 and intent == 'a'", true)]
    [InlineData("tier == 'gold'", "tier == 'silver'", false)]
    [InlineData("priority > 5", "priority > 4", false)]
    [InlineData("lower(tier) == 'gold'", "tier == 'gold'", false)] // Can't be told.
    public void FilterThatFindsNothingLeft_IsRefused(string first, string second, bool refused)
    {
        var errors = Check($"workflow:\n  filters:\n    - {{ name: one, when: \"{first}\", targets: [{{ queue: general }}] }}\n    - {{ name: two, when: \"{second}\", targets: [{{ queue: general }}] }}").Errors.ToArray();

        Assert.Equal(refused, errors.Length == 1 && errors[0].At.Line == 4 && errors[0].Message.StartsWith("the filter 'two' is never reached", StringComparison.Ordinal));
        Assert.True(refused || errors.Length == 0);
    }

    [Fact]
    public void FiltersThatTogetherTakeAll_LeaveNothingForALaterOne()
    {
        var errors = Check("workflow: { filters: [{ name: one, when: priority < 5, targets: [{ queue: general }] }, { name: two, when: priority >= 5, targets: [{ queue: general }] }, { name: three, targets: [{ queue: general }] }] }").Errors;

        Assert.StartsWith("the filter 'three' is never reached", Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FilterAfterOneThatTakesAll_IsRefused()
    {
        var error = Assert.Single(Check("workflow:\n  filters:\n    - { name: all, targets: [{ queue: general }] }\n    - { name: gold, when: tier == 'gold', targets: [{ queue: general }] }").Errors);

        Assert.Equal("the filter 'gold' is never reached: 'all' before it takes everything", error.Message);
        Assert.Equal(new SourcePosition(4, 27), error.At);
    }

    [Theory]
    [InlineData("[{ queue: general, timeout: 5m }]", "1:50: error: the last target has a timeout")]
    [InlineData("[{ queue: general }, { queue: specialist }]", "1:23: error: the targets after this one are never reached")]
    [InlineData("[{ queue: general, timeout: 5m }, { queue: specialist, timeout: 5m }, { queue: general }]", "1:86: error: a conversation leaves the target before only when it has waited 5m")]
    [InlineData("[{ queue: generel }]", "1:32: error: there is no queue 'generel'. Fix: did you mean 'general'?")]
    [InlineData("[{ queue: general, priority: 11 }]", "1:51: error: 'priority' of a target is 11, where a number from 0 to 10 is expected")]
    [InlineData("[{ queue: general, needs: { french: 6 } }]", "1:58: error: what is asked of 'french' is no level from 1 to 5")]
    [InlineData("[{ queue: general, needs: { french: 3 } }]", "1:50: error: there is no skill 'french'. Fix: declare it under 'skills:'")]
    [InlineData("[{ queue: general, skip_if: { colsed: true } }]", "1:52: error: 'skip_if' has no key 'colsed'. Fix: did you mean 'closed'?")]
    [InlineData("[{ timeout: 5m }]", "1:23: error: a target has no queue")]
    [InlineData("[]", "1:22: error: there are no targets")]
    public void TargetThatCannotWork_IsRefusedWithItsPlace(string targets, string expected)
    {
        var report = Check($"workflow: {{ default: {targets} }}");

        Assert.Contains(report.Errors, error => error.ToString().StartsWith("routing.yaml:" + expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[{ queue: general, skip_if: { closed: true } }, { queue: specialist }]", "the queue 'general' has no calendar")]
    [InlineData("[{ queue: general, skip_if: { paused: true } }]", "nothing comes after the last target")]
    public void TargetThatDoesNothing_IsWarnedOf(string targets, string expected) =>
        Assert.Contains(expected, Assert.Single(Check($"workflow: {{ default: {targets} }}").Findings).Message, StringComparison.Ordinal);

    [Fact]
    public void Targets_AreToldInWords()
    {
        var text = Check(Whole).ToString();

        Assert.Contains("  spanish gold: if language == 'es' and tier in ['gold', 'platinum']\n    needs         vip 2\n    first         the agent who knows the customer, for 2m; not if that is more than 30d ago\n", text, StringComparison.Ordinal);
        Assert.Contains("    goes to       the intent's queue; until it has waited 5m; priority 8; needs billing 3 required; skipped if nobody is there or more than 50 wait or the wait is over 10m\n", text, StringComparison.Ordinal);
        Assert.Contains("  otherwise\n    goes to       the intent's queue; until it has waited 20m\n    then to       general", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handoff_TakesItsRouteAlong()
    {
        var (rules, grains) = (new FixedRules(Check(Whole).RulesOrThrow()), new QueueGrains());
        var queues = new QueueViews(grains, new ManualTimeProvider(Bench.Morning));
        var scope = Bench.Scope();
        scope.Draft.Language = "es";
        await new RoutingDecision(rules, queues).RunAsync(Call(scope, ("intent", "payment_problem"), ("customer_tier", "gold")), default);
        await new AgentRouting(rules, queues).RunAsync(Call(scope, ("queue", scope.Draft.Routing!.Queue)), default);
        var handoff = scope.Draft.Handoff!;

        Assert.Equal(("billing", "spanish gold", "gold", "es", 120), (handoff.Queue, handoff.Route!.Rule, handoff.Tier, handoff.Language, handoff.PreferredSeconds));
        Assert.Equal(["billing", "experts", "general"], handoff.Route.Targets.Select(target => target.Queue));
        Assert.Contains(handoff.Needs, need => need is { Skill: "language.es", Required: true });
    }

    [Fact]
    public async Task QueueThatThePipelineChose_IsGoneToDirectly()
    {
        var (rules, scope) = (new FixedRules(Check(Whole).RulesOrThrow()), Bench.Scope());

        await new AgentRouting(rules, new QueueViews(new QueueGrains(), new ManualTimeProvider(Bench.Morning))).RunAsync(Call(scope, ("queue", "experts")), default);

        Assert.Equal(("experts", null), (scope.Draft.Handoff!.Queue, scope.Draft.Handoff.Route));
    }

    private static RoutingQuestion Ask(string language = "en", string tier = "standard", double sentiment = 0) => new("payment_problem", sentiment, "normal", tier, language);

    private static ChosenRoute Route(string yaml, RoutingQuestion question, int priority = 3) =>
        ChosenRoute.Of(question, new RoutingChoice(RoutingChoice.Human, "billing", priority, "a test"), Check(yaml).RulesOrThrow());

    private static RoutingCheckReport Check(string yaml) => RoutingCheck.Of(yaml, "routing.yaml", new ManualTimeProvider(Bench.Morning));

    private static ActionCall Call(RunScope scope, params (string Name, object? Value)[] parameters) =>
        new("t", parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value), null, scope);
}
