using System.Collections.Immutable;
using CustomerService.AgentConsole.Wording;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.AgentConsole.Replies;

/// <summary>How a macro's steps are done where it runs. Each throws what an act of its kind throws.</summary>
internal interface IMacroDesk
{
    string AgentId { get; }

    /// <summary>Sends a reply to the customer.</summary>
    /// <returns>Why nothing was sent; null: it was.</returns>
    Task<string?> ReplyAsync(string text);

    Task NoteAsync(string text);

    Task DoAsync(Command command);

    /// <summary>Finishes the wrap-up of what was just resolved.</summary>
    /// <returns>Why it was not; null: it was, or none is asked for.</returns>
    Task<string?> WrapUpAsync(string? code, string? note);
}

/// <summary>One step of a macro as it stands.</summary>
/// <param name="Text">What it does, in the agent's language.</param>
/// <param name="Done">Null: not tried yet.</param>
/// <param name="Problem">Why it was not done.</param>
public sealed record MacroReport(string Text, bool? Done, string? Problem);

/// <summary>Runs a macro step by step, and stops at the first one that is not done: what follows may rest on it.</summary>
internal sealed class MacroRun(ReplyLibrary library, IMacroDesk desk, TimeProvider time, Words words)
{
    private const int Shown = 80;

    /// <summary>The variables that are not known here. With one of them the macro does not begin, so that nothing of it is half done.</summary>
    public ImmutableArray<string> Missing(Macro macro, IReadOnlyDictionary<string, string?> values, string? language) =>
        [.. macro.Steps.Select(step => TextOf(step, language)).OfType<string>().SelectMany(text => ReplyVariables.Missing(ReplyVariables.Fill(text, values))).Distinct()];

    /// <summary>What it would do, before it does it.</summary>
    public ImmutableArray<MacroReport> Planned(Macro macro, IReadOnlyDictionary<string, string?> values, string? language) =>
        [.. macro.Steps.Select(step => new MacroReport(Describe(step, values, language), null, null))];

    /// <param name="language">The customer's, ISO 639-1; null: not known.</param>
    /// <param name="report">Told after each step.</param>
    /// <returns>Whether all was done.</returns>
    public async Task<bool> RunAsync(Macro macro, IReadOnlyDictionary<string, string?> values, string? language, Action<ImmutableArray<MacroReport>> report)
    {
        var reports = Planned(macro, values, language);
        report(reports);
        for (var at = 0; at < macro.Steps.Length; at++)
        {
            string? problem;
            try
            {
                problem = await StepAsync(macro.Steps[at], values, language);
            }
            catch (Exception fault) when (Layout.Acting.Reason(words, fault) is { } reason)
            {
                problem = reason;
            }

            reports = reports.SetItem(at, reports[at] with { Done = problem is null, Problem = problem });
            report(reports);
            if (problem is not null)
                return false;
        }

        return true;
    }

    private async Task<string?> StepAsync(MacroStep step, IReadOnlyDictionary<string, string?> values, string? language)
    {
        switch (step)
        {
            case MacroStep.Reply:
                return await desk.ReplyAsync(ReplyVariables.Fill(TextOf(step, language)!, values));
            case MacroStep.Note note:
                await desk.NoteAsync(ReplyVariables.Fill(note.Text, values));
                return null;
            case MacroStep.Hold:
                await desk.DoAsync(new Hold(desk.AgentId));
                return null;
            case MacroStep.Transfer transfer:
                await desk.DoAsync(new Transfer(transfer.Queue, 0, "", desk.AgentId) { KeepPriority = true, Note = transfer.Message });
                return null;
            case MacroStep.Snooze snooze:
                await desk.DoAsync(new Snooze(desk.AgentId, time.GetUtcNow() + snooze.For, ""));
                return null;
            case MacroStep.Resolve resolve:
                await desk.DoAsync(new Resolve(desk.AgentId));
                return resolve is { Code: null, Message: null } ? null : await desk.WrapUpAsync(resolve.Code, resolve.Message);
            default:
                throw new System.Diagnostics.UnreachableException($"A macro has no step {step}.");
        }
    }

    private string? TextOf(MacroStep step, string? language) => step switch
    {
        MacroStep.Reply reply => library.Reply(reply.Shortcut)?.Text.In(language, LocalText.Any, words.Language).Text,
        MacroStep.Note note => note.Text,
        _ => null,
    };

    private string Describe(MacroStep step, IReadOnlyDictionary<string, string?> values, string? language) => step switch
    {
        MacroStep.Reply => words["macro.reply", Beginning(ReplyVariables.Fill(TextOf(step, language) ?? "", values))],
        MacroStep.Note note => words["macro.note", Beginning(ReplyVariables.Fill(note.Text, values))],
        MacroStep.Hold => words["macro.hold"],
        MacroStep.Transfer transfer => words["macro.transfer", transfer.Queue],
        MacroStep.Snooze snooze => words["macro.snooze", Pipelines.Definitions.Durations.Write(snooze.For.TotalSeconds)],
        MacroStep.Resolve { Code: { } code } => words["macro.resolve_as", code],
        MacroStep.Resolve => words["macro.resolve"],
        _ => throw new System.Diagnostics.UnreachableException($"A macro has no step {step}."),
    };

    private static string Beginning(string text) => text.ReplaceLineEndings(" ") is { Length: > Shown } longer ? $"{longer[..(char.IsHighSurrogate(longer[Shown - 1]) ? Shown - 1 : Shown)]}…" : text.ReplaceLineEndings(" ");
}
