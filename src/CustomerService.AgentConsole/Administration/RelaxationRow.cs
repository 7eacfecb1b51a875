using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Definitions.Editing;

namespace CustomerService.AgentConsole.Administration;

/// <summary>After how long less is asked of an agent, while it is being changed.</summary>
internal sealed class RelaxationRow
{
    /// <summary>A length of time as the file writes it.</summary>
    public string After { get; set; } = "";

    /// <summary>So many levels less of each skill; empty: none.</summary>
    public string LowerBy { get; set; } = "";

    /// <summary>Skills that are not asked for any more, with commas between them.</summary>
    public string Drop { get; set; } = "";

    /// <summary>Anybody will do.</summary>
    public bool DropAll { get; set; }

    public static RelaxationRow Of(YamlMapping step) => new()
    {
        After = Text(step, "after"),
        LowerBy = Text(step, "lower_by"),
        Drop = step.Find("drop") switch
        {
            YamlSequence skills => string.Join(", ", skills.Items.OfType<YamlScalar>().Select(skill => skill.Text)),
            YamlScalar skill => skill.Text,
            _ => "",
        },
        DropAll = step.Find("drop_all") is YamlScalar { Value: true },
    };

    public string Written()
    {
        var parts = new List<string> { $"after: {YamlChange.Word(After.Trim())}" };
        if (LowerBy.Trim().Length > 0)
            parts.Add($"lower_by: {YamlChange.Word(LowerBy.Trim())}");
        if (Drop.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } skills)
            parts.Add($"drop: [{string.Join(", ", skills.Select(YamlChange.Word))}]");
        if (DropAll)
            parts.Add("drop_all: true");
        return $"{{ {string.Join(", ", parts)} }}";
    }

    private static string Text(YamlMapping step, string key) => (step.Find(key) as YamlScalar)?.Text ?? "";
}
