using System.Collections.Immutable;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Pipelines.Plans;

/// <summary>A checked pipeline, ready to run any number of times, side by side. Immutable.</summary>
public sealed class PipelinePlan
{
    internal PipelinePlan(string file, PipelineDefinition definition, ImmutableArray<PlannedTask> tasks, ImmutableArray<NamedValue> context)
    {
        File = file;
        Id = definition.Id.Value;
        Name = definition.Name;
        Version = definition.Version;
        Models = [.. definition.Models.Select(model => model.Value)];
        Tasks = tasks;
        Context = context;
    }

    /// <summary>The file it was read from, as it was named.</summary>
    public string File { get; }

    public string Id { get; }

    public string Name { get; }

    public string Version { get; }

    /// <summary>The models that its tasks may name, in the order of the file.</summary>
    public ImmutableArray<ModelRole> Models { get; }

    /// <summary>In the order of the file.</summary>
    public ImmutableArray<PlannedTask> Tasks { get; }

    /// <summary>The tasks in steps: those of one step wait for earlier steps only, and may run side by side.</summary>
    public IEnumerable<IGrouping<int, PlannedTask>> Stages => Tasks.GroupBy(task => task.Stage).OrderBy(stage => stage.Key);

    internal ImmutableArray<NamedValue> Context { get; }
}

/// <summary>One task of a plan.</summary>
public sealed class PlannedTask
{
    internal PlannedTask(
        int index, TaskDefinition definition, IPipelineAction action, ModelRole? model, PlannedCondition? condition,
        ImmutableArray<NamedValue> parameters, ImmutableArray<int> dependencies, ImmutableArray<int> dependents, int stage)
    {
        Index = index;
        Id = definition.Id.Value;
        Name = definition.Name;
        Action = action;
        Model = model;
        Condition = condition;
        Parameters = parameters;
        Dependencies = dependencies;
        Dependents = dependents;
        Stage = stage;
        Timeout = definition.Timeout;
        OnError = definition.OnError;
        HasAuto = parameters.Any(parameter => parameter.Value is PlannedAuto);
        At = definition.At;
    }

    /// <summary>Its place in <see cref="PipelinePlan.Tasks"/>.</summary>
    public int Index { get; }

    public string Id { get; }

    public string Name { get; }

    public IPipelineAction Action { get; }

    /// <summary>The model role that its <c>model:</c> names, if it names one.</summary>
    public ModelRole? Model { get; }

    /// <summary>The tasks that it waits for, by index: those that it names and those that it reads.</summary>
    public ImmutableArray<int> Dependencies { get; }

    /// <summary>From 0: one more than the latest of its dependencies'.</summary>
    public int Stage { get; }

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Timeout { get; }

    public ErrorPolicy OnError { get; }

    /// <summary>The condition under which it runs, as it is written; null: it always does.</summary>
    public string? When => Condition?.Expression.Source;

    /// <summary>Where it begins in the file, from 1.</summary>
    public int Line => At.Line;

    internal PlannedCondition? Condition { get; }

    internal ImmutableArray<NamedValue> Parameters { get; }

    internal ImmutableArray<int> Dependents { get; }

    internal bool HasAuto { get; }

    internal SourcePosition At { get; }

    internal int Slot => Index + RootNames.FirstTask;
}
