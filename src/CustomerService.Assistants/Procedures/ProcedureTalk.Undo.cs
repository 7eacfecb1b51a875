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

    /// <summary>Puts the way back before the customer.</summary>
    public async ValueTask<ProcedureTurn?> OfferUndoAsync(ActiveProcedure active, CancellationToken cancellation)
    {
        if (UndoCall(active) is not { } undo)
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

        if (answer != YesNoAnswer.Yes || UndoCall(active) is not { } undo)
            return null;
        if (request.Identity is null)
            return Prove(active, readsMessage: false);
        var view = new SlotView(procedure, active.Slots, await CustomerRecords.LoadAsync(orders, request.Identity.CustomerId, cancellation));
        if (await gate.CallAsync(undo with { ConfirmedFingerprint = active.AwaitsYesTo }, cancellation) is ToolResult.Refused refused)
            return HandOver(active, $"it could not be undone: {refused.Reason}");
        Tell(ProcedureTexts.UndoDone, undo, view);
        return Turn(Build(), null, $"undone: {undo.Tool}");
    }

    private void Tell(string textKey, ToolCall call, SlotView view)
    {
        var values = new ProcedureWording(_phrases, view).Arguments(call);
        _text.Say(textKey, [.. values]).RestOn("procedure:" + procedure.Name, [.. values.Select(value => value.Value)]);
        _own = [.. values.Where(value => value.Name == "address").Select(value => value.Value)];
    }

    private static string UndoText(ToolCall undo)
    {
        var arguments = new JsonObject();
        foreach (var (name, value) in undo.Arguments)
            arguments[name] = value is ImmutableArray<string> list ? new JsonArray([.. list.Select(item => (JsonNode)item)]) : JsonValue.Create((string)value);
        return new JsonObject { [Tool] = undo.Tool, [Arguments] = arguments }.ToJsonString();
    }

    private ToolCall? UndoCall(ActiveProcedure active)
    {
        if (!active.Slots.TryGetValue(ProcedureState.Undo, out var text) || JsonNode.Parse(text) is not JsonObject { } undo || undo[Arguments] is not JsonObject arguments)
            return null;
        var given = arguments.ToImmutableSortedDictionary(
            argument => argument.Key,
            object (argument) => argument.Value is JsonArray list ? list.Select(item => item!.GetValue<string>()).ToImmutableArray() : argument.Value!.GetValue<string>(),
            StringComparer.Ordinal);
        return new ToolCall(undo[Tool]!.GetValue<string>(), given, Subject, $"{Key}:{procedure.Name}.undo");
    }
}
