using System.Collections.Immutable;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Conversations;
using CustomerService.Integrations.Orders;
using CustomerService.Language;

namespace CustomerService.Assistants.Procedures;

/// <summary>One message within one procedure: proof first, then what the message brings, then as far as the steps go.</summary>
internal sealed partial class ProcedureTalk(
    ProcedureDefinition procedure, AnswerRequest request, IdentityFinding finding, ToolGate gate, IOrderSystem orders, ISlotReader reader)
{
    private readonly AnswerPhrases _phrases = request.Phrases!;
    private readonly AnswerText _text = new AnswerText(request.Phrases!).Greet(request);

    // The message proved who the customer is: that it says nothing else is no failure to answer.
    private readonly bool _proves = request.Run.Draft.Identity is not null && !finding.Vouched;

    public ProcedureDefinition Procedure => procedure;

    public AnswerRequest Request => request;

    public IdentityFinding Finding => finding;

    /// <summary>Steps that changed something before.</summary>
    public required ImmutableArray<string> Done { get; init; }

    /// <summary>The other procedures, for steps that go on with one.</summary>
    public required Func<string, ProcedureDefinition?> Find { get; init; }

    private DateTimeOffset Now => request.Run.StartedAt;

    private string Key => $"{request.Run.Context.ConversationId}:{request.Run.Context.Message.Id}";

    private ToolSubject Subject => new(request.Run.Context.ConversationId, request.Run.Context.Message.Channel, request.Language, request.Identity);

    /// <summary>Begins it with the message that started it.</summary>
    /// <param name="from">Another procedure that the customer turns away from; what was gathered in it is taken along where it fits.</param>
    /// <param name="spoken">The order that was spoken of before; it is meant where the customer names no other.</param>
    public async ValueTask<ProcedureTurn> BeginAsync(CancellationToken cancellation, ActiveProcedure? from = null, string? spoken = null)
    {
        var slots = ImmutableDictionary<string, string>.Empty;
        if (spoken is not null)
            slots = slots.SetItem(ProcedureState.Spoken, spoken);
        if (from is not null)
        {
            slots = from.Slots.Where(slot => !ProcedureState.IsHidden(slot.Key) && procedure.Slot(slot.Key) is not null || slot.Key == ProcedureState.Said).ToImmutableDictionary();
            _text.Say(ProcedureTexts.Switched, ("title", Title));
        }

        var begun = new ActiveProcedure(procedure.Name, procedure.Version, "", slots.SetItem(ProcedureState.Intent, request.Intent), Now, Now);
        return await GoOnAsync(begun, cancellation);
    }

    /// <summary>Goes on with what the message brings.</summary>
    /// <param name="readsMessage">False where the message was an answer to something else.</param>
    public async ValueTask<ProcedureTurn> GoOnAsync(ActiveProcedure active, CancellationToken cancellation, bool readsMessage = true)
    {
        // Steps may have changed since: then it starts again with what was gathered.
        if (active.Version != procedure.Version)
            active = active with { Version = procedure.Version, Step = "", AwaitsYesTo = null, Asked = 0 };
        if (procedure.NeedsIdentity && request.Identity is null)
            return Prove(active, readsMessage);
        var records = request.Identity is { } identity ? await CustomerRecords.LoadAsync(orders, identity.CustomerId, cancellation) : null;
        if (procedure.NeedsIdentity && records is null)
            return HandOver(active, "the customer's record is gone");

        var view = new SlotView(procedure, active.Slots, records);
        var message = readsMessage ? Message(active) : "";
        var (read, confirmed) = await ReadAsync(active, view, message, cancellation);
        return read.Turn ?? await WalkAsync(active, read.View, confirmed, read.Learned, message, cancellation);
    }

    /// <summary>Tells more of what a procedure that only tells was asked: about the same order, unless the message names another.</summary>
    public ValueTask<ProcedureTurn> TellMoreAsync(ActiveProcedure active, CancellationToken cancellation)
    {
        var kept = active.Slots.Where(slot => slot.Key == ProcedureState.Offered || slot.Key == procedure.OrderSlot?.Name).ToImmutableDictionary();
        return GoOnAsync(active with { Slots = kept.SetItem(ProcedureState.Intent, request.Intent), Asked = 0 }, cancellation);
    }

    /// <summary>Asks once more what the procedure waits for, without taking the message for an answer.</summary>
    public async ValueTask<ProcedureTurn> RemindAsync(ActiveProcedure active, CancellationToken cancellation)
    {
        _text.Say(ProcedureTexts.Back, ("title", Title));
        return await GoOnAsync(active with { Asked = Math.Max(0, active.Asked - 1) }, cancellation, readsMessage: false);
    }

    private string Title => _phrases.Find(ProcedureTexts.Title(procedure.Name))?.FixedText ?? procedure.Title;

    // What was said before the proof counts once it is there.
    private string Message(ActiveProcedure active) =>
        active.Slots.TryGetValue(ProcedureState.Said, out var said) && !said.EndsWith(request.Message, StringComparison.Ordinal) ? said + "\n" + request.Message : said ?? request.Message;

    private ProcedureTurn Prove(ActiveProcedure active, bool readsMessage)
    {
        var asked = RecordAnswers.AskForProof(request with { Intent = active.Slots.GetValueOrDefault(ProcedureState.Intent, request.Intent) }, finding, "");
        if (asked is null)
            return HandOver(active, "the customer did not prove who they are");
        // A message that holds a part of the proof tells nothing about the matter.
        var proves = request.Run.Context.Pending?.Kind == PendingKinds.Identity && (finding.Failed || finding.SoFar != PendingKinds.ProofSoFar(request.Run.Context.Pending));
        var slots = proves || !readsMessage ? active.Slots : ProcedureState.Remember(active.Slots, request.Message);
        return Turn(asked, active with { Slots = slots, AskedAt = Now }, "asks for proof of identity");
    }

    private sealed record Reading(SlotView View, bool Learned, ProcedureTurn? Turn);

    private async ValueTask<(Reading Read, string? Confirmed)> ReadAsync(ActiveProcedure active, SlotView view, string message, CancellationToken cancellation)
    {
        view = view.With(ProcedureState.Said, null);
        if (message.Length == 0)
            return (new Reading(view, false, null), null);
        var at = procedure.IndexOf(active.Step) is >= 0 and var index ? procedure.Steps[index] : null;
        var confirming = at as ProcedureStep.Confirm;
        var answer = confirming is null || active.AwaitsYesTo is null ? YesNoAnswer.Unclear : YesNo.Read(message);
        if (answer == YesNoAnswer.Yes)
            return (new Reading(view, true, null), active.AwaitsYesTo);

        var reading = new SlotReading(message, view, _phrases)
        {
            Asked = ((at as ProcedureStep.Ask)?.Slot ?? (ProcedureState.StageOf(active).Stage is ProcedureStage.Refused or ProcedureStage.Done ? procedure.OrderSlot : null))?.Name,
            Offered = SlotText.List(view.Value(ProcedureState.Offered)),
            Correcting = confirming is not null,
            Model = request.Chat is { } chat ? new SlotModel(chat, request.Run.Context) : null,
        };
        var (read, learned) = Take(await reader.ReadAsync(reading, cancellation), view);
        if (learned || _explained || confirming is null || active.AwaitsYesTo is null && !SaysNo(message))
            return (new Reading(read, learned, null), null);
        if (answer == YesNoAnswer.No || SaysNo(message))
            return (Refuse(active, confirming, read), null);
        return (new Reading(read, false, null), null);
    }

    // "No": to an offer on top it passes that by; else the customer says what to change, and a second no ends it.
    private Reading Refuse(ActiveProcedure active, ProcedureStep.Confirm confirm, SlotView view)
    {
        if (confirm.Optional)
        {
            _text.Say(ProcedureTexts.NothingElse);
            return new Reading(view.With(ProcedureState.Passed, SlotText.Of(SlotText.List(view.Value(ProcedureState.Passed)).Add(confirm.Id))), true, null);
        }

        if (active.AwaitsYesTo is null)
            return new Reading(view, false, Stop(active));
        _text.Say(ProcedureTexts.WhatToChange, ("title", Title));
        return new Reading(view, false, Ask(active with { AwaitsYesTo = null, Slots = view.Slots, Asked = 0 }, confirm.Id, "the customer said no"));
    }

    private static bool SaysNo(string message) => YesNo.Read(message) == YesNoAnswer.No;

    /// <summary>Takes what is valid, each with what was taken before it in mind.</summary>
    private (SlotView View, bool Learned) Take(ImmutableDictionary<string, string> proposals, SlotView view)
    {
        var learned = false;
        foreach (var slot in procedure.Slots)
        {
            if (!proposals.TryGetValue(slot.Name, out var value))
                continue;
            if (value == SlotText.TakenBack)
            {
                learned |= view.Value(slot.Name) is not null;
                view = view.With(slot.Name, null);
            }
            else if (SlotRules.Holds(slot, value, view))
            {
                learned |= view.Value(slot.Name) != value;
                view = view.With(slot.Name, value);
            }
            else if (slot.Type == SlotType.Order)
            {
                _text.Say(AnswerKeys.OrderNotFound, ("order", value)).RestOn("order:unknown", value);
                view = view.With(slot.Name, null);
                _explained = _namedNoOrder = true;
            }
            else if (slot.Type == SlotType.PaymentMethod && view.Records?.Method(value) is not null)
            {
                var method = new ProcedureWording(_phrases, view).Method(value);
                _text.Say(ProcedureTexts.NotAccepted, ("payment", method)).RestOn("procedure:" + procedure.Name, method);
                if (slot.WhyNot is { } why)
                    _text.Say(ProcedureTexts.Key(why));
                view = view.With(slot.Name, null);
                _explained = true;
            }
        }

        return (view, learned);
    }

    // Something was said about why the message did not help.
    private bool _explained;

    private bool _namedNoOrder;

    private async ValueTask<ProcedureTurn> WalkAsync(
        ActiveProcedure active, SlotView view, string? confirmed, bool learned, string message, CancellationToken cancellation)
    {
        var walk = new ProcedureWalk(procedure, _phrases, _text, gate, Subject, Key)
        {
            View = view,
            Done = Done,
            Passed = [.. SlotText.List(view.Value(ProcedureState.Passed))],
            Confirmed = confirmed,
            NamedNoOrder = _namedNoOrder,
        };
        var end = await walk.GoAsync(cancellation);
        foreach (var (call, result) in walk.Made)
            request.Run.Draft.Report(new CallOutcome(ToolFingerprint.Of(call), call.Tool, result is ToolResult.Refused refusal ? refusal.Code : CallOutcome.Done, Now));
        var slots = walk.View.Slots.Remove(ProcedureState.Offered).SetItem(ProcedureState.Passed, SlotText.Of(walk.Passed.Order(StringComparer.Ordinal)));
        var next = active with { Slots = slots, Done = walk.Done, AwaitsYesTo = null };
        _own = [.. walk.OwnDetails];
        _explained |= walk.Explained;
        switch (end)
        {
            case WalkEnd.Asks asks:
                return AskFor(next, asks.Step, walk, learned, message);
            case WalkEnd.Confirms confirms:
                return Confirm(next, confirms, walk, learned, message);
            case WalkEnd.Refused refused:
                return Refused(next, refused, walk);
            case WalkEnd.HandsOver hands:
                return HandOver(next, hands.Reason);
            case WalkEnd.GoesOnWith goes when Find(goes.Procedure) is { } other:
                var slotsThere = next.Slots.SetItem(ProcedureState.Said, message.Length == 0 ? request.Message : message);
                return await new ProcedureTalk(other, request, finding, gate, orders, reader) { Done = [], Find = Find }
                    .GoOnAsync(new ActiveProcedure(other.Name, other.Version, "", slotsThere.Remove(ProcedureState.Passed), Now, Now), cancellation, readsMessage: true);
            default:
                return Ended(next, walk);
        }
    }

    private ImmutableArray<string> _own = [];
}
