using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Conversations;
using CustomerService.Language;

namespace CustomerService.Assistants.Procedures;

// Taking back what was done, where the step said how: it is a change too, so it has its own yes.
internal sealed partial class ProcedureTalk
{
    private const string Tool = "tool";
    private const string Arguments = "arguments";

    /// <summary>Puts the way back before the customer, or says why there is none. Null: nothing is known of one.</summary>
    public async ValueTask<ProcedureTurn?> OfferUndoAsync(ActiveProcedure active, CancellationToken cancellation)
    {
        if (active.Slots.TryGetValue(ProcedureState.Final, out var why) && _phrases.Has(ProcedureTexts.Key(why)))
        {
            _text.Say(ProcedureTexts.Key(why));
            return Turn(Build(), Over(active), "can't be undone");
        }

        if (UndoCalls(active) is not [var undo, ..])
            return null;
        if (request.Identity is null)
            return Prove(active, readsMessage: false);
        var view = new SlotView(procedure, active.Slots, await CustomerRecords.LoadAsync(orders, request.Identity.CustomerId, cancellation));
        Tell(ProcedureTexts.UndoConfirm, undo, view);
        return Ask(active with { AwaitsYesTo = ToolFingerprint.Of(undo) }, ProcedureState.StepOf(ProcedureStage.Undoing, ""), $"puts the undoing ({undo.Tool}) before the customer", yesOrNo: true);
    }

    /// <summary>Undoes it after a yes; anything else leaves it as it is. Null: the message is about something else.</summary>
    public async ValueTask<ProcedureTurn?> UndoAsync(ActiveProcedure active, YesNoAnswer answer, CancellationToken cancellation)
    {
        if (answer == YesNoAnswer.No || Withdrawal.IsStop(request.Message))
        {
            _text.Say(Procedures.ProcedureTexts.UndoLeft);
            return Turn(Build(), null, "left as it is");
        }

        if (answer != YesNoAnswer.Yes || UndoCalls(active) is not [var undo, .. var earlier])
            return null;
        if (request.Identity is null)
            return Prove(active, readsMessage: false);
        var view = new SlotView(procedure, active.Slots, await CustomerRecords.LoadAsync(orders, request.Identity.CustomerId, cancellation));
        if (await gate.CallAsync(undo with { ConfirmedFingerprint = active.AwaitsYesTo }, cancellation) is ToolResult.Refused refused)
            return HandOver(active, $"it could not be undone: {refused.Reason}");
        Tell(ProcedureTexts.UndoDone, undo, view);
        if (earlier is not [var next, ..])
            return Turn(Build(), null, $"undone: {undo.Tool}");
        // What was changed before it has its own yes.
        Tell(ProcedureTexts.UndoConfirm, next, view);
        var left = active with { AwaitsYesTo = ToolFingerprint.Of(next), Slots = active.Slots.SetItem(ProcedureState.Undo, UndoText(earlier)) };
        return Ask(left, ProcedureState.StepOf(ProcedureStage.Undoing, ""), $"undone: {undo.Tool}; puts the undoing of {next.Tool} before the customer", yesOrNo: true);
    }

    private static ImmutableDictionary<string, string> WithUndo(ImmutableDictionary<string, string> slots, ProcedureWalk walk)
    {
        slots = walk.Final is { } why ? slots.SetItem(ProcedureState.Final, why) : slots.Remove(ProcedureState.Final);
        if (walk.Undos.IsEmpty)
            return slots;
        var earlier = UndoEntries(slots);
        return slots.SetItem(ProcedureState.Undo, new JsonArray([.. walk.Undos.Select(UndoEntry), .. earlier.Select(entry => entry.DeepClone())]).ToJsonString());
    }

    private void Tell(string textKey, ToolCall call, SlotView view)
    {
        var values = new ProcedureWording(_phrases, view).Arguments(call);
        _text.Say(textKey, [.. values]).RestOn("procedure:" + procedure.Name, [.. values.Select(value => value.Value)]);
        _own = [.. values.Where(value => value.Name == "address").Select(value => value.Value)];
    }

    private static string UndoText(IEnumerable<ToolCall> undos) => new JsonArray([.. undos.Select(UndoEntry)]).ToJsonString();

    private static JsonNode UndoEntry(ToolCall undo)
    {
        var arguments = new JsonObject();
        foreach (var (name, value) in undo.Arguments)
            arguments[name] = value is ImmutableArray<string> list ? new JsonArray([.. list.Select(item => (JsonNode)item)]) : JsonValue.Create((string)value);
        return new JsonObject { [Tool] = undo.Tool, [Arguments] = arguments };
    }

    // One alone is how earlier versions kept it.
    private static IEnumerable<JsonObject> UndoEntries(ImmutableDictionary<string, string> slots) => slots.TryGetValue(ProcedureState.Undo, out var text) ? JsonNode.Parse(text) switch
    {
        JsonArray all => all.OfType<JsonObject>(),
        JsonObject one => [one],
        _ => [],
    } : [];

    private List<ToolCall> UndoCalls(ActiveProcedure active) => [.. UndoEntries(active.Slots).Where(entry => entry[Arguments] is JsonObject).Select(entry => new ToolCall(
        entry[Tool]!.GetValue<string>(),
        entry[Arguments]!.AsObject().ToImmutableSortedDictionary(
            argument => argument.Key,
            object (argument) => argument.Value is JsonArray list ? list.Select(item => item!.GetValue<string>()).ToImmutableArray() : argument.Value!.GetValue<string>(),
            StringComparer.Ordinal),
        Subject,
        $"{Key}:{procedure.Name}.undo"))];
}
