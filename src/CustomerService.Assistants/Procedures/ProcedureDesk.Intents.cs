using System.Collections.Immutable;
using CustomerService.Assistants.Responses;
using CustomerService.Grains.Conversations;
using CustomerService.Language;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Procedures;

// Whether a message belongs to the procedure that the conversation is in, or is about something new.
public sealed partial class ProcedureDesk
{
    // As sure of something new as this, and it is.
    private const double Certain = 0.75;

    // A wish for a person is heard sooner than that.
    private const double WantsPerson = 0.5;

    private const int MostBareWords = 5;
    private const int LongestBare = 14;

    private static readonly string[] ChangesOfMind =
        ["actually", "instead", "rather", "mejor", "en realidad", "en cambio", "plutot", "finalement", "en fait", "lieber", "doch", "stattdessen", "eigentlich", "やっぱり", "やはり", "代わりに"];

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
        (string, string) goesOn = (intent, $"goes on with the procedure {procedure.Name}");
        var message = context.Message.Content;
        var (stage, step) = ProcedureState.StageOf(active);
        if (stage is ProcedureStage.Done)
            return Withdrawal.IsRegret(message) ? goesOn : null;
        if (YesNo.Read(message) != YesNoAnswer.Unclear || (stage != ProcedureStage.Refused && Withdrawal.IsStop(message)))
            return stage == ProcedureStage.Refused ? null : goesOn;
        var sure = understood.Confidence >= Certain;
        var another = Started(understood.Intent, phrases) is { } other && other.Name != procedure.Name;
        // "the credit card" answers what was asked, though by itself it might be about something else; "actually, return the lamp" does not.
        var brought = LooksLikeAQuestion(message) ? [] : await BroughtAsync(procedure, active, context, phrases!, proven, cancellation);
        var unread = proven is null && procedure.NeedsIdentity && !LooksLikeAQuestion(message);
        var bare = IsShort(message) && (!TurnsAround(message) || !brought.Any(slot => slot.Type is SlotType.Order or SlotType.OrderItems or SlotType.Variants));
        if (sure && another && !(bare && (!brought.IsEmpty || unread)))
            return null;
        if (!brought.IsEmpty || (bare && unread))
            return goesOn;
        if (stage == ProcedureStage.Refused)
            return null;
        var nothingNew = understood.Intent is "unknown" or IntentNeeds.IdentityDetails || procedure.Intents.Contains(understood.Intent);
        return nothingNew || !sure ? goesOn : null;
    }

    private static bool IsShort(string message)
    {
        var folded = FoldedText.Of(message);
        return folded.Any(FoldedText.IsUnspaced) ? folded.Length <= LongestBare : folded.Count(' '.Equals) <= MostBareWords + 1;
    }

    private static bool TurnsAround(string message) => ChangesOfMind.Any(word => FoldedText.Has(FoldedText.Of(message), word));

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
        var step = procedure.IndexOf(id) is >= 0 and var index ? procedure.Steps[index] : null;
        var asked = stage == ProcedureStage.Refused ? procedure.Slots.FirstOrDefault(slot => slot.Type == SlotType.Order) : (step as ProcedureStep.Ask)?.Slot;
        var read = await _reader.ReadAsync(
            new SlotReading(context.Message.Content, view, phrases)
            {
                Asked = asked?.Name,
                Offered = SlotText.List(view.Value(ProcedureState.Offered)),
                Correcting = step is ProcedureStep.Confirm,
            },
            cancellation);
        var counts = stage == ProcedureStage.Refused || asked is not null ? procedure.Slots.Where(slot => slot == asked) : procedure.Slots;
        return [.. counts.Where(slot => read.ContainsKey(slot.Name))];
    }
}
