using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Personal
{
    /// <summary>
    /// Keeps what a person has written and not sent in a conversation, in place of what was kept before; a text without a letter drops it. Refused with
    /// <c>message_too_long</c>.
    /// </summary>
    /// <param name="IsNote">It was to be a private note, and not to go to the customer.</param>
    public sealed record KeepDraft(string ConversationId, string Text, bool IsNote) : Turns.Command;

    /// <summary>Answer: <see cref="DraftView"/>.</summary>
    public sealed record GetDraft(string ConversationId) : Turns.Query;

    /// <param name="Draft">Null: there is none.</param>
    public sealed record DraftView(KeptDraft? Draft) : Turns.Reply;

    /// <param name="At">When it was kept.</param>
    public sealed record KeptDraft(string ConversationId, string Text, bool IsNote, DateTimeOffset At);

    /// <summary>Tells the person something, once for each id of the command.</summary>
    /// <param name="Kind">Of <see cref="NoticeKinds"/>.</param>
    /// <param name="By">Who caused it.</param>
    /// <param name="Text">What was said, shortened.</param>
    public sealed record GiveNotice(string Kind, string ConversationId, string By, string Text) : Turns.Command;

    /// <summary>Why people are told something.</summary>
    public static class NoticeKinds
    {
        /// <summary>A private note names them.</summary>
        public const string Mention = "mention";

        /// <summary>Their work in the conversation was reviewed.</summary>
        public const string Review = "review";

        /// <summary>Something is out of order that they are to know of; the notice names the alert in the conversation's place, and the rule as who caused it.</summary>
        public const string Alert = "alert";
    }

    /// <summary>The person has seen these; none named: all.</summary>
    public sealed record MarkNoticesRead(ImmutableArray<long> Numbers) : Turns.Command;

    /// <summary>Answer: <see cref="NoticesView"/>.</summary>
    public sealed record GetNotices : Turns.Query;

    /// <param name="Notices">Newest first, at most <see cref="PersonalState.MostNotices"/>.</param>
    public sealed record NoticesView(ImmutableArray<Notice> Notices, int Unread) : Turns.Reply;

    /// <summary>These conversations are erased: drafts in them and notices of them go.</summary>
    public sealed record ForgetConversations(ImmutableArray<string> Ids) : Turns.Command
    {
        public ImmutableArray<string> Ids { get; init => field = value.OrEmpty(); } = Ids;
    }

    /// <summary>Something that a person is told.</summary>
    /// <param name="Number">Counts this person's notices from 1.</param>
    public sealed record Notice(long Number, string Kind, string ConversationId, string By, string Text, DateTimeOffset At, bool Read);

    /// <summary>Somebody was told something. What it says is not repeated here.</summary>
    public sealed record NoticeGiven(long Number, string Kind, string ConversationId, string By) : Journal.JournalEvent;

    /// <summary>The person has seen notices.</summary>
    public sealed record NoticesRead(int Unread) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(KeepDraft), "personal.keep_draft")]
    [JsonDerivedType(typeof(GetDraft), "personal.get_draft")]
    [JsonDerivedType(typeof(GiveNotice), "personal.give_notice")]
    [JsonDerivedType(typeof(MarkNoticesRead), "personal.mark_notices_read")]
    [JsonDerivedType(typeof(GetNotices), "personal.get_notices")]
    [JsonDerivedType(typeof(ForgetConversations), "personal.forget_conversations")]
    public partial record Command;

    [JsonDerivedType(typeof(DraftView), "personal.draft")]
    [JsonDerivedType(typeof(NoticesView), "personal.notices")]
    public partial record Reply;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(NoticeGiven), "personal.notice_given")]
    [JsonDerivedType(typeof(NoticesRead), "personal.notices_read")]
    public partial record JournalEvent;
}
