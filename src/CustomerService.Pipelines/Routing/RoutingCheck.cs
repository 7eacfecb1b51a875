using System.Collections.Immutable;
using System.Text;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Routing.Settings;

namespace CustomerService.Pipelines.Routing;

/// <summary>Checks routing files wholly, before anybody is routed by them.</summary>
public static class RoutingCheck
{
    /// <param name="file">How messages name it; files that it names are looked for beside it.</param>
    public static RoutingCheckReport Of(string text, string file, TimeProvider time)
    {
        var findings = new Findings(file);
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var rules = YamlText.Read(text, findings) is { } root ? new RoutingRulesReader(findings, folder, today).Read(root) : null;
        return new RoutingCheckReport(file, [.. findings.InOrder], findings.HasErrors ? null : rules);
    }

    /// <summary>Checks a file. A file that can't be read is a finding too.</summary>
    public static RoutingCheckReport OfFile(string path, TimeProvider time)
    {
        try
        {
            return Of(SourceText.Read(path), path, time);
        }
        catch (Exception fault) when (SourceText.Unreadable(path, fault) is { } finding)
        {
            return new RoutingCheckReport(path, [finding], null);
        }
    }
}

/// <summary>What checking one routing file found. It reads well when printed.</summary>
/// <param name="Findings">In the order of the file.</param>
/// <param name="Rules">Null when there are errors.</param>
public sealed record RoutingCheckReport(string File, ImmutableArray<PipelineFinding> Findings, RoutingRules? Rules)
{
    public IEnumerable<PipelineFinding> Errors => Findings.Where(finding => finding.Severity == FindingSeverity.Error);

    public IEnumerable<PipelineFinding> Warnings => Findings.Where(finding => finding.Severity == FindingSeverity.Warning);

    /// <exception cref="PipelineFormatException">There are errors; the message lists them, one a line.</exception>
    public RoutingRules RulesOrThrow() => Rules ?? throw new PipelineFormatException(Errors);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var finding in Findings.OrderBy(finding => finding.Severity))
            text.Append(finding).Append('\n');
        text.Append(File).Append(": ").Append(Count(Errors.Count(), "error")).Append(", ").Append(Count(Warnings.Count(), "warning"));
        return Rules is null ? text.Append("; it can't be used").ToString() : text.Append('\n').Append(RoutingSummary.Of(Rules)).ToString();
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
