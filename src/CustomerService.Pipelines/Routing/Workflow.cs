using System.Collections.Immutable;
using CustomerService.Grains.Customers;
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
/// <param name="KnownAgent">Null: nobody goes first.</param>
public sealed record WorkflowFilter(
    string Name, RouteCondition? When, ImmutableArray<RouteTarget> Targets, ImmutableArray<SkillNeed> Needs, KnownAgent? KnownAgent);

/// <summary>The agent who knows the customer goes first, if there.</summary>
/// <param name="WaitSeconds">For how long, from the handoff on.</param>
/// <param name="WithinSeconds">Who served the customer longer ago than this does not know them any more.</param>
public sealed record KnownAgent(double WaitSeconds, double WithinSeconds)
{
    public const double DefaultWithinSeconds = 30 * 86_400;

    /// <summary>Who that is by the customer's record; null: nobody, or not any more.</summary>
    public string? Among(ServedBy? last, DateTimeOffset now) =>
        last is not null && (now - last.At).TotalSeconds <= WithinSeconds ? last.AgentId : null;
}

/// <summary>A conversation's way to a person.</summary>
/// <param name="Queue">The first one.</param>
/// <param name="Plan">Null: <paramref name="Queue"/>, for good.</param>
/// <param name="KnownAgent">Null: nobody goes first.</param>
public sealed record ChosenRoute(string Queue, RoutePlan? Plan, ImmutableArray<SkillNeed> Needs, KnownAgent? KnownAgent = null)
{
    /// <summary>The way by the owner's workflow.</summary>
    /// <param name="choice">What the rules decided.</param>
    public static ChosenRoute Of(RoutingQuestion question, RoutingChoice choice, RoutingRules rules)
    {
        var filter = rules.Workflow.Filters.FirstOrDefault(filter => filter.When?.Holds(question, choice.Priority) ?? true);
        var targets = filter?.Targets ?? rules.Workflow.Default;
        var needs = WithLanguage(filter?.Needs ?? [], question.Language, rules);
        if (targets.IsEmpty)
            return new ChosenRoute(choice.Queue, null, needs);
        ImmutableArray<RouteTarget> named = [.. targets.Select(target => target.Queue == Workflow.Routed ? target with { Queue = choice.Queue } : target)];
        return new ChosenRoute(named[0].Queue, new RoutePlan(filter?.Name ?? "default", named), needs, filter?.KnownAgent);
    }

    /// <summary>The customer's language as a need of its own, where the owner wants it and somebody may have it.</summary>
    public static ImmutableArray<SkillNeed> WithLanguage(ImmutableArray<SkillNeed> needs, string language, RoutingRules rules)
    {
        var skill = "language." + language;
        return rules.LanguageSkills && rules.Skills.Contains(skill) && needs.All(need => need.Skill != skill) ? needs.Add(new SkillNeed(skill, 1, true)) : needs;
    }
}
