using System.Collections.Immutable;
using CustomerService.Assistants.Responses;
using CustomerService.Grains.Conversations;
using CustomerService.Integrations.Orders;
using CustomerService.Language;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Procedures;

// Whether a message belongs to the procedure that the conversation is in, or is about something new.
public sealed partial class ProcedureDesk
{
    // As sure of something new as this, and it is.
    private const double Certain = 0.7;

    // A wish for a person is heard sooner than that.
    private const double WantsPerson = 0.5;

    private const int MostBareWords = 5;
    private const int LongestBare = 14;

    private static readonly string[] ChangesOfMind =
        ["actually", "instead", "rather", "mejor", "en realidad", "en cambio", "plutot", "finalement", "en fait", "lieber", "doch", "stattdessen", "eigentlich", "やっぱり", "やはり", "代わりに"];

    private static readonly string[] TellMe =
        ["tell me", "show me", "let me know", "digame", "dime", "muestreme", "muestrame", "ensename", "enseneme", "dites moi", "dis moi", "montrez moi", "montre moi", "sagen sie mir", "sag mir", "zeigen sie mir", "zeig mir", "教えて", "見せて", "知りたい"];

    /// <summary>The language of the procedure's last words; null: not known.</summary>
    internal static string? LanguageOf(ActiveProcedure active) => active.Slots.GetValueOrDefault(ProcedureState.Language);

    /// <summary>The intent to go on with, and why; null: the message is about something else, or there is no procedure.</summary>
    /// <param name="understood">What the message was understood to want by itself, and how surely.</param>
    internal async ValueTask<(string Intent, string Why)?> ContinuedAsync(
        RunContext context, AnswerPhrases? phrases, (string Intent, double Confidence) understood, ProvenIdentity? proven, CancellationToken cancellation)
    {
        if (context.Procedure is not { } active || Found(active.Name, phrases) is not { } procedure)
            return null;
        var intent = active.Slots.GetValueOrDefault(ProcedureState.Intent) ?? procedure.Intents.FirstOrDefault();
        if (intent is null || (understood.Intent == "talk_to_human" && understood.Confidence >= WantsPerson))
            return null;
        var message = context.Message.Content;
        (string, string) goesOn = (procedure.Intents.Contains(understood.Intent) ? understood.Intent : intent, $"goes on with the procedure {procedure.Name}");
        var (stage, id) = ProcedureState.StageOf(active);
        if (Regrets(active, message))
            return goesOn;
        if (stage is ProcedureStage.Done && !procedure.ChangesNothing)
            return null;
        var after = stage is ProcedureStage.Refused or ProcedureStage.Done;
        if (YesNo.Read(message) != YesNoAnswer.Unclear || (!after && Withdrawal.IsStop(message)))
            return after ? null : goesOn;
        var sure = understood.Confidence >= Certain;
        var another = Started(understood.Intent, phrases) is { } other && other.Name != procedure.Name;
        // "Yes, but to my credit card instead": what is before the customer is to be another, whatever it might be about by itself.
        var corrects = stage == ProcedureStage.AtStep && procedure.Step(id) is ProcedureStep.Confirm && (TurnsAround(message) || YesNo.OpeningOf(message) != YesNoAnswer.Unclear);
        var asks = LooksLikeAQuestion(message) && !corrects && stage != ProcedureStage.Done;
        // "The credit card" answers what was asked, though by itself it might be about something else; "actually, return the lamp" does not.
        var brought = asks ? [] : await BroughtAsync(procedure, active, context, phrases!, proven, cancellation);
        if (corrects && brought.Any(slot => !NamesAMatter(slot)))
            return goesOn;
        var unread = proven is null && procedure.NeedsIdentity && !LooksLikeAQuestion(message);
        var bare = IsShort(message) && (!TurnsAround(message) || !brought.Any(NamesAMatter));
        // "And which address does it go to?" after a look-up is about what was looked up.
        if (stage is ProcedureStage.Done && WantsToBeTold(message) && brought.Any(slot => slot.Type == SlotType.OneOf))
            return goesOn;
        if (sure && another && !(bare && stage != ProcedureStage.Done && (!brought.IsEmpty || unread)))
            return null;
        if (!brought.IsEmpty || (bare && unread && stage != ProcedureStage.Done))
            return goesOn;
        if (after)
            return null;
        var nothingNew = understood.Intent is "unknown" or IntentNeeds.IdentityDetails || procedure.Intents.Contains(understood.Intent);
        return nothingNew || !sure ? goesOn : null;
    }

    /// <summary>The intent that the message's words start a procedure with, though it was understood to want something else, or nothing; null: none.</summary>
    /// <param name="understood">What the message was understood to want by itself, and how surely.</param>
    internal (string Intent, string Why)? SaidToStart(string message, AnswerPhrases? phrases, (string Intent, double Confidence) understood)
    {
        var folded = FoldedText.Of(message);
        foreach (var procedure in _procedures.All)
        {
            if (procedure is not { Says: { } says, Intents: [var intent, ..] } || procedure.Intents.Contains(understood.Intent) || !Speaks(procedure, phrases))
                continue;
            // "Hi, which orders do I have?" is more than a greeting.
            var sureOfAnother = understood.Confidence >= Certain && understood.Intent != "unknown" && !IntentNeeds.IsSmallTalk(understood.Intent);
            if ((!sureOfAnother || WantsToBeTold(message)) && phrases!.List(ProcedureTexts.Key(says)).FirstOrDefault(phrase => FoldedText.Has(folded, FoldedText.Of(phrase).Trim())) is { } said)
                return (intent, $"'{said}' starts the procedure {procedure.Name}");
        }

        return null;
    }

    // An order and its items may belong to another matter as well; a method, an address, a variant are of this one.
    private static bool NamesAMatter(SlotDefinition slot) => slot.Type is SlotType.Order or SlotType.OrderItems;

    // "Undo that": not where another order is named, for that begins something.
    private static bool Regrets(ActiveProcedure active, string message) =>
        !active.Done.IsEmpty && Withdrawal.IsRegret(message) && !OrderNumber.TryFindIn(message, out _);

    private static bool IsShort(string message)
    {
        var folded = FoldedText.Of(message);
        return folded.Any(FoldedText.IsUnspaced) ? folded.Length <= LongestBare : folded.Count(' '.Equals) <= MostBareWords + 1;
    }

    private static bool TurnsAround(string message) => ChangesOfMind.Any(word => FoldedText.Has(FoldedText.Of(message), word));

    private static bool WantsToBeTold(string message) => LooksLikeAQuestion(message) || TellMe.Any(word => FoldedText.Has(FoldedText.Of(message), word));

    private static bool LooksLikeAQuestion(string message) => message.AsSpan().TrimEnd() is [.., '?' or '？'];

    /// <summary>What the message holds of what was asked for, or changes of what is before the customer.</summary>
    private async ValueTask<ImmutableArray<SlotDefinition>> BroughtAsync(
        ProcedureDefinition procedure, ActiveProcedure active, RunContext context, AnswerPhrases phrases, ProvenIdentity? proven, CancellationToken cancellation)
    {
        if (procedure.NeedsIdentity && proven is null)
            return [];
        var records = proven is null ? null : await CustomerRecords.LoadAsync(_orders, proven.CustomerId, cancellation);
        var view = new SlotView(procedure, active.Slots, records);
        var (stage, id) = ProcedureState.StageOf(active);
        var step = procedure.Step(id);
        var asked = stage is ProcedureStage.Refused or ProcedureStage.Done ? procedure.OrderSlot : (step as ProcedureStep.Ask)?.Slot;
        var read = await _reader.ReadAsync(
            new SlotReading(context.Message.Content, view, phrases)
            {
                Asked = asked?.Name,
                Offered = SlotText.List(view.Value(ProcedureState.Offered)),
                Correcting = step is ProcedureStep.Confirm,
            },
            cancellation);
        var counts = stage != ProcedureStage.Done && (stage == ProcedureStage.Refused || asked is not null) ? procedure.Slots.Where(slot => slot == asked) : procedure.Slots;
        return [.. counts.Where(slot => read.ContainsKey(slot.Name))];
    }
}
