using System.Collections.Immutable;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Conversations;
using CustomerService.Integrations.Orders;
using CustomerService.Language;

namespace CustomerService.Assistants.Procedures;

/// <summary>
/// Takes a message into a procedure: the one that the conversation is in, or one that the intent starts. It decides what the message is to it
/// (an answer, a yes, a change of mind, a question in between, a stop) and leaves the rest to <see cref="ProcedureTalk"/>.
/// </summary>
public sealed partial class ProcedureDesk
{
    private readonly IProcedureSource _procedures;
    private readonly ToolGate _gate;
    private readonly IOrderSystem _orders;
    private readonly ISlotReader _reader;

    internal ProcedureDesk(IProcedureSource procedures, ToolGate gate, IOrderSystem orders, ISlotReader reader) =>
        (_procedures, _gate, _orders, _reader) = (procedures, gate, orders, reader);

    /// <summary>Whether a message with this intent starts a procedure in this language.</summary>
    internal bool Starts(string intent, AnswerPhrases? phrases) => Started(intent, phrases) is not null;

    /// <returns>Null: no procedure has to do with the message.</returns>
    internal async ValueTask<ProcedureTurn?> AnswerAsync(AnswerRequest request, IdentityFinding finding, CancellationToken cancellation)
    {
        var active = request.Run.Context.Procedure;
        var starting = Started(request.Intent, request.Phrases);
        if (active is null || Found(active.Name, request.Phrases) is not { } procedure)
            return starting is null ? null : await Talk(starting, request, finding, []).BeginAsync(cancellation);

        var talk = Talk(procedure, request, finding, active.Done);
        var (stage, _) = ProcedureState.StageOf(active);
        var continues = IsAbout(procedure, active, request);
        if (await UndoAsync(talk, active, stage, cancellation) is { } undone)
            return undone;
        if (stage is ProcedureStage.Done or ProcedureStage.Undoing)
            return await AfterItsEndAsync(talk, active, starting, cancellation);

        if (stage == ProcedureStage.AtStep && IsOverdue(active, procedure, request))
            return continues || starting is null && request.Intent == "unknown" ? talk.AskToResume(active) : starting is null ? null : await Talk(starting, request, finding, []).BeginAsync(cancellation);
        if (stage == ProcedureStage.Resuming)
            return await ResumeAsync(talk, active, cancellation);
        if (starting is { ChangesNothing: true } && !continues && stage == ProcedureStage.AtStep && request.Identity is not null)
            return await TellInBetweenAsync(starting, active, request, finding, cancellation);
        if (starting is not null && starting.Name != procedure.Name && !continues)
            return await Talk(starting, request, finding, []).BeginAsync(cancellation, from: active);
        if (stage == ProcedureStage.Refused)
            return continues ? await talk.GoOnAsync(active, cancellation) : null;
        // "Never mind. What are your opening hours?"
        if (!continues && Withdrawal.IsStop(request.Message))
            return null;
        if (!continues)
            return new ProcedureTurn(null, active with { AskedAt = request.Run.StartedAt }, $"procedure {procedure.Name} waits at {active.Step}") { Interrupts = true };
        // "I changed my mind" may be the very reason that was asked for.
        if (Withdrawal.IsStop(request.Message) && !await AnswersAsync(procedure, active, request, cancellation))
            return talk.Stop(active);
        return await talk.GoOnAsync(active, cancellation);
    }

    /// <summary>What is kept of a procedure where a message has nothing to do with one: an end that the customer may still come back to.</summary>
    internal ActiveProcedure? Kept(AnswerRequest request) =>
        request.Run.Context.Procedure is { IsOver: true } over && Found(over.Name, request.Phrases) is { } procedure && !IsOverdue(over, procedure, request) ? over : null;

    // Whoever has looked an order up and then says "cancel it" means that order. What was changed is no longer in question.
    private async ValueTask<ProcedureTurn?> AfterItsEndAsync(ProcedureTalk talk, ActiveProcedure active, ProcedureDefinition? starting, CancellationToken cancellation)
    {
        var told = talk.Procedure.ChangesNothing;
        if (told && (starting?.Name ?? talk.Procedure.Name) == talk.Procedure.Name && IsAbout(talk.Procedure, active, talk.Request))
            return await talk.TellMoreAsync(active, cancellation);
        return starting is null ? null : await Talk(starting, talk.Request, talk.Finding, []).BeginAsync(cancellation, spoken: told ? OrderIn(talk.Procedure, active) : null);
    }

    // A look-up in the middle of something is a question in between, about the order at hand where no other is named.
    private async ValueTask<ProcedureTurn> TellInBetweenAsync(
        ProcedureDefinition telling, ActiveProcedure active, AnswerRequest request, IdentityFinding finding, CancellationToken cancellation)
    {
        var told = await Talk(telling, request, finding, []).BeginAsync(cancellation, spoken: OrderIn(Found(active.Name, request.Phrases)!, active));
        return told.Answer is { } answer ? await ComeBackAsync(answer, request, finding, cancellation) : told;
    }

    private static string? OrderIn(ProcedureDefinition procedure, ActiveProcedure active) => procedure.OrderSlot is { } slot ? active.Slots.GetValueOrDefault(slot.Name) : null;

    private static bool IsAbout(ProcedureDefinition procedure, ActiveProcedure active, AnswerRequest request) =>
        request.Intent == active.Slots.GetValueOrDefault(ProcedureState.Intent) || procedure.Intents.Contains(request.Intent);

    /// <summary>The answer to a question in between, with the procedure's own question after it.</summary>
    internal async ValueTask<ProcedureTurn> ComeBackAsync(ComposedAnswer answer, AnswerRequest request, IdentityFinding finding, CancellationToken cancellation)
    {
        var active = request.Run.Context.Procedure!;
        var procedure = Found(active.Name, request.Phrases)!;
        var back = await Talk(procedure, request with { Greet = false, Tone = Tones.Neutral }, finding, active.Done).RemindAsync(active, cancellation);
        if (back.Answer is not { } reminder)
            return back with { Answer = answer };
        return back with
        {
            Answer = answer with
            {
                Text = answer.Text + "\n\n" + reminder.Text,
                Actions = reminder.Actions,
                Sources = [.. answer.Sources, .. reminder.Sources.Except(answer.Sources)],
                Grounds = [.. answer.Grounds, .. reminder.Grounds],
                OwnDetails = [.. answer.OwnDetails, .. reminder.OwnDetails],
                Pending = reminder.Pending,
                FollowUpRequired = true,
            },
        };
    }

    private ProcedureDefinition? Started(string intent, AnswerPhrases? phrases) =>
        _procedures.StartedBy(intent) is { } procedure && Speaks(procedure, phrases) ? procedure : null;

    private ProcedureDefinition? Found(string name, AnswerPhrases? phrases) =>
        _procedures.Find(name) is { } procedure && Speaks(procedure, phrases) ? procedure : null;

    // A language that lacks one of its texts has no procedure: an answer must not break off in the middle of it.
    private static bool Speaks(ProcedureDefinition procedure, AnswerPhrases? phrases) =>
        phrases is not null && ProcedureTexts.Required.All(phrases.Has) && procedure.Texts.All(text => phrases.Has(ProcedureTexts.Key(text)));

    private ProcedureTalk Talk(ProcedureDefinition procedure, AnswerRequest request, IdentityFinding finding, ImmutableArray<string> done) =>
        new(procedure, request, finding, _gate, _orders, _reader) { Done = done, Find = name => Found(name, request.Phrases) };

    private async ValueTask<bool> AnswersAsync(ProcedureDefinition procedure, ActiveProcedure active, AnswerRequest request, CancellationToken cancellation) =>
        procedure.IndexOf(active.Step) is >= 0 and var at && procedure.Steps[at] is ProcedureStep.Ask
        && !(await BroughtAsync(procedure, active, request.Run.Context, request.Phrases!, request.Identity, cancellation)).IsEmpty;

    private static bool IsOverdue(ActiveProcedure active, ProcedureDefinition procedure, AnswerRequest request) =>
        request.Run.StartedAt - active.AskedAt > procedure.ResumeWithin;

    private static async ValueTask<ProcedureTurn?> UndoAsync(ProcedureTalk talk, ActiveProcedure active, ProcedureStage stage, CancellationToken cancellation)
    {
        var message = talk.Request.Message;
        if (stage == ProcedureStage.Undoing)
            return await talk.UndoAsync(active, YesNo.Read(message), cancellation);
        var inTime = talk.Request.Run.StartedAt - active.AskedAt <= talk.Procedure.UndoWithin;
        return inTime && Regrets(active, message) ? await talk.OfferUndoAsync(active, cancellation) : null;
    }

    private static async ValueTask<ProcedureTurn?> ResumeAsync(ProcedureTalk talk, ActiveProcedure active, CancellationToken cancellation)
    {
        var (_, step) = ProcedureState.StageOf(active);
        return YesNo.Read(talk.Request.Message) switch
        {
            YesNoAnswer.Yes => await talk.GoOnAsync(active with { Step = step, AwaitsYesTo = null, Asked = 0 }, cancellation, readsMessage: false),
            YesNoAnswer.No => talk.Stop(active),
            _ when Withdrawal.IsStop(talk.Request.Message) => talk.Stop(active),
            // Whoever answers with the matter itself wants to go on with it.
            _ => await talk.GoOnAsync(active with { Step = step, AwaitsYesTo = null, Asked = 0 }, cancellation),
        };
    }
}
