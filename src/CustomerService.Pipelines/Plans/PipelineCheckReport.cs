using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Plans;

/// <summary>What checking one pipeline file found. It reads well when printed.</summary>
/// <param name="Findings">In the order of the file.</param>
/// <param name="Plan">Ready to run; null when there are errors.</param>
public sealed record PipelineCheckReport(string File, ImmutableArray<PipelineFinding> Findings, PipelinePlan? Plan)
{
    public IEnumerable<PipelineFinding> Errors => Findings.Where(finding => finding.Severity == FindingSeverity.Error);

    public IEnumerable<PipelineFinding> Warnings => Findings.Where(finding => finding.Severity == FindingSeverity.Warning);

    /// <exception cref="PipelineFormatException">There are errors; the message lists them, one a line.</exception>
    public PipelinePlan PlanOrThrow() => Plan ?? throw new PipelineFormatException(Errors);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var finding in Findings.OrderBy(finding => finding.Severity))
            text.Append(finding).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{File}: {Count(Errors.Count(), "error")}, {Count(Warnings.Count(), "warning")}");
        if (Plan is null)
            return text.Append("; it can't run").ToString();

        text.Append("; ").Append($"{Plan.Id} {Plan.Version}".TrimEnd()).Append(", ").Append(Count(Plan.Tasks.Length, "task"));
        var name = Plan.Tasks.Max(task => task.Id.Length);
        var action = Plan.Tasks.Max(task => task.Action.Contract.Name.Length);
        foreach (var stage in Plan.Stages)
        {
            foreach (var (place, task) in stage.Index())
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{(place == 0 ? $"{stage.Key + 1}." : ""),4} {task.Id.PadRight(name)}  {task.Action.Contract.Name.PadRight(action)}  ");
                text.AppendJoin("; ", Details(Plan, task));
                foreach (var (parameter, rule) in AutoRules(task))
                    text.Append(CultureInfo.InvariantCulture, $"\n       AUTO {parameter}: {(task.Model is { } model ? $"by the model '{model.Role}' where it can be asked, else by rule: " : "by rule: ")}{rule}");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Details(PipelinePlan plan, PlannedTask task)
    {
        if (task.Dependencies.Length > 0)
            yield return "after " + string.Join(", ", task.Dependencies.Select(index => plan.Tasks[index].Id));
        if (task.Condition is { } condition)
            yield return "if " + condition.Expression.Source;
        if (task.Model is { } model)
            yield return "model " + model.Role;
        if (task.Timeout != PipelineText.DefaultTimeout)
            yield return string.Create(CultureInfo.InvariantCulture, $"timeout {task.Timeout.TotalSeconds:0.###} s");
        if (task.OnError != ErrorPolicy.Fail)
            yield return "on error " + task.OnError;
    }

    /// <summary>What each parameter that is left to AUTO follows.</summary>
    private static IEnumerable<(string Parameter, string Rule)> AutoRules(PlannedTask task) =>
        from parameter in task.Parameters
        where parameter.Value is PlannedAuto
        from known in task.Action.Contract.Parameters
        where known.Name == parameter.Name
        select (known.Name, known.AutoRule ?? "none");

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
