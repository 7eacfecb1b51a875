using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Personal;

/// <summary>
/// What is one person's own and nobody else's: what they have written and not sent, and what they are told. Drafts are not in the journal, since most are never
/// said; that there are news is, so that whoever looks is told at once.
/// </summary>
public sealed class PersonalBehaviour : IIndexedBehaviour<PersonalState>
{
    private PersonalBehaviour()
    {
    }

    public static string Kind => GrainKinds.Personal;

    public static int StateVersion => 1;

    public static JsonTypeInfo<PersonalState> StateJson => GrainsJson.Default.PersonalState;

    public static PersonalState Initial(string key) => new();

    public static PersonalState Restore(PersonalState state, ImmutableArray<IndexEntry> entries) => PersonalEntries.Restored(state, entries);

    public static Turn<PersonalState> Handle(PersonalState state, Command command, DateTimeOffset now) => command switch
    {
        GetDraft c => Turn.Unchanged(state, new DraftView(state.Drafts.GetValueOrDefault(c.ConversationId))),
        GetNotices => Turn.Unchanged(state, new NoticesView([.. state.Notices.Values.Reverse()], Unread(state))),
        KeepDraft c => Keep(state, c, now),
        GiveNotice { Id: { Length: > 0 } id } when state.Remembered.Contains(id) => Turn.Unchanged(state, Reply.Done),
        GiveNotice c => Give(state, c, now),
        MarkNoticesRead c => Mark(state, c),
        ForgetConversations c => Forget(state, c),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    private static Turn<PersonalState> Keep(PersonalState state, KeepDraft keep, DateTimeOffset now)
    {
        if (keep.Text.Length > Interaction.MaxContentLength)
            return Turn.Unchanged(state, Reply.Refuse("message_too_long", $"The text has {keep.Text.Length} characters; at most {Interaction.MaxContentLength} are kept. Send it in parts."));
        var known = state.Drafts.GetValueOrDefault(keep.ConversationId);
        if (string.IsNullOrWhiteSpace(keep.Text))
        {
            return known is null
                ? Turn.Unchanged(state, Reply.Done)
                : Turn.Of(state with { Drafts = state.Drafts.Remove(keep.ConversationId) }, Reply.Done, PersonalEntries.WithoutDraft(keep.ConversationId));
        }

        if (known is not null && known.Text == keep.Text && known.IsNote == keep.IsNote)
            return Turn.Unchanged(state, Reply.Done);
        var draft = new KeptDraft(keep.ConversationId, keep.Text, keep.IsNote, now);
        ImmutableArray<Effect> effects = [PersonalEntries.Of(draft)];
        var drafts = state.Drafts.SetItem(draft.ConversationId, draft);
        if (drafts.Count > PersonalState.MostDrafts && drafts.Values.MinBy(each => each.At) is { } oldest)
            (drafts, effects) = (drafts.Remove(oldest.ConversationId), effects.Add(PersonalEntries.WithoutDraft(oldest.ConversationId)));
        return Turn.Of(state with { Drafts = drafts }, Reply.Done, effects);
    }

    private static Turn<PersonalState> Give(PersonalState state, GiveNotice give, DateTimeOffset now)
    {
        var notice = new Notice(state.LastNotice + 1, give.Kind, give.ConversationId, give.By, Excerpt.Of(give.Text, HandoffFacts.MaxText), now, Read: false);
        var notices = state.Notices.Add(notice.Number, notice);
        ImmutableArray<Effect> effects = [PersonalEntries.Of(notice), new Record(new NoticeGiven(notice.Number, notice.Kind, notice.ConversationId, notice.By))];
        if (notices.Count > PersonalState.MostNotices)
        {
            var oldest = notices.Keys.First();
            (notices, effects) = (notices.Remove(oldest), effects.Add(PersonalEntries.WithoutNotice(oldest)));
        }

        var remembered = give.Id.Length > 0 ? state.Remembered.AddWithin(give.Id, PersonalState.RememberedCommands) : state.Remembered;
        return Turn.Of(state with { LastNotice = notice.Number, Notices = notices, Remembered = remembered }, Reply.Done, effects);
    }

    private static Turn<PersonalState> Mark(PersonalState state, MarkNoticesRead mark)
    {
        var numbers = mark.Numbers.OrEmpty();
        ImmutableArray<Notice> seen = [.. state.Notices.Values.Where(notice => !notice.Read && (numbers.IsEmpty || numbers.Contains(notice.Number))).Select(notice => notice with { Read = true })];
        if (seen.IsEmpty)
            return Turn.Unchanged(state, Reply.Done);
        state = state with { Notices = state.Notices.SetItems(seen.Select(notice => KeyValuePair.Create(notice.Number, notice))) };
        return Turn.Of(state, Reply.Done, [.. seen.Select(PersonalEntries.Of), new Record(new NoticesRead(Unread(state)))]);
    }

    private static Turn<PersonalState> Forget(PersonalState state, ForgetConversations forget)
    {
        var ids = forget.Ids.ToHashSet(StringComparer.Ordinal);
        ImmutableArray<string> drafts = [.. state.Drafts.Keys.Where(ids.Contains).Order(StringComparer.Ordinal)];
        ImmutableArray<long> notices = [.. state.Notices.Values.Where(notice => ids.Contains(notice.ConversationId)).Select(notice => notice.Number)];
        if (drafts.IsEmpty && notices.IsEmpty)
            return Turn.Unchanged(state, Reply.Done);

        state = state with { Drafts = state.Drafts.RemoveRange(drafts), Notices = state.Notices.RemoveRange(notices) };
        ImmutableArray<Effect> effects = [.. drafts.Select(PersonalEntries.WithoutDraft), .. notices.Select(PersonalEntries.WithoutNotice)];
        return Turn.Of(state, Reply.Done, notices.IsEmpty ? effects : effects.Add(new Record(new NoticesRead(Unread(state)))));
    }

    private static int Unread(PersonalState state) => state.Notices.Values.Count(notice => !notice.Read);
}
