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
            Trace = result.Trace.ToJson(),
            Spent = draft.Spent,
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

        return draft.Answer is { } answer
            ? outcome with { Answer = answer, Pending = draft.Pending, Procedure = draft.Procedure, Log = draft.Log }
            : Fallback(outcome, scope, rules, "the pipeline neither answered nor handed over");
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
