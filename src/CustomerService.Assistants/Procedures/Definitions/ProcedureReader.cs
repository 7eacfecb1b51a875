using System.Collections.Immutable;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Tools;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Assistants.Procedures;

/// <summary>Reads one procedure's YAML. Whatever is wrong is a finding with its place and a fix.</summary>
internal sealed class ProcedureReader(Findings findings, IReadOnlyList<ToolContract> tools)
{
    private static readonly string[] Kinds = ["ask", "look_up", "say", "refuse", "confirm", "do", "continue_with", "handoff", "end"];
    private static readonly string[] TypeNames = ["order", "order_items", "variants", "payment_method", "address", "one_of", "yes_no", "number", "date", "text"];

    private readonly Dictionary<string, SlotDefinition> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourcePosition> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _confirmed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private ProcedureNames _names = ProcedureNames.Of([], []);

    /// <summary>The texts that it names below <c>procedures.</c>, with their places.</summary>
    public List<Located<string>> Texts { get; } = [];

    /// <summary>The procedures that it goes on with.</summary>
    public List<Located<string>> Others { get; } = [];

    public ProcedureDefinition? Read(YamlMapping root, string expectedName)
    {
        var map = new MappingReader(root, "a procedure", findings, "name", "version", "title", "intents", "says", "identity", "max_asks", "resume_within", "undo_within", "slots", "steps");
        var name = map.RequiredText("name", expectedName);
        if (name is { } given && given.Value != expectedName)
            findings.Error(given.At, $"the procedure is called '{given.Value}' in a file for '{expectedName}'", "give the file and the procedure one name");
        var version = map.Whole("version", 1, 1_000_000);
        if (map.Node("version") is null)
            findings.Error(map.At, "a procedure has no version", "add 'version: 1', and count up whenever its steps change");
        var title = map.RequiredText("title", "what it is about");
        var intents = map.Texts("intents");
        ReadSlots(map.Map("slots"));
        var steps = ReadSteps(map);
        return findings.HasErrors ? null : new ProcedureDefinition(expectedName, version!.Value, title!.Value.Value, [.. intents.Select(intent => intent.Value)])
        {
            Says = Text(map, "says"),
            NeedsIdentity = map.Word("identity", "basic", "none") != "none",
            MaxAsks = map.Whole("max_asks", 1, 10) ?? 3,
            ResumeWithin = TimeSpan.FromSeconds(map.Seconds("resume_within", 60) ?? TimeSpan.FromDays(7).TotalSeconds),
            UndoWithin = TimeSpan.FromSeconds(map.Seconds("undo_within") ?? TimeSpan.FromMinutes(15).TotalSeconds),
            Slots = [.. _slots.Values],
            Steps = steps,
            Texts = [.. Texts.Select(text => text.Value).Distinct(StringComparer.Ordinal)],
        };
    }

    private void ReadSlots(YamlMapping? slots)
    {
        foreach (var (key, node) in slots?.Entries ?? [])
        {
            if (!key.Text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_') || key.Text == ProcedureNames.Intent || RootNames.IsReserved(key.Text))
                findings.Error(key.At, $"'{key.Text}' can't name a slot", "use lower case letters and underscores, and no word of the expressions");
            if (node is not YamlMapping inner)
            {
                findings.Error(node.At, $"slot '{key.Text}' is {node.Kind}, where a map is expected", $"write '{key.Text}: {{ type: text }}'");
                continue;
            }

            var map = new MappingReader(inner, "a slot", findings, "type", "ask", "max_asks", "accept", "why_not", "options", "words", "of");
            map.RequiredText("type", "text");
            var type = (SlotType)Math.Max(0, Array.IndexOf(TypeNames, map.Word("type", TypeNames)));
            var slot = new SlotDefinition(key.Text, type)
            {
                Ask = Text(map, "ask"),
                MaxAsks = map.Whole("max_asks", 1, 10),
                Accept = [.. map.Texts("accept").Select(word => word.Value)],
                WhyNot = Text(map, "why_not"),
                Options = [.. map.Texts("options").Select(word => word.Value)],
                Words = map.Text("words")?.Value,
                Of = SlotBefore(map),
            };
            if (type == SlotType.OneOf && (slot.Options.IsEmpty || slot.Words is null))
                findings.Error(inner.At, $"slot '{key.Text}' is one_of without its options or their words", "add 'options: [first, second]' and 'words: KEY', the texts with the words for each");
            if (type is SlotType.OrderItems or SlotType.Variants && slot.Of is null)
                findings.Error(inner.At, $"slot '{key.Text}' does not say what it belongs to", type == SlotType.Variants ? "add 'of: ITEMS', the slot with the items" : "add 'of: ORDER', the slot with the order");
            foreach (var option in slot.Options)
                Texts.Add(new($"{slot.Words}.{option.Replace(' ', '_')}", inner.At));
            _slots[key.Text] = slot;
        }
    }

    private string? SlotBefore(MappingReader map)
    {
        if (map.Text("of") is not { } of)
            return null;
        if (!_slots.ContainsKey(of.Value))
            findings.Error(of.At, $"there is no slot '{of.Value}' before this one", Suggestion.For(of.Value, _slots.Keys));
        return of.Value;
    }

    private ImmutableArray<ProcedureStep> ReadSteps(MappingReader map)
    {
        if (map.List("steps") is not { } list)
        {
            findings.Error(map.At, "a procedure has no steps", "add 'steps:' with one '- ask: SLOT' or the like a line");
            return [];
        }

        var lookedUp = list.Items.OfType<YamlMapping>().Select(step => (step.Find("into") as YamlScalar)?.Text).OfType<string>();
        _names = ProcedureNames.Of(_slots.Keys, lookedUp);
        var steps = ImmutableArray.CreateBuilder<ProcedureStep>(list.Items.Count);
        foreach (var (number, item) in list.Items.Index())
        {
            if (item is not YamlMapping step)
                findings.Error(item.At, $"a step is {item.Kind}, where a map is expected", "write '- ask: SLOT', or another kind of step");
            else if (ReadStep(step, number + 1) is { } read)
                steps.Add(read);
        }

        return steps.ToImmutable();
    }

    private ProcedureStep? ReadStep(YamlMapping node, int number)
    {
        var map = new MappingReader(node, "a step", findings, [.. Kinds, "id", "when", "with", "into", "text", "done", "money", "values", "optional", "undo", "final", "forget"]);
        var kinds = Kinds.Where(kind => node.Find(kind) is not null).ToList();
        if (kinds.Count != 1)
        {
            findings.Error(node.At, kinds.Count == 0 ? "a step does not say what it does" : $"a step is {string.Join(" and ", kinds)} at once", $"give it exactly one of {string.Join(", ", Kinds)}");
            return null;
        }

        var kind = kinds[0];
        var id = map.Text("id")?.Value ?? (kind is "ask" or "do" ? $"{kind}_{(node.Find(kind) as YamlScalar)?.Text}" : $"{kind}_{number}");
        if (!_ids.TryAdd(id, node.At))
            findings.Error(node.At, $"two steps are called '{id}'; the other is at {_ids[id]}", "give one of them another 'id'");
        return Read(kind, id, map) is { } step ? step with { When = Condition(map, "when") } : null;
    }

    private ProcedureStep? Read(string kind, string id, MappingReader map)
    {
        var what = kind == "end" ? null : map.RequiredText(kind, "…");
        if (what is null && kind != "end")
            return null;
        var value = what?.Value ?? "";
        switch (kind)
        {
            case "ask":
                _asked.Add(value);
                if (_slots.GetValueOrDefault(value) is { } slot)
                    return new ProcedureStep.Ask(id, slot);
                findings.Error(what!.Value.At, $"there is no slot '{value}'", Suggestion.For(value, _slots.Keys));
                return null;
            case "look_up":
                return new ProcedureStep.LookUp(id, Call(what!.Value, map.Map("with"), writes: false), map.RequiredText("into", "record")?.Value ?? "");
            case "say":
                return new ProcedureStep.Say(id, Named(what!.Value)) { Money = Expressions(map.Map("money")), Values = Found(map.Map("values")) };
            case "refuse":
                if (map.Text("forget") is { } forgotten && !_asked.Contains(forgotten.Value))
                    findings.Error(forgotten.At, $"no step before this one asks for '{forgotten.Value}'", Suggestion.For(forgotten.Value, _asked));
                return new ProcedureStep.Refuse(id, Named(what!.Value)) { Money = Expressions(map.Map("money")), Forget = map.Text("forget")?.Value };
            case "confirm":
                var call = Call(what!.Value, map.Map("with"), writes: true);
                _confirmed[id] = value;
                return new ProcedureStep.Confirm(id, call, map.RequiredText("text", "confirm") is { } text ? Named(text) : "")
                {
                    Money = Expressions(map.Map("money")),
                    Optional = map.Truth("optional") ?? false,
                    Undo = map.Map("undo") is { } undo ? Call(new(value, undo.At), undo, writes: true) : null,
                    Final = Text(map, "final"),
                };
            case "do":
                if (!_confirmed.ContainsKey(value))
                    findings.Error(what!.Value.At, $"no step before this one is a confirmation called '{value}'", Suggestion.For(value, _confirmed.Keys));
                return new ProcedureStep.Do(id, value, map.RequiredText("done", "done") is { } done ? Named(done) : "") { Money = Expressions(map.Map("money")) };
            case "continue_with":
                Others.Add(what!.Value);
                return new ProcedureStep.ContinueWith(id, value);
            case "handoff":
                return new ProcedureStep.Handoff(id, value);
            default:
                return new ProcedureStep.End(id);
        }
    }

    private ToolArguments Call(Located<string> tool, YamlMapping? with, bool writes)
    {
        var arguments = Expressions(with);
        if (tools.FirstOrDefault(candidate => candidate.Name == tool.Value) is not { } contract)
        {
            findings.Error(tool.At, $"there is no tool '{tool.Value}'", Suggestion.For(tool.Value, tools.Where(candidate => candidate.Writes == writes).Select(candidate => candidate.Name)));
            return new ToolArguments(tool.Value);
        }

        if (contract.Writes != writes)
            findings.Error(tool.At, writes ? $"'{tool.Value}' changes nothing, so there is nothing to confirm" : $"'{tool.Value}' changes something and needs the customer's yes", writes ? "look it up with 'look_up'" : "put it before them with 'confirm', then 'do' it");
        foreach (var (name, _) in arguments.Where(argument => !contract.Parameters.Any(parameter => parameter.Name == argument.Key)))
            findings.Error(with!.Entries.First(entry => entry.Key.Text == name).Key.At, $"'{tool.Value}' takes no '{name}'", Suggestion.For(name, contract.Parameters.Select(parameter => parameter.Name)));
        foreach (var missing in contract.Parameters.Where(parameter => parameter.Required && !arguments.Any(argument => argument.Key == parameter.Name)))
            findings.Error(with?.At ?? tool.At, $"'{tool.Value}' is called without '{missing.Name}'", $"add '{missing.Name}: …' under 'with'");
        return new ToolArguments(tool.Value) { With = arguments };
    }

    private ImmutableArray<KeyValuePair<string, ParsedExpression>> Found(YamlMapping? map)
    {
        foreach (var (key, _) in map?.Entries ?? [])
        {
            if (!key.Text.StartsWith(AnswerBook.FoundPlace, StringComparison.Ordinal))
                findings.Error(key.At, $"'{key.Text}' can't be a place of what was looked up", $"call it '{AnswerBook.FoundPlace}{key.Text}', here and in the text");
        }

        return Expressions(map);
    }

    private ImmutableArray<KeyValuePair<string, ParsedExpression>> Expressions(YamlMapping? map)
    {
        var parsed = ImmutableArray.CreateBuilder<KeyValuePair<string, ParsedExpression>>();
        foreach (var (key, node) in map?.Entries ?? [])
        {
            if (node is YamlScalar scalar && Parse(scalar) is { } expression)
                parsed.Add(new(key.Text, expression));
            else if (node is not YamlScalar)
                findings.Error(node.At, $"'{key.Text}' is {node.Kind}, where an expression is expected", "name a slot, a field of what was looked up, or a text in quotes");
        }

        return parsed.ToImmutable();
    }

    private ParsedExpression? Condition(MappingReader map, string key) => map.Node(key) is YamlScalar scalar ? Parse(scalar) : null;

    private ParsedExpression? Parse(YamlScalar scalar)
    {
        try
        {
            return ExpressionParser.Parse(scalar.Text, _names.Roots);
        }
        catch (PipelineFormatException problem)
        {
            findings.Error(scalar.PositionOf(problem.Offset), problem.Problem, problem.Fix.Length == 0 ? "correct the expression" : problem.Fix);
            return null;
        }
    }

    private string? Text(MappingReader map, string key) => map.Text(key) is { } text ? Named(text) : null;

    private string Named(Located<string> text)
    {
        Texts.Add(text);
        return text.Value;
    }
}
