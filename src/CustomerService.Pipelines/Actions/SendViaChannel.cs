using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Expressions;
using CustomerService.Pipelines.Handoffs;
using CustomerService.Pipelines.Routing;
using CustomerService.Pipelines.Runs;

namespace CustomerService.Pipelines.Actions;

/// <summary>
/// Decides what really goes to the customer: the words of a handoff, or a text that passed the quality check. Whatever
/// may not be sent makes a handoff, so that no customer is left without an answer.
/// </summary>
public sealed class SendViaChannel(IRoutingRulesSource rules) : IPipelineAction
{
    public ActionContract Contract { get; } = new(
        "send_via_channel",
        "Sends the checked answer, or hands over to a person when there is nothing that may be sent.",
        [
            new ActionParameter("channel"),
            new ActionParameter("recipient"),
            new ActionParameter("content", Required: true),
            new ActionParameter("attachments"),
            new ActionParameter("delivery_options", AutoRule: "At once, as one message, by the channel that the customer wrote on."),
            new ActionParameter("handoff_reason"),
        ],
        ["delivery_status", "delivery_timestamp", "read_receipt", "channel", "recipient"]);

    public ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        var draft = call.Run.Draft;
        var channel = (call.Text("channel") ?? call.Run.Context.Message.Channel).ToLowerInvariant();
        var content = call.Value("content") is { } value ? Values.ToText(value) : "";
        var objection = Objection(call, content, LimitOf(call, channel));
        if (objection is null)
            draft.Answer = Outgoing(call, content);
        else
            HandOff(call, objection);

        return new(new ActionResult(
            new Dictionary<string, object?>(5, StringComparer.Ordinal)
            {
                ["delivery_status"] = draft.Handoff is null ? "accepted" : "handed_off",
                ["delivery_timestamp"] = PipelineInputs.Moment(call.Run.Time.GetUtcNow()),
                ["read_receipt"] = null, // the customer's side reports it later
                ["channel"] = channel,
                ["recipient"] = call.Text("recipient") ?? call.Run.Context.CustomerId,
            },
            objection ?? draft.Handoff?.Reason));
    }

    /// <summary>Why the text may not go out; null when it may.</summary>
    private static string? Objection(ActionCall call, string content, int limit)
    {
        var draft = call.Run.Draft;
        if (string.IsNullOrWhiteSpace(content))
            return HandoffReason.Of(call.Value("handoff_reason")) ?? "the assistant has no answer to give";
        if (content == draft.HandoffMessage)
            return null;
        if (draft.Verdict is not { } verdict || verdict.Text != content)
            return "not checked: the answer did not go through the quality check";
        if (!verdict.Passed)
            return $"quality: {(verdict.Issues.Count > 0 ? string.Join("; ", verdict.Issues) : FormattableString.Invariant($"score {verdict.Score:0.00}"))}";
        return content.Length > limit ? $"the answer has {content.Length:N0} characters; the channel takes {limit:N0}" : null;
    }

    private void HandOff(ActionCall call, string reason)
    {
        var run = call.Run;
        var draft = run.Draft;
        var signals = draft.Signals;
        draft.Handoff ??= HandoffPackages.Of(
            run, rules.Current, null, draft.Routing?.Priority ?? Math.Clamp(run.Context.Message.Priority, 0, RoutingRules.MaxPriority),
            reason, null, AgentRouting.Skills(null, signals), [.. draft.Proposed?.Sources ?? []]);
        draft.Answer = new OutgoingMessage(draft.HandoffMessage ?? HandoffMessages.For(signals.Language), [], []);
    }

    private static OutgoingMessage Outgoing(ActionCall call, string content)
    {
        var actions = (call.Value("attachments") as IReadOnlyList<object?>)?.Select(Values.ToText).Where(action => action.Length > 0).ToArray();
        return call.Run.Draft.Proposed is { } proposed && proposed.Text == content
            ? proposed with { Actions = [.. actions ?? [.. proposed.Actions]] }
            : new OutgoingMessage(content, [.. actions ?? []], []);
    }

    /// <summary>The channel's limit, or the lower one of <c>delivery_options.max_length</c>.</summary>
    private static int LimitOf(ActionCall call, string channel)
    {
        var limit = ChannelLimits.Of(channel);
        return Values.Whole(Values.Field(call.Value("delivery_options"), "max_length")) is { } lower and > 0 ? (int)Math.Min(limit, lower) : limit;
    }
}
