using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Pipelines.Plans;

/// <summary>A reference and where in the file it stands.</summary>
internal readonly record struct MentionedReference(Reference Reference, SourcePosition At, SourcePosition FieldAt);

/// <summary>Turns YAML values with templates into planned values.</summary>
internal sealed class ValueBuilder(RootNames roots, Findings findings)
{
    private const string AutoOpen = "<AUTO>";
    private const string AutoClose = "</AUTO>";

    /// <param name="mentioned">Told of every reference that the value makes.</param>
    public PlannedValue Build(YamlNode node, Action<MentionedReference> mentioned)
    {
        switch (node)
        {
            case YamlMapping map:
                var entries = map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Build(entry.Value, mentioned))).DistinctBy(entry => entry.Key).ToArray();
                var whole = new PlannedMap(entries);
                return entries.All(entry => entry.Value is PlannedConstant) ? new PlannedConstant(whole.Resolve(null!)) : whole;
            case YamlSequence list:
                var items = list.Items.Select(item => Build(item, mentioned)).ToArray();
                return items.All(item => item is PlannedConstant) ? new PlannedConstant(new PlannedList(items).Resolve(null!)) : new PlannedList(items);
            default:
                return Scalar((YamlScalar)node, mentioned);
        }
    }

    /// <summary>The instruction of a value that is wholly <c>&lt;AUTO&gt;…&lt;/AUTO&gt;</c>; null for any other.</summary>
    public static AutoValue? Auto(YamlNode node)
    {
        var text = (node as YamlScalar)?.Text.Trim() ?? "";
        return text.StartsWith(AutoOpen, StringComparison.Ordinal) && text.EndsWith(AutoClose, StringComparison.Ordinal) && text.Length >= AutoOpen.Length + AutoClose.Length
            && text.IndexOf(AutoOpen, AutoOpen.Length, StringComparison.Ordinal) < 0
            ? new AutoValue(text[AutoOpen.Length..^AutoClose.Length].Trim())
            : null;
    }

    /// <summary>A condition: a bare expression, or one wrapped in a single template.</summary>
    public ParsedExpression? Condition(YamlScalar written, Action<MentionedReference> mentioned)
    {
        var text = written.Text;
        return Parsed(
            written,
            () => text.TrimStart().StartsWith("{{", StringComparison.Ordinal)
                ? Template.Parse(text.Trim(), roots)
                : ExpressionParser.Parse(text, roots),
            mentioned);
    }

    private PlannedValue Scalar(YamlScalar scalar, Action<MentionedReference> mentioned)
    {
        if (scalar.Value is not string text)
            return new PlannedConstant(scalar.Value is bool truth ? Values.Boxed(truth) : scalar.Value);
        if (text.Contains(AutoOpen, StringComparison.Ordinal) || text.Contains(AutoClose, StringComparison.Ordinal))
        {
            findings.Error(
                scalar.PositionOf(Math.Max(0, text.IndexOf("AUTO>", StringComparison.Ordinal) - 1)),
                "<AUTO> must be a parameter's whole value",
                "write 'parameter: <AUTO>what to decide</AUTO>' with nothing around it, directly under 'parameters:'");
            return new PlannedConstant(text);
        }

        if (text.IndexOf("{%", StringComparison.Ordinal) is var statement and >= 0)
            findings.Warning(scalar.PositionOf(statement), "{% … %} is not a template here and stays text", "write {{ a if condition else b }}, or remove it");
        return Parsed(scalar, () => Template.Parse(text, roots), mentioned) is { } expression
            ? new PlannedExpression(expression)
            : new PlannedConstant(text);
    }

    private ParsedExpression? Parsed(YamlScalar scalar, Func<ParsedExpression?> parse, Action<MentionedReference> mentioned)
    {
        try
        {
            var parsed = parse();
            foreach (var reference in parsed?.References ?? [])
                mentioned(new MentionedReference(reference, scalar.PositionOf(reference.Offset), scalar.PositionOf(reference.FieldOffset)));
            return parsed;
        }
        catch (PipelineFormatException fault)
        {
            findings.Error(scalar.PositionOf(fault.Offset), fault.Problem, fault.Fix);
            return null;
        }
    }
}
