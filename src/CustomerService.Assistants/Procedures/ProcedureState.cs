using System.Collections.Immutable;
using CustomerService.Grains.Conversations;

namespace CustomerService.Assistants.Procedures;

/// <summary>Where a procedure waits. Beside its steps it may stand after its end, so that a second thought still finds it.</summary>
internal enum ProcedureStage
{
    /// <summary>At a step that asked or put something before the customer.</summary>
    AtStep,

    /// <summary>It was refused; another order may be named.</summary>
    Refused,

    /// <summary>It is done, and what was done can be undone for a while.</summary>
    Done,

    /// <summary>The customer was asked whether to undo it.</summary>
    Undoing,

    /// <summary>It waited too long; the customer was asked whether to go on.</summary>
    Resuming,
}

/// <summary>What a conversation keeps of a procedure beside the slots: entries whose names begin with an underscore, which are no customer's words to show.</summary>
internal static class ProcedureState
{
    /// <summary>The intent by which it was started, to go on with.</summary>
    public const string Intent = "_intent";

    /// <summary>The language in which it is talked about.</summary>
    public const string Language = "_language";

    /// <summary>What the customer wrote before they proved who they are; it is read once they have.</summary>
    public const string Said = "_said";

    /// <summary>What was listed with numbers last.</summary>
    public const string Offered = "_offered";

    /// <summary>Steps that were told or passed by.</summary>
    public const string Passed = "_passed";

    /// <summary>The calls that undo what was done, the last change's first.</summary>
    public const string Undo = "_undo";

    /// <summary>The text that says why the last change can't be undone.</summary>
    public const string Final = "_final";

    /// <summary>The order that was spoken of before: it is meant where nothing else is said.</summary>
    public const string Spoken = "_spoken";

    private const int LongestSaid = 1_500;

    public static bool IsHidden(string slot) => slot.StartsWith('_');

    public static (ProcedureStage Stage, string Step) StageOf(ActiveProcedure active)
    {
        var split = active.Step.IndexOf(':', StringComparison.Ordinal);
        return split > 0 && Enum.TryParse<ProcedureStage>(active.Step[..split], out var stage) ? (stage, active.Step[(split + 1)..]) : (ProcedureStage.AtStep, active.Step);
    }

    public static string StepOf(ProcedureStage stage, string step) => stage == ProcedureStage.AtStep ? step : $"{stage}:{step}";

    /// <summary>Adds to what was said before the proof; of much the newest is kept.</summary>
    public static ImmutableDictionary<string, string> Remember(ImmutableDictionary<string, string> slots, string message)
    {
        var said = slots.TryGetValue(Said, out var before) ? before + "\n" + message : message;
        return slots.SetItem(Said, said.Length <= LongestSaid ? said : said[^LongestSaid..]);
    }

    /// <summary>Without entries that are overlong or too many, so that a conversation's record stays bounded.</summary>
    public static ImmutableDictionary<string, string> Bounded(ImmutableDictionary<string, string> slots) =>
        slots.Where(slot => slot.Value.Length <= ActiveProcedure.MaxSlotLength).OrderBy(slot => slot.Key, StringComparer.Ordinal).Take(ActiveProcedure.MaxSlots)
            .ToImmutableDictionary(StringComparer.Ordinal);
}
