using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Routing;

namespace CustomerService.Pipelines.Handoffs;

/// <summary>Puts together what goes to people: the way by the owner's workflow, and everything that is known.</summary>
internal static class HandoffPackages
{
    /// <param name="queue">Where the pipeline itself sends it; null: where the rules do. A queue of the pipeline's own choice is gone to directly.</param>
    public static HandoffPackage Of(
        RunScope run, RoutingRules rules, string? queue, int priority, string reason, IReadOnlyDictionary<string, object?>? package, string[] skills, IEnumerable<string> articles)
    {
        var draft = run.Draft;
        var question = draft.Question ?? RoutingQuestion.Of(draft.Signals, run.Context);
        var choice = draft.Routing ?? new RoutingChoice(RoutingChoice.Human, rules.QueueOf(question.Intent), priority, reason);
        var route = queue is null || queue == choice.Queue
            ? ChosenRoute.Of(question, choice with { Priority = priority }, rules)
            : new ChosenRoute(queue, null, ChosenRoute.WithLanguage([], question.Language, rules));
        return new HandoffPackage(route.Queue, priority, reason, HandoffSummary.Of(run, package), [.. skills], [.. articles])
        {
            Facts = HandoffSummary.Facts(run),
            Route = route.Plan,
            Needs = route.Needs,
            Tier = question.Tier,
            Language = question.Language == MessageSignals.Unknown.Language ? null : question.Language,
            PreferredAgent = route.KnownAgent?.Among(draft.LastServedBy, run.StartedAt),
            PreferredSeconds = route.KnownAgent?.WaitSeconds ?? 0,
        };
    }
}
