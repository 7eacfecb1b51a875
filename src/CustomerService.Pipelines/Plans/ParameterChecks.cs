using System.Collections.Immutable;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Plans;

/// <summary>Reads one task's parameters, held against its action's contract.</summary>
/// <param name="contract">Null when the action is unknown: then only the values themselves are read.</param>
internal sealed class ParameterChecks(TaskDefinition task, ActionContract? contract, Findings findings)
{
    public ImmutableArray<NamedValue> Read(ValueBuilder values, Action<MentionedReference> mentioned)
    {
        var read = ImmutableArray.CreateBuilder<NamedValue>();
        foreach (var (key, node) in task.Parameters?.Entries ?? [])
        {
            var parameter = contract?.Parameters.FirstOrDefault(known => known.Name == key.Text);
            if (contract is not null && parameter is null)
                findings.Error(key.At, $"{contract.Name} has no parameter '{key.Text}'", Suggestion.For(key.Text, contract.Parameters.Select(known => known.Name)));
            read.Add(new NamedValue(key.Text, Value(key.Text, node, parameter, values, mentioned), node.At));
        }

        foreach (var missing in contract?.Parameters.Where(known => known.Required && task.Parameters?.Find(known.Name) is null) ?? [])
            findings.Error(task.Parameters?.At ?? task.At, $"the task '{task.Id.Value}' lacks the parameter '{missing.Name}', which {contract!.Name} needs", $"add '{missing.Name}: …' under 'parameters:'");
        CheckOutputs();
        return read.ToImmutable();
    }

    private PlannedValue Value(
        string name, YamlNode node, ActionParameter? parameter, ValueBuilder values, Action<MentionedReference> mentioned)
    {
        if (ValueBuilder.Auto(node) is not { } auto)
            return values.Build(node, mentioned);
        if (parameter is { AutoRule: null })
            findings.Error(node.At, $"the parameter '{name}' of {contract!.Name} can't be <AUTO>", "write its value" + AutoAllowed());
        if (auto.Instruction.Length == 0)
            findings.Error(node.At, "<AUTO> has no instruction", "say what is to be decided: <AUTO>Match the customer's tone</AUTO>");
        if (auto.Instruction.Contains("{{", StringComparison.Ordinal))
            findings.Error(node.At, "a template within <AUTO> is not evaluated", "remove it; the task's other parameters are known to whoever decides");
        return new PlannedAuto(auto);
    }

    private string AutoAllowed()
    {
        var allowed = contract!.Parameters.Where(parameter => parameter.AutoRule is not null).Select(parameter => parameter.Name).ToArray();
        return allowed.Length == 0 ? "" : $"; <AUTO> is for {string.Join(", ", allowed)}";
    }

    private void CheckOutputs()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var output in task.Outputs)
        {
            if (!seen.Add(output.Value))
                findings.Error(output.At, $"the output '{output.Value}' is listed twice", "remove one of the two");
            else if (contract is not null && !contract.Outputs.Contains(output.Value))
                findings.Error(output.At, $"{contract.Name} gives no output '{output.Value}'", Suggestion.For(output.Value, contract.Outputs));
        }
    }
}
