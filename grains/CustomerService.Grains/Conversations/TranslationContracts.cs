using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations
{
    /// <summary>Messages were translated, or could not be, for whoever has the conversation.</summary>
    public sealed record NoteTranslations(ImmutableArray<LineTranslation> Lines) : Turns.Command
    {
        /// <summary>What the customer wrote in last; null: it could not be told.</summary>
        public string? CustomerLanguage { get; init; }

        /// <summary>What whoever has it reads and writes, the main one first.</summary>
        public ImmutableArray<string> Reader { get; init => field = value.OrEmpty(); } = [];
    }

    /// <summary>A reply's translation ended. Only the attempt under way counts; a late or repeated one changes nothing.</summary>
    public sealed record FinishReply(string MessageId, int Attempt) : Turns.Command
    {
        /// <summary>What goes out; null: it could not be translated.</summary>
        public string? Text { get; init; }

        /// <summary>What it turned out to be written in.</summary>
        public string? From { get; init; }

        /// <summary>Null: it was in the customer's language already.</summary>
        public string? Provider { get; init; }

        public string? Reason { get; init; }
    }

    /// <summary>A reply that has not gone out yet is not to go out. Refused with <c>no_such_reply</c> when it has.</summary>
    public sealed record CancelReply(string By, string MessageId) : Turns.Command;

    /// <summary>What a translation needs to know. Answer: <see cref="TranslationContext"/>, or refused with <c>not_translated</c> where nobody is to be translated now.</summary>
    public sealed record GetTranslation : Turns.Query;

    /// <param name="CustomerId">The record of the customer.</param>
    /// <param name="WorkLanguages">What its queue's agents read and write.</param>
    public sealed record TranslationContext(string CustomerId, string? AgentId, ImmutableArray<string> WorkLanguages, string? CustomerLanguage) : Turns.Reply
    {
        public ImmutableArray<string> Reader { get; init => field = value.OrEmpty(); } = [];

        public ImmutableArray<TranslatedMessage> Known { get; init => field = value.OrEmpty(); } = [];
    }

    /// <summary>Translate messages for whoever has the conversation. Result: <see cref="NoteTranslations"/>.</summary>
    public sealed record TranslateLines(string ConversationId, ImmutableArray<LineToTranslate> Lines) : Turns.Work;

    /// <summary>Translate an agent's reply for the customer. Result: <see cref="FinishReply"/>.</summary>
    public sealed record TranslateReply(string ConversationId, string MessageId, string AgentId, string? From, string To, string Text, int Attempt) : Turns.Work;

    /// <summary>A message can be read in another language.</summary>
    public sealed record MessageTranslated(long MessageSequence, string From, string To, string Text, string Provider) : Journal.JournalEvent
    {
        /// <summary>The text is what its author wrote, and the message itself is the translation, made by that provider.</summary>
        public bool IsOriginal { get; init; }
    }

    public sealed record MessageNotTranslated(long MessageSequence, string To, string Reason) : Journal.JournalEvent;

    /// <summary>A reply goes out when it is translated, and when those before it are.</summary>
    public sealed record ReplyHeld(string MessageId, string AgentId, string Text, string To) : Journal.JournalEvent;

    /// <summary>A reply stays back until a person decides: to try again, to send it as it is, to cancel it.</summary>
    public sealed record ReplyNotTranslated(string MessageId, string AgentId, string Reason) : Journal.JournalEvent;

    public sealed record ReplyCancelled(string MessageId, string By) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(NoteTranslations), "conversation.note_translations")]
    [JsonDerivedType(typeof(FinishReply), "conversation.finish_reply")]
    [JsonDerivedType(typeof(CancelReply), "conversation.cancel_reply")]
    [JsonDerivedType(typeof(GetTranslation), "conversation.get_translation")]
    public partial record Command;

    [JsonDerivedType(typeof(TranslationContext), "conversation.translation_context")]
    public partial record Reply;

    [JsonDerivedType(typeof(TranslateLines), "conversation.translate_lines")]
    [JsonDerivedType(typeof(TranslateReply), "conversation.translate_reply")]
    public partial record Work;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(MessageTranslated), "conversation.message_translated")]
    [JsonDerivedType(typeof(MessageNotTranslated), "conversation.message_not_translated")]
    [JsonDerivedType(typeof(ReplyHeld), "conversation.reply_held")]
    [JsonDerivedType(typeof(ReplyNotTranslated), "conversation.reply_not_translated")]
    [JsonDerivedType(typeof(ReplyCancelled), "conversation.reply_cancelled")]
    public partial record JournalEvent;
}
