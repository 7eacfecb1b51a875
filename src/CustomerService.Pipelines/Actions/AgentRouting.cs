using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Pipelines.Expressions;
using CustomerService.Pipelines.Handoffs;
using CustomerService.Pipelines.Routing;

namespace CustomerService.Pipelines.Actions;

/// <summary>
/// Prepares the handoff to a person, with the whole context. The conversation joins the queue when the run's outcome is
/// committed, so the place in line is what it would be now.
/// </summary>
public sealed class AgentRouting(IRoutingRulesSource rules, QueueViews queues) : IPipelineAction
{
    public ActionContract Contract { get; } = new(
        "agent_routing",
        "Hands the conversation to a person, with a summary of everything that is known.",
        [
            new ActionParameter("queue"),
            new ActionParameter("priority"),
            new ActionParameter("context_package"),
            new ActionParameter("skills_required", AutoRule: "The intent's name and the message's language."),
            new ActionParameter("reason"),
        ],
        ["assigned_agent", "queue_position", "estimated_response_time", "handoff_message", "skills_required"]);

    public async ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        var draft = call.Run.Draft;
        var signals = draft.Signals;
        var priority = (int)Math.Clamp(call.Number("priority") ?? draft.Routing?.Priority ?? 0, 0, RoutingRules.MaxPriority);
        var package = call.Value("context_package") as IReadOnlyDictionary<string, object?>;
        var skills = Skills(call.Value("skills_required"), signals);
        draft.Handoff = HandoffPackages.Of(
            call.Run, rules.Current, call.Text("queue"), priority,
            HandoffReason.Of(call.Value("reason")) ?? draft.Routing?.Reason ?? "the pipeline routed it to a person",
            package, skills, HandoffSummary.ArticleIds(package));
        var view = await queues.GetAsync(draft.Handoff.Queue, cancellation);
        var position = view is null ? (int?)null : Position(view, draft.Handoff.Route?.Targets[0].Priority ?? priority);
        draft.HandoffMessage = HandoffMessages.For(signals.Language, position, view?.EstimatedWaitSeconds);
        return new ActionResult(
            new Dictionary<string, object?>(5, StringComparer.Ordinal)
            {
                ["assigned_agent"] = null, // known when somebody claims it
                ["queue_position"] = (long?)position,
                ["estimated_response_time"] = view?.EstimatedWaitSeconds,
                ["handoff_message"] = draft.HandoffMessage,
                ["skills_required"] = skills,
            },
            draft.Handoff.Reason);
    }

    /// <summary>The place of one who joins now: behind all of the same or a higher class of priority.</summary>
    internal static int Position(QueueView view, int priority) =>
        1 + (priority > 5 ? view.ByPriority.GetValueOrDefault("high") : view.Waiting);

    internal static string[] Skills(object? given, MessageSignals signals) => given switch
    {
        IReadOnlyList<object?> list => [.. list.Select(Values.ToText).Where(skill => skill.Length > 0)],
        string { Length: > 0 } one => [one],
        _ => [.. new[] { signals.Intent, signals.Language }.Where(skill => skill is not ("unknown" or "und"))],
    };
}
