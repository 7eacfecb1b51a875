using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Pipelines.Actions;

/// <summary>Notes the interaction for the ticket, the customer's record and the figures; they get it when the run's outcome is committed.</summary>
public sealed class LogToSystems : IPipelineAction
{
    public ActionContract Contract { get; } = new(
        "log_to_systems",
        "Logs the interaction to the ticket, the customer's record and the analytics.",
        [
            new ActionParameter("interaction_id"),
            new ActionParameter("customer_id"),
            new ActionParameter("resolution_type"),
            new ActionParameter("follow_up_required"),
            new ActionParameter("metrics"),
        ],
        ["log_status", "crm_ticket_id", "analytics_recorded"]);

    public ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        var draft = call.Run.Draft;
        // What was decided counts, not what the pipeline expected: an answer that failed its check went to a person.
        var resolution = draft.Handoff is not null ? ResolutionTypes.Human : call.Text("resolution_type") ?? ResolutionTypes.Automated;
        var status = draft.Handoff is not null ? "open"
            : draft.Pending is not null || Values.IsTrue(call.Value("follow_up_required")) ? "pending"
            : resolution == ResolutionTypes.Automated ? "solved" : "open";
        var metrics = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        metrics["interaction_id"] = call.Text("interaction_id") ?? call.Run.Context.Message.Id;
        metrics["resolution_type"] = resolution;
        if (call.Value("metrics") is IReadOnlyDictionary<string, object?> given)
        {
            foreach (var (name, value) in given)
                metrics[name] = Values.ToText(value);
        }

        draft.Log = InteractionLogs.Of(call.Run, status, call.Text("customer_id"), metrics.ToImmutable());
        return new(new ActionResult(
            new Dictionary<string, object?>(3, StringComparer.Ordinal)
            {
                ["log_status"] = "accepted",
                ["crm_ticket_id"] = draft.Log.TicketId,
                ["analytics_recorded"] = true,
            },
            $"ticket {status}"));
    }
}
