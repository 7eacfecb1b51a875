using System.Collections.Frozen;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Plans;

/// <summary>Checks pipelines against the actions that there are, wholly, before anything runs.</summary>
public sealed class PipelineChecker
{
    private readonly FrozenDictionary<string, IPipelineAction> _actions;

    /// <exception cref="ArgumentException">Two actions have the same name.</exception>
    public PipelineChecker(IEnumerable<IPipelineAction> actions)
    {
        var byName = new Dictionary<string, IPipelineAction>(StringComparer.Ordinal);
        foreach (var action in actions)
        {
            if (!byName.TryAdd(action.Contract.Name, action))
                throw new ArgumentException($"Two pipeline actions are named '{action.Contract.Name}': {byName[action.Contract.Name].GetType().Name} and {action.GetType().Name}.", nameof(actions));
        }

        _actions = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>What pipelines can name in <c>action:</c>, by name.</summary>
    public IEnumerable<ActionContract> Actions => _actions.Values.Select(action => action.Contract).OrderBy(contract => contract.Name, StringComparer.Ordinal);

    /// <param name="text">The pipeline's YAML.</param>
    /// <param name="file">How messages name it.</param>
    public PipelineCheckReport Check(string text, string file)
    {
        var findings = new Findings(file);
        var definition = PipelineText.Read(text, findings);
        var plan = definition is null ? null : new PlanBuilder(definition, _actions, findings).Build();
        return new PipelineCheckReport(file, [.. findings.InOrder], findings.HasErrors ? null : plan);
    }

    /// <summary>Checks a file. A file that can't be read is a finding too.</summary>
    public PipelineCheckReport CheckFile(string path)
    {
        try
        {
            return Check(SourceText.Read(path), path);
        }
        catch (Exception fault) when (SourceText.Unreadable(path, fault) is { } finding)
        {
            return new PipelineCheckReport(path, [finding], null);
        }
    }
}
