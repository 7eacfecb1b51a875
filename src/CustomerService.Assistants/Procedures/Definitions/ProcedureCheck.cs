using System.Collections.Immutable;
using System.Text;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Tools;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Assistants.Procedures;

/// <summary>Checks procedures wholly, before a customer meets them: their steps, the tools that they call, and their texts in every language.</summary>
public sealed class ProcedureCheck(IReadOnlyList<ToolContract> tools, AnswerBook answers)
{
    /// <param name="file">How messages name it; without its ending it is the procedure's name.</param>
    public ProcedureReport Of(string text, string file)
    {
        var findings = new Findings(file);
        var reader = new ProcedureReader(findings, tools);
        var read = YamlText.Read(text, findings) is { } root ? reader.Read(root, Path.GetFileNameWithoutExtension(file)) : null;
        foreach (var named in reader.Texts)
            CheckText(named, findings);
        return new ProcedureReport(file, [.. findings.InOrder], findings.HasErrors ? null : read, [.. reader.Others.Select(other => other.Value)]);
    }

    /// <summary>Checks a file. A file that can't be read is a finding too.</summary>
    public ProcedureReport OfFile(string path)
    {
        try
        {
            return Of(SourceText.Read(path), path);
        }
        catch (Exception fault) when (SourceText.Unreadable(path, fault) is { } finding)
        {
            return new ProcedureReport(path, [finding], null, []);
        }
    }

    // A text that is nowhere is a slip; one that some languages lack only keeps the procedure from being used in these.
    private void CheckText(Located<string> named, Findings findings)
    {
        var key = ProcedureTexts.Key(named.Value);
        var lacking = answers.Languages.Where(language => answers.In(language)?.Has(key) != true).ToList();
        if (lacking.Count == answers.Languages.Length)
            findings.Error(named.At, $"no language has the text {key}", $"add '{named.Value}' to content/answers/*/procedures.yaml");
        else if (lacking.Count > 0)
            findings.Warning(named.At, $"the text {key} is missing in {string.Join(", ", lacking)}", "add it to content/answers/*/procedures.yaml; until then a person answers there");
    }
}

/// <summary>What checking one procedure found. It reads well when printed.</summary>
/// <param name="Definition">Null when there are errors.</param>
/// <param name="GoesOnWith">The other procedures that it names.</param>
public sealed record ProcedureReport(string File, ImmutableArray<PipelineFinding> Findings, ProcedureDefinition? Definition, ImmutableArray<string> GoesOnWith)
{
    public IEnumerable<PipelineFinding> Errors => Findings.Where(finding => finding.Severity == FindingSeverity.Error);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var finding in Findings.OrderBy(finding => finding.Severity))
            text.Append(finding).Append('\n');
        var (errors, warnings) = (Errors.Count(), Findings.Length - Errors.Count());
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{File}: {errors} error{(errors == 1 ? "" : "s")}, {warnings} warning{(warnings == 1 ? "" : "s")}");
        return Definition is null ? text.Append("; it can't be used").ToString() : text.Append('\n').Append(Summary(Definition)).ToString();
    }

    private static string Summary(ProcedureDefinition procedure)
    {
        var text = new StringBuilder();
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{procedure.Name} v{procedure.Version}: {procedure.Title}\n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"starts with {(procedure.Intents.IsEmpty ? "another procedure" : string.Join(", ", procedure.Intents))}; {(procedure.NeedsIdentity ? "after proof of identity" : "for anybody")}; asks at most {procedure.MaxAsks} times; waits {procedure.ResumeWithin.TotalHours:0.#} hours\n");
        foreach (var step in procedure.Steps)
            text.Append("  ").Append(step.Id).Append(": ").Append(Words(step)).Append(step.When is { } when ? $", when {when.Source}" : "").Append('\n');
        return text.ToString().TrimEnd('\n');
    }

    private static string Words(ProcedureStep step) => step switch
    {
        ProcedureStep.Ask ask => $"asks for {ask.Slot.Name} ({ask.Slot.Type})",
        ProcedureStep.LookUp look => $"looks up {look.Call.Tool} as {look.Into}",
        ProcedureStep.Say say => $"says {say.Text}",
        ProcedureStep.Refuse refuse => $"refuses with {refuse.Text}",
        ProcedureStep.Confirm confirm => $"puts {confirm.Call.Tool} before the customer{(confirm.Optional ? ", who may pass it by" : "")}{(confirm.Undo is null ? "" : "; it can be undone")}",
        ProcedureStep.Do doing => $"does {doing.Confirmed}",
        ProcedureStep.ContinueWith next => $"goes on with {next.Procedure}",
        ProcedureStep.Handoff handoff => $"hands over: {handoff.Reason}",
        _ => "ends",
    };
}
