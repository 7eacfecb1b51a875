using System.Collections.Immutable;
using CustomerService.Grains.Queues;

namespace CustomerService.Pipelines.Routing;

/// <summary>Where a conversation that needs a person goes, target after target: the filters are read top-down, and the first that fits counts.</summary>
/// <param name="Default">The targets where no filter fits; none: the queue that the rules name, for good.</param>
public sealed record Workflow(ImmutableArray<WorkflowFilter> Filters, ImmutableArray<RouteTarget> Default)
{
    /// <summary>A target of this name is the queue that the rules name for the message.</summary>
    public const string Routed = "routed";

    public static Workflow None { get; } = new([], []);
}

/// <summary>One filter of a workflow.</summary>
/// <param name="When">Null: it fits always.</param>
/// <param name="Needs">Asked of the agent at every target.</param>
/// <param name="KnownAgentSeconds">For how long the agent who knows the customer goes first, if there.</param>
public sealed record WorkflowFilter(
    string Name, RouteCondition? When, ImmutableArray<RouteTarget> Targets, ImmutableArray<SkillNeed> Needs, double KnownAgentSeconds);

/// <summary>A conversation's way to a person.</summary>
/// <param name="Queue">The first one.</param>
/// <param name="Plan">Null: <paramref name="Queue"/>, for good.</param>
/// <param name="KnownAgentSeconds">For how long the agent who knows the customer goes first, if there; 0: nobody goes first.</param>
public sealed record ChosenRoute(string Queue, RoutePlan? Plan, ImmutableArray<SkillNeed> Needs, double KnownAgentSeconds)
{
    /// <summary>The way by the owner's workflow.</summary>
    /// <param name="choice">What the rules decided.</param>
    public static ChosenRoute Of(RoutingQuestion question, RoutingChoice choice, RoutingRules rules)
    {
        var filter = rules.Workflow.Filters.FirstOrDefault(filter => filter.When?.Holds(question, choice.Priority) ?? true);
        var targets = filter?.Targets ?? rules.Workflow.Default;
        var needs = WithLanguage(filter?.Needs ?? [], question.Language, rules);
        if (targets.IsEmpty)
            return new ChosenRoute(choice.Queue, null, needs, 0);
        ImmutableArray<RouteTarget> named = [.. targets.Select(target => target.Queue == Workflow.Routed ? target with { Queue = choice.Queue } : target)];
        return new ChosenRoute(named[0].Queue, new RoutePlan(filter?.Name ?? "default", named), needs, filter?.KnownAgentSeconds ?? 0);
    }

    /// <summary>The customer's language as a need of its own, where the owner wants it and somebody may have it.</summary>
    public static ImmutableArray<SkillNeed> WithLanguage(ImmutableArray<SkillNeed> needs, string language, RoutingRules rules)
    {
        var skill = "language." + language;
        return rules.LanguageSkills && rules.Skills.Contains(skill) && needs.All(need => need.Skill != skill) ? needs.Add(new SkillNeed(skill, 1, true)) : needs;
    }
}
