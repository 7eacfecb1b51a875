using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Personal;

/// <summary>A person's index entries: a turn writes the one draft or notice that it changes, and not all of them.</summary>
internal static class PersonalEntries
{
    private const string DraftMark = "draft/";
    private const string NoticeMark = "notice/";

    public static PutEntry Of(KeptDraft draft) => new(DraftMark + draft.ConversationId, JsonSerializer.Serialize(draft, GrainsJson.Default.KeptDraft));

    public static PutEntry Of(Notice notice) => new(KeyOf(notice.Number), JsonSerializer.Serialize(notice, GrainsJson.Default.Notice));

    public static RemoveEntry WithoutDraft(string conversationId) => new(DraftMark + conversationId);

    public static RemoveEntry WithoutNotice(long number) => new(KeyOf(number));

    public static PersonalState Restored(PersonalState state, ImmutableArray<IndexEntry> entries)
    {
        var drafts = state.Drafts.ToBuilder();
        var notices = state.Notices.ToBuilder();
        foreach (var entry in entries.OrEmpty())
        {
            if (entry.Key.StartsWith(DraftMark, StringComparison.Ordinal))
                drafts[entry.Key[DraftMark.Length..]] = JsonSerializer.Deserialize(entry.Payload, GrainsJson.Default.KeptDraft) ?? throw Empty(entry);
            else if (entry.Key.StartsWith(NoticeMark, StringComparison.Ordinal) && (JsonSerializer.Deserialize(entry.Payload, GrainsJson.Default.Notice) ?? throw Empty(entry)) is var notice)
                notices[notice.Number] = notice;
        }

        return state with { Drafts = drafts.ToImmutable(), Notices = notices.ToImmutable() };
    }

    private static string KeyOf(long number) => NoticeMark + number.ToString(CultureInfo.InvariantCulture);

    private static JsonException Empty(IndexEntry entry) => new($"The index entry of {entry.Key} is empty.");
}
