using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Assistants.Tests.Dialogues;

/// <summary>Every dialogue of the files beside this one, from the first word to the records afterwards, without any model.</summary>
public sealed class DialogueTests
{
    private static readonly string Folder = Path.Combine(Requires.RepositoryRoot, "tests", "CustomerService.Assistants.Tests", "Dialogues");

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var file in Directory.GetFiles(Folder, "*.yaml").Order(StringComparer.Ordinal))
            {
                foreach (var dialogue in Dialogue.Load(file))
                    all.Add(Path.GetFileNameWithoutExtension(file), dialogue.Name);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Dialogue_GoesAsWritten(string file, string name)
    {
        var dialogue = Dialogue.Load(Path.Combine(Folder, file + ".yaml")).Single(candidate => candidate.Name == name);
        await using var stage = new DialogueStage(Path.Combine(Folder, "shop.json"));
        var before = await stage.RecordsAsync();
        var transcript = new StringBuilder();
        var wrong = new List<string>();
        foreach (var turn in dialogue.Turns)
        {
            if (turn.After is { } time)
                stage.Wait(Durations.TryRead(time, out var length) ? length : throw new FormatException($"'{time}' is no length of time"));
            foreach (var (order, status) in turn.Meanwhile)
                stage.SetStatus(order, status);
            var outcome = await stage.SayAsync(turn.Say);
            transcript.Append("> ").Append(turn.Say).Append('\n').Append(outcome.Answer?.Text).Append("\n[").Append(string.Join(' ', outcome.Answer?.Sources ?? [])).Append("]\n");
            if (outcome.Handoff is { } handoff)
                transcript.Append("HANDOFF ").Append(handoff.Queue).Append(": ").Append(handoff.Reason).Append('\n');
            wrong.AddRange(Wrong(turn, outcome));
            if (wrong.Count > 0)
            {
                transcript.Append(stage.Trace);
                break;
            }
        }

        wrong.AddRange(Wrong(dialogue, before, await stage.RecordsAsync()));
        Assert.True(wrong.Count == 0, $"{string.Join('\n', wrong)}\n\n{transcript}");
    }

    private static IEnumerable<string> Wrong(Line turn, RunOutcome outcome)
    {
        var text = outcome.Answer?.Text ?? "";
        if (turn.Handoff != outcome.Handoff is not null)
            yield return turn.Handoff ? $"'{turn.Say}' must go to a person" : $"'{turn.Say}' must not go to a person";
        foreach (var phrase in turn.Has.Where(phrase => !text.Contains(phrase, StringComparison.OrdinalIgnoreCase)))
            yield return $"the answer to '{turn.Say}' lacks '{phrase}'";
        foreach (var phrase in turn.Lacks.Where(phrase => text.Contains(phrase, StringComparison.OrdinalIgnoreCase)))
            yield return $"the answer to '{turn.Say}' has '{phrase}'";
        foreach (var key in turn.Texts.Where(key => !(outcome.Answer?.Sources ?? []).Any(source => source == "text:" + key || source == "text:procedures." + key)))
            yield return $"the answer to '{turn.Say}' is not made of the text {key}";
    }

    private static IEnumerable<string> Wrong(Dialogue dialogue, JsonObject before, JsonObject after)
    {
        if (dialogue.NothingChanged && !JsonNode.DeepEquals(before, after))
            yield return "a record was changed";
        foreach (var (kind, records) in new[] { ("orders", dialogue.Orders), ("customers", dialogue.Customers) })
        {
            foreach (var (id, fields) in records)
            {
                foreach (var (path, value) in fields)
                {
                    var found = path.Split('.').Aggregate(after[kind]![id], (node, step) => int.TryParse(step, out var index) ? node is JsonArray list && index < list.Count ? list[index] : null : node?[step]);
                    var text = found is null ? "nothing" : found is JsonValue single ? single.ToString() : found.ToJsonString();
                    var same = decimal.TryParse(text, CultureInfo.InvariantCulture, out var left) && decimal.TryParse(value, CultureInfo.InvariantCulture, out var right) ? left == right : text == value;
                    if (!same)
                        yield return $"{kind} {id} {path}: expected {value}, got {text}";
                }
            }
        }
    }
}
