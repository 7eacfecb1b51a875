using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Expressions;
using CustomerService.Pipelines.Routing;

namespace CustomerService.Pipelines.Actions;

/// <summary>Decides by the owner's rules whether the assistant or a person answers, and in which queue a person would find it.</summary>
public sealed class RoutingDecision(IRoutingRulesSource rules, QueueViews queues) : IPipelineAction
{
    public ActionContract Contract { get; } = new(
        "routing_decision",
        "Decides by rules whether the assistant or a person answers, and in which queue.",
        [
            new ActionParameter("intent", Required: true),
            new ActionParameter("sentiment"),
            new ActionParameter("urgency"),
            new ActionParameter("customer_tier"),
            new ActionParameter("agent_availability", AutoRule: "Asks the target queue how many agents are ready and how long the wait is."),
            new ActionParameter("sla_requirements"),
        ],
        ["routing_decision", "target_queue", "priority_score", "estimated_wait_time", "reason", "agents_available"]);

    public async ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        var run = call.Run;
        var current = rules.Current;
        var question = RoutingQuestion.Of(run.Draft.Signals, run.Context) with
        {
            Intent = call.Text("intent") ?? MessageSignals.Unknown.Intent,
            Sentiment = call.Number("sentiment") ?? 0,
            Urgency = call.Text("urgency") ?? MessageSignals.Unknown.Urgency,
            Tier = call.Text("customer_tier") ?? RoutingQuestion.StandardTier,
        };
        var choice = RoutingChoice.Of(question, current);
        var (agents, wait) = await AvailabilityAsync(call, choice.Queue, cancellation);
        if (wait > FirstResponse(call.Value("sla_requirements")))
            choice = choice with { Priority = Math.Min(RoutingRules.MaxPriority, choice.Priority + current.Priority.LateResponse) };

        (run.Draft.Question, run.Draft.Routing) = (question, choice);
        return new ActionResult(
            new Dictionary<string, object?>(6, StringComparer.Ordinal)
            {
                ["routing_decision"] = choice.Decision,
                ["target_queue"] = choice.Queue,
                ["priority_score"] = (long)choice.Priority,
                ["estimated_wait_time"] = wait,
                ["reason"] = choice.Reason,
                ["agents_available"] = agents,
            },
            choice.Reason);
    }

    /// <summary>What the pipeline says about agents, else what the queue says.</summary>
    private async ValueTask<(object? Agents, double? Wait)> AvailabilityAsync(ActionCall call, string queue, CancellationToken cancellation)
    {
        var given = call.Value("agent_availability");
        if (given is IReadOnlyDictionary<string, object?>)
            return (Values.Field(given, "agents_available"), Values.Number(Values.Field(given, "estimated_wait_time")));
        if (Values.Whole(given) is { } count)
            return (count, null);
        var view = await queues.GetAsync(queue, cancellation);
        return view is null ? (null, null) : ((long)view.AgentsReady, view.EstimatedWaitSeconds);
    }

    /// <summary>The promised seconds to the first response; infinite when nothing is promised.</summary>
    private static double FirstResponse(object? targets) =>
        Values.Number(Values.Field(targets, "first_response") ?? Values.Field(targets, "first_response_time")) is { } seconds and > 0 ? seconds : double.PositiveInfinity;
}
