using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Plans;
using CustomerService.Pipelines.Routing;

namespace CustomerService.Pipelines.Tests;

/// <summary>
/// All twelve actions of the reference: this project's five, and simple rules in place of the seven that live with
/// the assistant. Their contracts carry the reference's names.
/// </summary>
internal static class TwelveActions
{
    public static PipelineChecker Checker(TimeProvider? time = null, IGrainClient? grains = null) => new(All(time, grains));

    public static IPipelineAction[] All(TimeProvider? time = null, IGrainClient? grains = null)
    {
        var rules = new FixedRules(ShippedRules());
        var queues = new QueueViews(grains ?? new QueueGrains(), time ?? new ManualTimeProvider(Bench.Morning));
        return
        [
            new ReceiveFromChannel(), new RoutingDecision(rules, queues), new AgentRouting(rules, queues), new SendViaChannel(rules), new LogToSystems(), new PredictFollowUp(new Past()),
            Identification, Sentiment, Intents, Knowledge, Automation, Answering, Quality,
        ];
    }

    public static RoutingRules ShippedRules()
    {
        var path = Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content", "routing.yaml");
        return RoutingRulesFile.Parse(File.ReadAllText(path), path);
    }

    private static TestAction Identification { get; } = TestAction.Of(
        "customer_identification", ["customer_id", "channel", "authentication_level?"], ["customer_profile", "interaction_history", "authentication_status"],
        call => Result(
            ("customer_profile", Map(("id", call.Text("customer_id")), ("name", "Ada"), ("tier", call.Text("customer_id") == "vip" ? "gold" : "standard"))),
            ("interaction_history", Enumerable.Range(1, 7).Select(object? (i) => Map(("text", $"earlier {i}"))).ToArray()),
            ("authentication_status", "anonymous")));

    private static TestAction Sentiment { get; } = TestAction.Of(
        "sentiment_analysis", ["content!", "history", "detect_emotions", "urgency_detection"], ["sentiment_score", "emotion_labels", "urgency_level"],
        call =>
        {
            var furious = call.Text("content")!.Contains("furious", StringComparison.Ordinal);
            call.Run.Draft.Language ??= "en";
            call.Run.Draft.Sentiment = (furious ? -0.9 : 0.1, furious ? ["anger"] : [], furious ? "high" : "normal");
            return Result(
                ("sentiment_score", call.Run.Draft.Sentiment.Value.Score),
                ("emotion_labels", call.Run.Draft.Sentiment.Value.Emotions),
                ("urgency_level", call.Run.Draft.Sentiment.Value.Urgency));
        });

    private static TestAction Intents { get; } = TestAction.Of(
        "intent_classification", ["content!", "customer_context", "channel", "intent_taxonomy?"], ["primary_intent", "secondary_intents", "confidence_scores", "required_actions"],
        call =>
        {
            var text = call.Text("content")!;
            var intent = text.Contains("hours", StringComparison.Ordinal) ? "business_hours"
                : text.Contains("return", StringComparison.Ordinal) ? "return_policy"
                : text.Contains("complain", StringComparison.Ordinal) ? "complaint" : "unknown";
            call.Run.Draft.Intent = (intent, 0.9);
            return Result(
                ("primary_intent", intent), ("secondary_intents", Array.Empty<object?>()),
                ("confidence_scores", Map((intent, 0.9))), ("required_actions", Array.Empty<object?>()));
        });

    private static TestAction Knowledge { get; } = TestAction.Of(
        "knowledge_base_search", ["query!", "intent", "customer_tier", "include_internal_kb"], ["relevant_articles", "solution_steps", "confidence_score"],
        call => Result(
            ("relevant_articles", new object?[] { Map(("id", call.Text("intent")), ("title", "About " + call.Text("intent")), ("passage", "We are open from 9 to 17.")) }),
            ("solution_steps", Array.Empty<object?>()), ("confidence_score", 0.8)));

    private static TestAction Automation { get; } = TestAction.Of(
        "automation_check", ["intent!", "customer_profile", "risk_assessment?", "compliance_check"], ["can_automate", "automation_confidence", "risk_factors"],
        call => call.Run.Context.Message.Content.Contains("lawyer", StringComparison.Ordinal)
            ? Result(("can_automate", false), ("automation_confidence", 0.2), ("risk_factors", new object?[] { Map(("factor", "compliance"), ("blocks", true), ("detail", "the message mentions a lawyer")) }))
            : Result(("can_automate", true), ("automation_confidence", 0.9), ("risk_factors", Array.Empty<object?>())));

    private static TestAction Answering { get; } = TestAction.Of(
        "generate_customer_response", ["intent!", "knowledge_base", "customer_profile", "tone?", "personalization_level", "include_next_steps"], ["response_content", "suggested_actions", "follow_up_required"],
        call =>
        {
            var article = (IReadOnlyDictionary<string, object?>)((IReadOnlyList<object?>)call.Value("knowledge_base")!)[0]!;
            var text = $"Hello {((IReadOnlyDictionary<string, object?>)call.Value("customer_profile")!)["name"]}. {article["passage"]}";
            call.Run.Draft.Proposed = new OutgoingMessage(text, ["Talk to a person"], [(string)article["id"]!]);
            return Result(("response_content", text), ("suggested_actions", new object?[] { "Talk to a person" }), ("follow_up_required", false));
        });

    private static TestAction Quality { get; } = TestAction.Of(
        "qa_review", ["response", "intent_match", "compliance_rules?", "brand_guidelines"], ["qa_score", "compliance_status", "improvement_suggestions"],
        call =>
        {
            if (call.Text("response") is not { } text)
                return Result(("qa_score", null), ("compliance_status", "not_applicable"), ("improvement_suggestions", Array.Empty<object?>()));
            var passed = !call.Run.Context.Message.Content.Contains("rude", StringComparison.Ordinal);
            call.Run.Draft.Verdict = new QualityVerdict(text, passed ? 1 : 0.4, passed, passed ? [] : ["tone: shouting"]);
            return Result(("qa_score", call.Run.Draft.Verdict.Score), ("compliance_status", passed ? "passed" : "failed"), ("improvement_suggestions", Array.Empty<object?>()));
        });

    private static ActionResult Result(params (string Name, object? Value)[] fields) => new(Map(fields));

    private static Dictionary<string, object?> Map(params (string Name, object? Value)[] fields) =>
        fields.ToDictionary(field => field.Name, field => field.Value);
}

internal sealed class FixedRules(RoutingRules rules) : IRoutingRulesSource
{
    public RoutingRules Current { get; } = rules;
}

/// <summary>Queue grains with their real behaviour, in memory, and how often they were asked.</summary>
internal sealed class QueueGrains : IGrainClient
{
    private readonly Dictionary<string, object> _states = [];

    public int Asked { get; private set; }

    public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
    {
        Asked++;
        return new(Handle(grain, command));
    }

    public void Enqueue(string queue, string conversation, int priority) =>
        Handle(Grain.Queue(queue), new Enqueue(conversation, priority, Bench.Morning, []) { Id = conversation });

    private Reply Handle(GrainId grain, Command command)
    {
        var kind = GrainCatalog.Find(grain.Kind);
        var turn = kind.Handle(_states.GetValueOrDefault(grain.Key) ?? kind.Initial(grain.Key), command, Bench.Morning);
        _states[grain.Key] = turn.State;
        return turn.Reply;
    }
}

/// <summary>One thing is known: who asks about returns often comes back about the money.</summary>
internal sealed class Past : IForesight
{
    public Likelihood? After(string intent) => intent == "return_policy" ? new Likelihood("refund_status", 0.4, "of 50 customers with return_policy, 20 wrote about refund_status within 14 days") : null;

    public IReadOnlyList<string> RisesIn(string intent) => intent == "complaint" ? ["intent 'complaint': 31 in the last hour where 8 are usual"] : [];
}
