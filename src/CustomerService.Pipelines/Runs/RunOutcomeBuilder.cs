using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Handoffs;
using CustomerService.Pipelines.Routing;

namespace CustomerService.Pipelines.Runs;

/// <summary>Turns what a run decided into the outcome that its conversation commits.</summary>
public static class RunOutcomeBuilder
{
    /// <summary>Priority of a conversation whose processing failed: ahead of the ordinary ones.</summary>
    private const int FailurePriority = 6;

    /// <summary>
    /// The outcome of a run. A failed one gives the customer a fallback reply and a person the conversation, with the
    /// reason; a run that neither answered nor handed over goes to a person too, so that nobody is left waiting.
    /// </summary>
    public static RunOutcome Build(PipelineResult result, RunScope scope, RoutingRules rules)
    {
        var draft = scope.Draft;
        var outcome = new RunOutcome
        {
            Signals = draft.Signals,
            ResolutionType = ResolutionTypes.Automated,
            Identity = draft.Identity,
            ProofFailed = draft.ProofFailed,
            Trace = result.Trace.ToJson(scope.Redact),
            Spent = draft.Spent,
            Outcomes = draft.Outcomes,
        };
        if (result.Failure is { } failure)
            return Fallback(outcome, scope, rules, $"processing failed at {failure.Reason}");
        if (draft.Handoff is { } handoff)
        {
            return outcome with
            {
                Answer = draft.Answer ?? new OutgoingMessage(draft.HandoffMessage ?? HandoffMessages.For(draft.Language), [], []),
                Handoff = handoff,
                ResolutionType = ResolutionTypes.Human,
                Log = draft.Log,
            };
        }

        if (draft.Answer is { } said && Overlooked(scope, said) is { } reason)
            return Overlooked(outcome, scope, rules, said, reason);
        return draft.Answer is { } answer
            ? outcome with { Answer = answer, Pending = draft.Pending, Procedure = draft.Procedure, Log = draft.Log }
            : Fallback(outcome, scope, rules, "the pipeline neither answered nor handed over");
    }

    /// <summary>Why a person has to take over although the pipeline did not hand over; null: nothing asks for it.</summary>
    private static string? Overlooked(RunScope scope, OutgoingMessage answer)
    {
        if (WantsPerson.In(scope.Context.Message.Content))
            return "the customer asks for a person";
        return PromisesPerson.In(answer.Text) ? "the assistant said that a person takes over" : null;
    }

    private static RunOutcome Overlooked(RunOutcome outcome, RunScope scope, RoutingRules rules, OutgoingMessage answer, string reason)
    {
        var draft = scope.Draft;
        var words = PromisesPerson.In(answer.Text) ? answer.Text : $"{answer.Text}\n\n{HandoffMessages.For(draft.Language)}";
        return outcome with
        {
            Answer = answer with { Text = words, Actions = [] },
            Handoff = HandoffPackages.Of(
                scope, rules, null, Math.Max(draft.Routing?.Priority ?? 0, scope.Context.Message.Priority), reason, null, AgentRouting.Skills(null, outcome.Signals), answer.Sources),
            ResolutionType = ResolutionTypes.Human,
            Log = draft.Log is { } log ? log with { Status = "open", Metrics = log.Metrics.SetItem("resolution_type", ResolutionTypes.Human) } : null,
        };
    }

    private static RunOutcome Fallback(RunOutcome outcome, RunScope scope, RoutingRules rules, string reason)
    {
        var draft = scope.Draft;
        var signals = outcome.Signals;
        return outcome with
        {
            ResolutionType = ResolutionTypes.ErrorFallback,
            Answer = FallbackReplies.For(signals.Language),
            Handoff = HandoffPackages.Of(
                scope, rules, null, Math.Max(FailurePriority, draft.Routing?.Priority ?? 0), reason, null, AgentRouting.Skills(null, signals), []),
            Log = InteractionLogs.Of(
                scope, "open", draft.Log?.CustomerId,
                ImmutableDictionary<string, string>.Empty.Add("resolution_type", ResolutionTypes.ErrorFallback)),
        };
    }
}
