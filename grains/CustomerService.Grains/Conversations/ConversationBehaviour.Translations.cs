using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// What the customer and the assistant wrote, for people who read another language. The work is done outside and noted when it comes; it
// changes nothing else, so it may come late, twice, or after everything is settled.
public sealed partial class ConversationBehaviour
{
    private const string LanguageUnknown = "und";

    private static bool IsTranslated(ConversationState state) => state.Status.IsWithPeople() && state.Terms is { WorkLanguages.IsEmpty: false };

    private static string? LanguageOfCustomer(ConversationState state) =>
        state.Translation?.CustomerLanguage ?? (state.LastSignals is { Language: var language and not LanguageUnknown } ? language : null);

    private static void Translate(ConversationState state, ImmutableArray<LineToTranslate> lines, Consequences then)
    {
        if (IsTranslated(state) && !lines.IsEmpty)
            then.Add(new Perform(new TranslateLines(state.Id, lines)));
    }

    /// <summary>The last messages, for somebody who begins to read.</summary>
    private static ImmutableArray<LineToTranslate> TailToTranslate(ConversationState state) =>
    [
        .. state.Tail
            .Where(line => line.Author != Author.System && !string.IsNullOrWhiteSpace(line.Text))
            .Select(line => new LineToTranslate(line.Sequence, line.Author, line.Text) { Shortened = line.Text.Length >= TranscriptLine.MaxText - 1 }),
    ];

    private static Turn<ConversationState> DescribeTranslation(ConversationState state)
    {
        if (!IsTranslated(state))
            return Refuse(state, "not_translated", "Nobody is to be translated here: people do not have the conversation, or its queue does not translate.");

        return Turn.Unchanged(state, new TranslationContext(RecordOf(state), state.AgentId, state.Terms!.WorkLanguages, LanguageOfCustomer(state))
        {
            Reader = state.Translation?.Reader ?? [],
            Known = [.. state.Translation?.Known ?? []],
        });
    }

    private static Turn<ConversationState> NoteTranslations(ConversationState state, NoteTranslations note, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return Done(state);
        var translation = state.Translation ?? ConversationTranslation.None;
        translation = translation with
        {
            CustomerLanguage = note.CustomerLanguage ?? translation.CustomerLanguage,
            Reader = note.Reader.IsEmpty ? translation.Reader : note.Reader,
        };
        foreach (var line in note.Lines.OrEmpty())
        {
            var known = new TranslatedMessage(line.Sequence, line.To);
            if (translation.Known.Contains(known))
                continue;
            if (line.Text is null)
            {
                then.Record(new MessageNotTranslated(line.Sequence, line.To, line.Reason ?? "no reason was given"));
                continue;
            }

            then.Record(new MessageTranslated(line.Sequence, line.From, line.To, line.Text, line.Provider ?? ""));
            translation = translation with { Known = translation.Known.AddWithin(known, ConversationTranslation.MaxKnown) };
        }

        return then.Turn(state with { Translation = translation });
    }

    private static Turn<ConversationState> NotTranslated(ConversationState state, TranslateLines work, string reason, Consequences then)
    {
        if (state.Status == ConversationStatus.New)
            return Done(state);
        foreach (var line in work.Lines.OrEmpty())
            then.Record(new MessageNotTranslated(line.Sequence, state.Terms?.WorkLanguages.FirstOrDefault() ?? "", reason));
        return then.Turn(state);
    }
}
