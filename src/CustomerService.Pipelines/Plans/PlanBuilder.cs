using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Pipelines.Plans;

/// <summary>Turns a definition into a plan, finding everything that could go wrong for want of care.</summary>
internal sealed partial class PlanBuilder(
    PipelineDefinition definition, IReadOnlyDictionary<string, IPipelineAction> actions, Findings findings)
{
    private readonly RootNames _roots = new(definition.Tasks.Select(task => task.Id.Value).Where(id => !RootNames.IsReserved(id)));
    private readonly ImmutableArray<TaskDefinition> _tasks =
        [.. definition.Tasks.Where(task => !RootNames.IsReserved(task.Id.Value)).DistinctBy(task => task.Id.Value, StringComparer.Ordinal)];

    /// <summary>The plan; null when there are errors.</summary>
    public PipelinePlan? Build()
    {
        CheckIds();
        var models = definition.Models.ToDictionary(model => model.Value.Role, model => model.Value, StringComparer.Ordinal);
        var references = new ReferenceChecks(definition, _tasks, actions, findings);
        var values = new ValueBuilder(_roots, findings);
        var context = ReadContext(values, references);
        var drafts = _tasks.Select(task => Draft(task, values, references, models)).ToArray();
        var order = TaskOrder.Of(_tasks, [.. drafts.Select(draft => draft.DependsOn)], findings);
        if (findings.HasErrors || order is null)
            return null;

        var tasks = drafts.Select((draft, index) => new PlannedTask(
            index, draft.Definition, draft.Action!, draft.Model, draft.Condition, draft.Parameters,
            order.Dependencies[index], order.Dependents[index], order.Stages[index]));
        return new PipelinePlan(findings.File, definition, [.. tasks], context);
    }

    private void CheckIds()
    {
        foreach (var task in definition.Tasks)
        {
            var id = task.Id.Value;
            if (!Identifier().IsMatch(id))
                findings.Error(task.Id.At, $"the task id '{id}' is not a name", "use letters, digits and _, beginning with a letter, at most 100");
            else if (RootNames.IsReserved(id))
                findings.Error(task.Id.At, $"the task id '{id}' is a word of expressions", "choose another id");
        }

        foreach (var repeated in definition.Tasks.GroupBy(task => task.Id.Value, StringComparer.Ordinal))
        {
            foreach (var task in repeated.Skip(1))
                findings.Error(task.Id.At, $"the task id '{repeated.Key}' is already in line {repeated.First().Id.At.Line}", "give each task an id of its own");
        }
    }

    private ImmutableArray<NamedValue> ReadContext(ValueBuilder values, ReferenceChecks references)
    {
        var context = ImmutableArray.CreateBuilder<NamedValue>();
        foreach (var (key, node) in definition.Context?.Entries ?? [])
        {
            context.Add(new NamedValue(key.Text, values.Build(node, reference => references.InContext(reference)), node.At));
        }

        return context.ToImmutable();
    }

    private TaskDraft Draft(
        TaskDefinition task, ValueBuilder values, ReferenceChecks references, Dictionary<string, ModelRole> models)
    {
        var dependsOn = new SortedSet<int>();
        foreach (var dependency in task.Dependencies)
        {
            if (_roots.SlotOf(dependency.Value) is { } slot and >= RootNames.FirstTask)
                dependsOn.Add(slot - RootNames.FirstTask);
            else
                findings.Error(dependency.At, $"there is no task '{dependency.Value}' to depend on", Suggestion.For(dependency.Value, _tasks.Select(other => other.Id.Value)));
        }

        if (!actions.TryGetValue(task.Action.Value, out var action))
            findings.Error(task.Action.At, $"there is no action '{task.Action.Value}'", Suggestion.For(task.Action.Value, actions.Keys));
        ModelRole? model = null;
        if (task.Model is { } role && !models.TryGetValue(role.Value, out model))
            findings.Error(role.At, $"there is no model role '{role.Value}'", models.Count == 0 ? $"add it under 'models:'" : Suggestion.For(role.Value, models.Keys));

        void Mentioned(MentionedReference reference)
        {
            references.InTask(task, reference);
            if (reference.Reference.Slot >= RootNames.FirstTask && reference.Reference.Root != task.Id.Value)
                dependsOn.Add(reference.Reference.Slot - RootNames.FirstTask);
        }

        return new TaskDraft(
            task, action, model,
            ReadCondition(task.Condition, values, Mentioned),
            new ParameterChecks(task, action?.Contract, findings).Read(values, Mentioned),
            dependsOn);
    }

    private PlannedCondition? ReadCondition(YamlScalar? written, ValueBuilder values, Action<MentionedReference> mentioned)
    {
        if (written is null || values.Condition(written, mentioned) is not { } expression)
            return null;
        var mentions = expression.References
            .Where(reference => reference.Slot != RootNames.Inputs || reference.Field is not null)
            .DistinctBy(reference => reference.Path)
            .Select(reference => KeyValuePair.Create(reference.Path, ExpressionParser.Parse(reference.Path, _roots).Root));
        return new PlannedCondition(expression, [.. mentions], written.At);
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,99}$")]
    private static partial Regex Identifier();

    /// <summary>A task with everything but its place in the order.</summary>
    private sealed record TaskDraft(
        TaskDefinition Definition, IPipelineAction? Action, ModelRole? Model, PlannedCondition? Condition,
        ImmutableArray<NamedValue> Parameters, SortedSet<int> DependsOn);
}
