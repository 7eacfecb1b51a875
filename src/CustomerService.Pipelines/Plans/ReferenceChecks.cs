using System.Collections.Immutable;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Expressions;
using CustomerService.Pipelines.Runs;

namespace CustomerService.Pipelines.Plans;

/// <summary>Holds every reference against what there is to refer to.</summary>
internal sealed class ReferenceChecks(
    PipelineDefinition definition,
    ImmutableArray<TaskDefinition> tasks,
    IReadOnlyDictionary<string, IPipelineAction> actions,
    Findings findings)
{
    private readonly string[] _inputs = [.. PipelineInputs.Names, .. definition.Inputs.Select(input => input.Value)];
    private readonly string[] _context = [.. (definition.Context?.Entries ?? []).Select(entry => entry.Key.Text)];

    /// <summary>A reference from the <c>context:</c> section, which is evaluated before any task.</summary>
    public void InContext(MentionedReference mentioned)
    {
        if (mentioned.Reference.Slot == RootNames.Inputs)
            CheckInput(mentioned);
        else
            findings.Error(mentioned.At, $"'{mentioned.Reference.Root}' is not known yet where 'context:' is evaluated", "use inputs here; read the task from a task's parameters");
    }

    /// <summary>A reference from a task's parameters or condition.</summary>
    public void InTask(TaskDefinition reader, MentionedReference mentioned)
    {
        switch (mentioned.Reference.Slot)
        {
            case RootNames.Inputs:
                CheckInput(mentioned);
                break;
            case RootNames.Context:
                if (mentioned.Reference.Field is { } entry && !_context.Contains(entry, StringComparer.Ordinal))
                    findings.Error(mentioned.FieldAt, $"'context:' has no entry '{entry}'", Suggestion.For(entry, _context));
                break;
            default:
                CheckOutput(reader, tasks[mentioned.Reference.Slot - RootNames.FirstTask], mentioned);
                break;
        }
    }

    private void CheckInput(MentionedReference mentioned)
    {
        if (mentioned.Reference.Field is { } input && !_inputs.Contains(input, StringComparer.Ordinal))
            findings.Warning(mentioned.FieldAt, $"no run has the input '{input}' by itself, so it is null unless whoever starts the run gives it", $"{Suggestion.For(input, _inputs)} — or declare it under 'inputs:'");
    }

    private void CheckOutput(TaskDefinition reader, TaskDefinition task, MentionedReference mentioned)
    {
        var id = task.Id.Value;
        if (reader.Id.Value == id)
        {
            findings.Error(mentioned.At, $"the task '{id}' reads its own outputs", "read another task, or inputs");
            return;
        }

        if (mentioned.Reference.Field is not { } field
            || task.Outputs.Any(output => output.Value == field)
            || !actions.TryGetValue(task.Action.Value, out var action))
        {
            return;
        }

        if (action.Contract.Outputs.Contains(field))
            findings.Warning(mentioned.FieldAt, $"'{id}' does not list '{field}' in its outputs; {action.Contract.Name} gives it all the same", $"add '- {field}' to 'outputs:' of '{id}' (line {task.At.Line})");
        else
            findings.Error(mentioned.FieldAt, $"nobody provides '{id}.{field}': {action.Contract.Name} gives no such output", Suggestion.For(field, action.Contract.Outputs));
    }
}
