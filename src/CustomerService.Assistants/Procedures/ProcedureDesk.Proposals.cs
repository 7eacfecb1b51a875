using System.Collections.Immutable;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Conversations;

namespace CustomerService.Assistants.Procedures;

// What becomes of a change that a chat model asks for.
public sealed partial class ProcedureDesk
{
    /// <summary>
    /// Begins the procedure that makes this change, with the arguments as slots: they are held against the customer's records, and exactly this
    /// change is put before the customer in the procedure's own words. Only the customer's own next yes makes it.
    /// </summary>
    /// <returns>
    /// Null: no procedure makes it, something in it is not the customer's, or the conversation is in the middle of a procedure, which no model may leave.
    /// </returns>
    internal async ValueTask<ProcedureTurn?> ProposeAsync(AnswerRequest request, IdentityFinding finding, ToolCall call, CancellationToken cancellation)
    {
        if (request.Run.Context.Procedure is { IsOver: false } || _procedures.Making(call.Tool) is not { } procedure || !Speaks(procedure, request.Phrases))
            return null;
        var slots = Slots(procedure, call).SetItem(ProcedureState.Intent, _procedures.IntentOf(procedure) ?? request.Intent);
        if (request.Identity is not { } identity || !await HoldAsync(procedure, slots, identity.CustomerId, cancellation))
            return null;
        var begun = new ActiveProcedure(procedure.Name, procedure.Version, "", slots, request.Run.StartedAt, request.Run.StartedAt);
        var turn = await Talk(procedure, request, finding, []).GoOnAsync(begun, cancellation, readsMessage: false);
        return turn.Procedure?.AwaitsYesTo is { } awaited && awaited != ToolFingerprint.Of(call) ? null : turn;
    }

    private async ValueTask<bool> HoldAsync(ProcedureDefinition procedure, ImmutableDictionary<string, string> slots, string customer, CancellationToken cancellation)
    {
        var view = new SlotView(procedure, slots, await CustomerRecords.LoadAsync(_orders, customer, cancellation));
        return procedure.Slots.All(slot => !slots.TryGetValue(slot.Name, out var value) || SlotRules.Holds(slot, value, view));
    }

    /// <summary>The arguments put back into the slots from which the confirmation takes them, such as <c>address.city</c>.</summary>
    private static ImmutableDictionary<string, string> Slots(ProcedureDefinition procedure, ToolCall call)
    {
        var slots = ImmutableDictionary<string, string>.Empty;
        foreach (var (parameter, expression) in procedure.Confirmation!.Call.With)
        {
            var path = expression.Source.Trim().Split('.');
            if (procedure.Slot(path[0]) is not { } slot || !call.Arguments.TryGetValue(parameter, out var value))
                continue;
            slots = slots.SetItem(slot.Name, (slot.Type, value) switch
            {
                (SlotType.Address, string part) when path.Length == 2 => SlotText.Of(SlotText.Map(slots.GetValueOrDefault(slot.Name)).SetItem(path[1], part)),
                (_, ImmutableArray<string> list) => SlotText.Of(list),
                _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
            });
        }

        return slots;
    }
}
