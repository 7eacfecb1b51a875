using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Conversations;

namespace CustomerService.Assistants.Procedures;

// What is said where a walk came to, and what the conversation keeps.
internal sealed partial class ProcedureTalk
{
    private const string YesOrNo = "procedures.yes_no";
    private const string NoMethod = "no_payment_method";

    private ProcedureTurn AskFor(ActiveProcedure active, ProcedureStep.Ask step, ProcedureWalk walk, bool learned, string message)
    {
        var slot = step.Slot;
        var choices = SlotRules.Choices(slot, walk.View);
        var again = active.Step == step.Id && !learned && !_proves;
        if (slot.Type == SlotType.Order && walk.View.Records is { Orders: [] })
        {
            _text.Say(AnswerKeys.NoOrders).RestOn("customer:" + walk.View.Records.Customer.Id);
            return Turn(Build(), null, "no orders on record");
        }

        if (choices.IsEmpty && slot.Type is SlotType.Variants or SlotType.PaymentMethod)
        {
            walk.Say(ProcedureTexts.Refused(slot.Type == SlotType.Variants ? Integrations.Orders.OrderRefusals.NotAvailable : NoMethod), new ProcedureWording(_phrases, walk.View).Slots());
            return Refused(active, new WalkEnd.Refused(step.Id, "nothing to choose from"), walk);
        }

        var asked = again ? active.Asked + 1 : 1;
        if (asked > (slot.MaxAsks ?? procedure.MaxAsks))
            return HandOver(active, $"asked {asked - 1} times for {slot.Name}");
        var shown = ProcedureWording.Shown(slot, slot.Type == SlotType.Variants ? Narrowed(walk, slot, choices, message) : choices);
        if (again && !_explained && message.Length > 0)
            _text.Say(ProcedureTexts.NotUnderstood);
        Question(slot, walk, shown);
        var slots = shown.IsEmpty ? active.Slots : active.Slots.SetItem(ProcedureState.Offered, SlotText.Of(shown));
        return Ask(active with { Asked = asked, Slots = slots }, step.Id, $"asks for {slot.Name}", slot.Name);
    }

    // Of many variants those that fit what was said; where none does, the customer is told.
    private ImmutableArray<string> Narrowed(ProcedureWalk walk, SlotDefinition slot, ImmutableArray<string> choices, string message)
    {
        if (SlotRules.OpenLine(slot, walk.View) is not { } line || message.Length == 0)
            return choices;
        var reading = OptionWords.Read(message, line, walk.View.Records!.Alternatives(line), walk.View.Records.Variants(line));
        if (reading is { Named: true, Fitting.IsEmpty: true })
        {
            walk.Say(ProcedureTexts.NotAvailable, [("item", ProcedureWording.Item(line))]);
            _explained = true;
        }

        return reading.Fitting.Length > 1 ? [.. reading.Fitting.Select(variant => variant.ItemId)] : choices;
    }

    private void Question(SlotDefinition slot, ProcedureWalk walk, ImmutableArray<string> choices)
    {
        var wording = new ProcedureWording(_phrases, walk.View);
        var values = wording.Slots();
        values.Add(("list", wording.List(slot, choices)));
        if (slot.Type == SlotType.Variants && SlotRules.OpenLine(slot, walk.View) is { } line)
            values.Add(("item", ProcedureWording.Item(line)));
        var known = slot.Type == SlotType.Address ? SlotText.Map(walk.View.Value(slot.Name)) : [];
        if (known.IsEmpty)
        {
            walk.Say(slot.Ask is { } named ? ProcedureTexts.Key(named) : ProcedureTexts.AskFor(slot.Type), values);
            return;
        }

        values.Add(("missing", wording.Missing(AddressParts.Missing(known))));
        walk.Say(ProcedureTexts.MissingParts, values);
    }

    private ProcedureTurn Confirm(ActiveProcedure active, WalkEnd.Confirms confirms, ProcedureWalk walk, bool learned, string message)
    {
        var fingerprint = ToolFingerprint.Of(confirms.Call);
        var again = active.Step == confirms.Step.Id && !learned && !_proves && walk.Done.Length == Done.Length;
        var asked = again ? active.Asked + 1 : 1;
        if (asked > procedure.MaxAsks)
            return HandOver(active, $"asked {asked - 1} times for a yes or no");
        if (again && message.Length > 0 && !_explained)
            _text.Say(ProcedureTexts.NotUnderstood);
        walk.Tell(confirms.Step.Text, new ProcedureWording(_phrases, walk.View).Arguments(confirms.Call), confirms.Step.Money);
        return Ask(Keep(active, walk) with { Asked = asked, AwaitsYesTo = fingerprint }, confirms.Step.Id, $"puts {confirms.Call.Tool} before the customer", "confirmation", yesOrNo: true);
    }

    // Where an earlier step of it has changed something already, the customer may have that undone; where it can't be, a person has to see what is to be done.
    private ProcedureTurn Refused(ActiveProcedure active, WalkEnd.Refused refused, ProcedureWalk walk)
    {
        var kept = Keep(active, walk);
        if (!kept.Done.IsEmpty && UndoCalls(kept) is not [_, ..])
            return HandOver(kept, $"{string.Join(", ", kept.Done)} was done, and then it was refused ({refused.Code})");
        if (UndoCalls(kept) is [var undo, ..])
        {
            _text.Say(ProcedureTexts.UndoOffer);
            return Ask(kept with { AwaitsYesTo = ToolFingerprint.Of(undo) }, ProcedureState.StepOf(ProcedureStage.Undoing, refused.Step), $"refused ({refused.Code}); offers to undo", "confirmation", yesOrNo: true);
        }

        var waits = kept with { Step = ProcedureState.StepOf(ProcedureStage.Refused, refused.Step), AskedAt = Now, Asked = 0, Slots = ProcedureState.Bounded(kept.Slots) };
        return Turn(Build(), waits, $"refused: {refused.Code}");
    }

    private ProcedureTurn Ended(ActiveProcedure active, ProcedureWalk walk)
    {
        var kept = Keep(active, walk);
        if (_text.Length == 0)
            _text.Say(ProcedureTexts.NothingElse);
        return Turn(Build(), Over(kept with { Slots = walk.Listed.IsEmpty ? kept.Slots : kept.Slots.SetItem(ProcedureState.Offered, SlotText.Of(walk.Listed)) }), Did(walk));
    }

    // It is kept behind its end, so that "undo that", "and the other one?" and "then cancel it" are understood.
    private ActiveProcedure Over(ActiveProcedure active) => active with
    {
        Step = ProcedureState.StepOf(ProcedureStage.Done, ""),
        AskedAt = Now,
        Asked = 0,
        AwaitsYesTo = null,
        Slots = ProcedureState.Bounded(active.Slots),
    };

    private static string Did(ProcedureWalk walk) => walk.Done.IsEmpty ? "ended" : $"done: {string.Join(", ", walk.Done)}";

    private ActiveProcedure Keep(ActiveProcedure active, ProcedureWalk walk) => walk.Done.Length == Done.Length
        ? active
        : active with { Slots = WithUndo(active.Slots, walk) };

    /// <summary>The customer calls it off.</summary>
    public ProcedureTurn Stop(ActiveProcedure active)
    {
        _text.Say(active.Done.IsEmpty ? ProcedureTexts.Stopped : ProcedureTexts.StoppedAfterChange, ("title", Title));
        return Turn(Build(), null, "stopped by the customer");
    }

    /// <summary>It waited longer than it should: whether to go on is the customer's word.</summary>
    public ProcedureTurn AskToResume(ActiveProcedure active)
    {
        _text.Say(ProcedureTexts.Resume, ("title", Title));
        return Ask(active with { Asked = 0, AwaitsYesTo = null }, ProcedureState.StepOf(ProcedureStage.Resuming, active.Step), "asks whether to go on", "confirmation", yesOrNo: true);
    }

    private ProcedureTurn Ask(ActiveProcedure active, string step, string note, string kind = "confirmation", bool yesOrNo = false)
    {
        var answer = Build() with
        {
            Actions = yesOrNo ? _phrases.List(YesOrNo) : [],
            Pending = new PendingRequest(kind, active.Slots.GetValueOrDefault(ProcedureState.Intent, request.Intent), ImmutableDictionary<string, string>.Empty, Now),
            FollowUpRequired = true,
        };
        return Turn(answer, active with { Step = step, AskedAt = Now, Slots = ProcedureState.Bounded(active.Slots) }, note);
    }

    private ProcedureTurn HandOver(ActiveProcedure active, string reason) =>
        Turn(null, active with { Slots = ProcedureState.Bounded(active.Slots), AskedAt = Now }, $"a person has to go on: {reason}");

    private ComposedAnswer Build() => _text.Build(request.Intent, "") with { OwnDetails = _own, Actions = [] };

    private ProcedureTurn Turn(ComposedAnswer? answer, ActiveProcedure? next, string note)
    {
        var known = string.Join(", ", (next?.Slots.Keys ?? []).Where(slot => !ProcedureState.IsHidden(slot)).Order(StringComparer.Ordinal));
        var text = string.Create(CultureInfo.InvariantCulture, $"procedure {procedure.Name} v{procedure.Version}: {note}{(known.Length > 0 ? $" (known: {known})" : "")}");
        next = next is null ? null : next with { Slots = next.Slots.SetItem(ProcedureState.Language, request.Language) };
        return new ProcedureTurn(answer is null ? null : answer with { Note = text }, next, text);
    }
}
