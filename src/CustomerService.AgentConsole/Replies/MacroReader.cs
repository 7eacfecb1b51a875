using System.Collections.Immutable;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.AgentConsole.Replies;

/// <summary>Reads the steps of a macro.</summary>
/// <param name="replies">The shortcuts of the replies that there are.</param>
internal sealed class MacroReader(Findings findings, RepliesReader file, ImmutableArray<string> replies)
{
    private const string Example = "write 'steps:' and under it '- reply: thanks', '- note: …', '- hold', '- transfer: billing', '- snooze: 4h' or '- resolve'";
    private static readonly string[] Acts = ["reply", "note", "hold", "transfer", "snooze", "resolve"];

    public ImmutableArray<MacroStep> Read(MappingReader macro)
    {
        if (macro.Node("steps") is not YamlSequence { Items.Count: > 0 } list)
        {
            findings.Error(macro.Node("steps")?.At ?? macro.At, "a macro has no steps", Example);
            return [];
        }

        var steps = ImmutableArray.CreateBuilder<MacroStep>();
        foreach (var item in list.Items)
        {
            if (steps.LastOrDefault() is MacroStep.Transfer or MacroStep.Snooze or MacroStep.Resolve)
                findings.Error(item.At, "a step follows one after which the conversation is off the desk", "make 'transfer', 'snooze' or 'resolve' the last step");
            if (Step(item) is { } step)
                steps.Add(step);
        }

        return steps.ToImmutable();
    }

    private MacroStep? Step(YamlNode item)
    {
        if (item is YamlScalar { Text: "hold" })
            return new MacroStep.Hold();
        if (item is YamlScalar { Text: "resolve" })
            return new MacroStep.Resolve(null, null);
        if (item is not YamlMapping { Entries: [var (act, value)] } map || !Acts.Contains(act.Text, StringComparer.Ordinal))
        {
            findings.Error(item.At, item is YamlScalar word ? $"'{word.Text}' is no step of a macro" : "a step of a macro is one act", Example);
            return null;
        }

        var step = new MappingReader(map, "a step", findings, Acts);
        return act.Text switch
        {
            "reply" => step.Text("reply") is { } shortcut ? Reply(shortcut) : null,
            "note" => step.Text("note") is { } note ? Note(value, note.Value) : null,
            "transfer" => Transfer(step, value),
            "snooze" => RepliesReader.Away(step, "snooze") is { } seconds ? new MacroStep.Snooze(TimeSpan.FromSeconds(seconds)) : null,
            "resolve" => Resolve(step, value),
            _ => new MacroStep.Hold(),
        };
    }

    private MacroStep.Reply? Reply(Located<string> shortcut)
    {
        if (replies.Contains(shortcut.Value))
            return new MacroStep.Reply(shortcut.Value);
        findings.Error(shortcut.At, $"there is no reply '{shortcut.Value}'", Suggestion.For(shortcut.Value, replies));
        return null;
    }

    private MacroStep.Note Note(YamlNode node, string text)
    {
        file.Check(node, text);
        return new MacroStep.Note(text.Trim());
    }

    private MacroStep.Transfer? Transfer(MappingReader step, YamlNode value)
    {
        if (value is not YamlMapping map)
            return step.Text("transfer") is { } name && file.Queue(name) is { } known ? new MacroStep.Transfer(known, null) : null;
        var reader = new MappingReader(map, "'transfer'", findings, "queue", "note");
        return reader.RequiredText("queue", "billing") is { } written && file.Queue(written) is { } queue ? new MacroStep.Transfer(queue, reader.Text("note")?.Value) : null;
    }

    private MacroStep.Resolve Resolve(MappingReader step, YamlNode value)
    {
        if (value is not YamlMapping map)
            return new MacroStep.Resolve(step.Text("resolve")?.Value, null);
        var reader = new MappingReader(map, "'resolve'", findings, "code", "note");
        return new MacroStep.Resolve(reader.Text("code")?.Value, reader.Text("note")?.Value);
    }
}
