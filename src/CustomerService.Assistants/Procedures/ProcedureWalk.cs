using System.Collections.Immutable;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Tools;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Assistants.Procedures;

/// <summary>Where a walk over a procedure's steps came to.</summary>
internal abstract record WalkEnd
{
    private WalkEnd()
    {
    }

    /// <summary>The slot is not known.</summary>
    public sealed record Asks(ProcedureStep.Ask Step) : WalkEnd;

    /// <summary>The customer's yes to this call is needed.</summary>
    public sealed record Confirms(ProcedureStep.Confirm Step, ToolCall Call) : WalkEnd;

    /// <summary>It can't be done; the text has said why.</summary>
    public sealed record Refused(string Step, string Code) : WalkEnd;

    /// <summary>A person has to go on.</summary>
    public sealed record HandsOver(string Reason) : WalkEnd;

    public sealed record GoesOnWith(string Procedure) : WalkEnd;

    public sealed record Ended : WalkEnd;
}

/// <summary>One walk from the first step on, with what is known now. What was done before is not done again; what is looked up is looked up afresh.</summary>
internal sealed class ProcedureWalk(ProcedureDefinition procedure, AnswerPhrases phrases, AnswerText text, ToolGate gate, ToolSubject subject, string key)
{
    private readonly ProcedureNames _names = ProcedureNames.Of(procedure);
    private readonly Dictionary<string, object?> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ToolCall> _confirmed = new(StringComparer.Ordinal);

    public required SlotView View { get; set; }

    /// <summary>Ids of the steps that changed something, in this message and before.</summary>
    public required ImmutableArray<string> Done { get; set; }

    /// <summary>Steps that were told or passed by before.</summary>
    public required ImmutableHashSet<string> Passed { get; set; }

    /// <summary>The fingerprint that this message says yes to.</summary>
    public string? Confirmed { get; init; }

    /// <summary>The customer named an order that is not theirs: then no other is taken for it without asking, were it the only one.</summary>
    public bool NamedNoOrder { get; init; }

    /// <summary>The calls that undo what this walk changed, the last change's first.</summary>
    public ImmutableArray<ToolCall> Undos { get; private set; } = [];

    /// <summary>Why the last change can't be undone, as the name of a text; null: nothing was changed, or it can be.</summary>
    public string? Final { get; private set; }

    /// <summary>What was listed with numbers in passing.</summary>
    public ImmutableArray<string> Listed { get; private set; } = [];

    /// <summary>It was said why what the customer gave won't do.</summary>
    public bool Explained { get; private set; }

    public List<string> OwnDetails { get; } = [];

    /// <summary>The confirmed calls that were made, each with what became of it.</summary>
    public List<(ToolCall Call, ToolResult Result)> Made { get; } = [];

    public async ValueTask<WalkEnd> GoAsync(CancellationToken cancellation)
    {
        var last = Done.Select(procedure.IndexOf).DefaultIfEmpty(-1).Max();
        for (var i = 0; i < procedure.Steps.Length; i++)
        {
            var step = procedure.Steps[i];
            // Before the last change only what later steps read is of use.
            if ((i <= last && step is not ProcedureStep.LookUp) || Passed.Contains(step.Id) || (step.When is { } when && !Values.IsTrue(Evaluate(when))))
                continue;
            if (await TakeAsync(step, cancellation) is { } end)
                return end;
        }

        return new WalkEnd.Ended();
    }

    private async ValueTask<WalkEnd?> TakeAsync(ProcedureStep step, CancellationToken cancellation)
    {
        switch (step)
        {
            case ProcedureStep.Ask ask:
                return IsKnown(ask.Slot) ? null : new WalkEnd.Asks(ask);
            case ProcedureStep.LookUp look:
                return await LookUpAsync(look, cancellation);
            case ProcedureStep.Say say:
                Tell(say.Text, [.. new ProcedureWording(phrases, View).Slots(), .. say.Values.Select(value => (value.Key, ProcedureWording.Found(Evaluate(value.Value))))], say.Money);
                RestOnOrder(say.Text);
                Passed = Passed.Add(say.Id);
                return null;
            case ProcedureStep.Refuse refuse:
                Tell(refuse.Text, new ProcedureWording(phrases, View).Slots(), refuse.Money);
                if (refuse.Forget is not { } slot)
                    return new WalkEnd.Refused(refuse.Id, refuse.Text);
                View = View.With(slot, null);
                Explained = true;
                return new WalkEnd.Asks(procedure.Steps.OfType<ProcedureStep.Ask>().First(ask => ask.Slot.Name == slot));
            case ProcedureStep.Confirm confirm:
                var call = Call(confirm.Call, confirm.Id);
                _confirmed[confirm.Id] = call;
                return ToolFingerprint.Of(call) == Confirmed ? null : new WalkEnd.Confirms(confirm, call);
            case ProcedureStep.Do doing:
                return await DoAsync(doing, cancellation);
            case ProcedureStep.ContinueWith next:
                return new WalkEnd.GoesOnWith(next.Procedure);
            case ProcedureStep.Handoff handoff:
                return new WalkEnd.HandsOver(handoff.Reason);
            default:
                return new WalkEnd.Ended();
        }
    }

    // What no longer holds is forgotten; where there is one choice only, nobody needs to be asked.
    private bool IsKnown(SlotDefinition slot)
    {
        if (View.Value(slot.Name) is { } value && !SlotRules.Holds(slot, value, View))
            View = View.With(slot.Name, null);
        if (View.Value(slot.Name) is null && !(NamedNoOrder && slot.Type == SlotType.Order) && (SlotRules.Only(slot, View) ?? SlotRules.Spoken(slot, View)) is { } meant)
            View = View.With(slot.Name, meant);
        return View.Value(slot.Name) is { } known && SlotRules.IsWhole(slot, known);
    }

    private async ValueTask<WalkEnd?> LookUpAsync(ProcedureStep.LookUp look, CancellationToken cancellation)
    {
        switch (await gate.CallAsync(Call(look.Call, look.Id), cancellation))
        {
            case ToolResult.Done done:
                _found[look.Into] = done.Value;
                return null;
            case ToolResult.Refused refused:
                return Refuse(look.Id, refused, new ProcedureWording(phrases, View).Slots());
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async ValueTask<WalkEnd?> DoAsync(ProcedureStep.Do doing, CancellationToken cancellation)
    {
        if (!_confirmed.TryGetValue(doing.Confirmed, out var call))
            return null; // its confirmation was passed by
        var confirm = (ProcedureStep.Confirm)procedure.Steps[procedure.IndexOf(doing.Confirmed)];
        var wording = new ProcedureWording(phrases, View).Arguments(call);
        var undo = confirm.Undo is { } back ? Call(back, doing.Id + ".undo") : null;
        var result = await gate.CallAsync(call with { ConfirmedFingerprint = Confirmed }, cancellation);
        Made.Add((call, result));
        if (result is ToolResult.Refused refused)
            return Refuse(doing.Id, refused, wording);
        Done = Done.Add(doing.Id);
        (Undos, Final) = undo is null ? (Undos, confirm.Final) : (Undos.Insert(0, undo), null);
        Tell(doing.Done, wording, doing.Money);
        return null;
    }

    private WalkEnd Refuse(string step, ToolResult.Refused refused, List<(string Name, string Value)> values)
    {
        var key = ProcedureTexts.Refused(refused.Code);
        if (!phrases.Has(key))
            return new WalkEnd.HandsOver($"{step}: {refused.Reason}");
        Say(key, values);
        return new WalkEnd.Refused(step, refused.Code);
    }

    /// <summary>Says one of the procedure's texts.</summary>
    public void Tell(string name, List<(string Name, string Value)> values, ImmutableArray<KeyValuePair<string, ParsedExpression>> money)
    {
        var wording = new ProcedureWording(phrases, View);
        foreach (var (place, amount) in money)
            values.Add((place, wording.Money(Evaluate(amount))));
        Say(ProcedureTexts.Key(name), values);
    }

    /// <summary>Says a text, grounded in the values that it is given: all of them come from records or from the customer.</summary>
    public void Say(string textKey, List<(string Name, string Value)> values)
    {
        text.Say(textKey, [.. values]).RestOn("procedure:" + procedure.Name, [.. values.Select(value => value.Value)]);
        OwnDetails.AddRange(values.Where(value => value.Name is "address").Select(value => value.Value));
    }

    // What is told of an order has its record as the source, and may name its own address and parcels.
    private void RestOnOrder(string textName)
    {
        if (procedure.OrderSlot is not { } slot)
            return;
        if (phrases[ProcedureTexts.Key(textName)].Places.Contains("orders"))
            Listed = ProcedureWording.Shown(slot, SlotRules.Choices(slot, View));
        if (View.OrderOf(slot) is not { } order)
            return;
        text.RestOn("order:" + order.Id, OrderWording.Record(phrases, order));
        OwnDetails.AddRange([ProcedureWording.Address(order), .. OrderWording.TrackingIds(order)]);
    }

    private object? Evaluate(ParsedExpression expression)
    {
        var values = new Dictionary<string, object?>(_found, StringComparer.Ordinal) { [ProcedureNames.Intent] = View.Value(ProcedureState.Intent) };
        foreach (var slot in procedure.Slots)
            values[slot.Name] = View.Plain(slot);
        try
        {
            return expression.Root.Evaluate(new EvaluationScope(_names.Values(values), null!));
        }
        catch (PipelineFormatException problem)
        {
            throw new InvalidOperationException($"Procedure {procedure.Name}: '{expression.Source}' can't be worked out: {problem.Problem}", problem);
        }
    }

    private ToolCall Call(ToolArguments asked, string step)
    {
        var arguments = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var (name, expression) in asked.With)
        {
            object? value = Evaluate(expression) switch
            {
                string { Length: > 0 } written => written,
                IReadOnlyList<object?> list => list.OfType<string>().ToImmutableArray(),
                { } other when Values.Number(other) is { } number => number,
                _ => null,
            };
            if (value is not null)
                arguments[name] = value;
        }

        return new ToolCall(asked.Tool, arguments.ToImmutable(), subject, $"{key}:{procedure.Name}.{step}");
    }
}
