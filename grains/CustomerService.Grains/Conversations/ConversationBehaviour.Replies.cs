using System.Collections.Immutable;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// Agents' replies. One that the customer could not read is translated first; those after it wait, so that none overtakes another. What
// can't be translated waits for its agent's word, and never goes out by itself.
public sealed partial class ConversationBehaviour
{
    private static ImmutableList<PendingReply> RepliesOf(ConversationState state) => state.Translation?.Replies ?? [];

    private static Turn<ConversationState> Reply(ConversationState state, SendAgentReply reply, Consequences then)
    {
        if (SequenceOf(state, reply.MessageId, Author.Agent) is { } sent)
            return Turn.Unchanged(state, new MessageAccepted(sent, Duplicate: true));
        if (RepliesOf(state).Find(each => each.MessageId == reply.MessageId) is { } pending)
            return pending.Reason is null ? Held(state, duplicate: true, then) : Decide(state, pending, reply, then);
        if (NotHeldBy(state, reply.AgentId, "answer") is { } refusal)
            return refusal;
        if (string.IsNullOrEmpty(reply.MessageId))
            return Refuse(state, "message_id_missing", "A reply needs an id of its own, so that it is known when it comes again.");
        var onlyFiles = string.IsNullOrWhiteSpace(reply.Text) && !reply.Attachments.IsEmpty;
        if (!onlyFiles && TextFault(reply.Text) is { } fault)
            return Turn.Unchanged(state, fault);
        if (reply is { AsIs: false, Language: not null } && CannotTranslate(state) is { } why)
            return why;

        if (reply.Anyway is { } anyway)
            then.Record(new DraftSentAnyway(reply.AgentId, reply.MessageId, anyway.Kinds, anyway.Reason));
        if (reply.Suggestion is { } suggestion)
            then.Record(new SuggestionUsed(reply.AgentId, reply.MessageId, suggestion));
        var to = reply.AsIs || onlyFiles ? null : ForeignTo(state, reply.Language);
        return to is null && RepliesOf(state).IsEmpty
            ? SentNow(state, reply, then)
            : Hold(state, reply, to, then);
    }

    private static Turn<ConversationState> SentNow(ConversationState state, SendAgentReply reply, Consequences then)
    {
        state = SendReply(state, new PendingReply(reply.MessageId, reply.AgentId, reply.Text, "", 0) { Outgoing = reply.Text, Attachments = reply.Attachments }, then);
        return then.Turn(state, new MessageAccepted(state.LastSequence, Duplicate: false));
    }

    /// <summary>Who says what they write in wants it translated where the customer reads another; where that can't be done, they are told.</summary>
    private static Turn<ConversationState>? CannotTranslate(ConversationState state) =>
        LanguageOfCustomer(state) is null
            ? Refuse(state, "customer_language_unknown", "It is not known what the customer reads; send the reply without 'language', or as it is.")
            : null;

    /// <summary>The customer's language, where a reply has to be translated into it; null: it can go out as it is.</summary>
    private static string? ForeignTo(ConversationState state, string? written)
    {
        if (LanguageOfCustomer(state) is not { } customer)
            return null;
        if (written is not null)
            return written == customer ? null : customer;

        var reader = state.Translation is { Reader.IsEmpty: false } known ? known.Reader : state.Terms?.WorkLanguages ?? [];
        return IsTranslated(state) && !reader.Contains(customer) ? customer : null;
    }

    /// <param name="to">Null: it only waits for those before it.</param>
    private static Turn<ConversationState> Hold(ConversationState state, SendAgentReply reply, string? to, Consequences then)
    {
        var replies = RepliesOf(state);
        if (replies.Count >= ConversationTranslation.MaxReplies || replies.Sum(each => each.Text.Length) + reply.Text.Length > ConversationTranslation.MaxRepliesText)
            return Refuse(state, "too_many_replies", "Earlier replies are still being translated, or this one is too long for it; send it later, in parts, or as it is.");

        var pending = new PendingReply(reply.MessageId, reply.AgentId, reply.Text, to ?? "", 1) { From = reply.Language, Outgoing = to is null ? reply.Text : null, Attachments = reply.Attachments };
        then.Record(new ReplyHeld(reply.MessageId, reply.AgentId, reply.Text, to ?? ""));
        if (to is not null)
            then.Add(WorkFor(state, pending));
        return Held(WithReplies(state, replies.Add(pending)), duplicate: false, then);
    }

    /// <summary>Its agent says what becomes of a reply that could not be translated: as it is, or once more.</summary>
    private static Turn<ConversationState> Decide(ConversationState state, PendingReply pending, SendAgentReply reply, Consequences then)
    {
        if (NotHeldBy(state, reply.AgentId, "answer") is { } refusal)
            return refusal;

        var decided = reply.AsIs
            ? pending with { Outgoing = pending.Text, Reason = null }
            : pending with { Attempt = pending.Attempt + 1, From = reply.Language ?? pending.From, Reason = null };
        if (!reply.AsIs)
            then.Add(WorkFor(state, decided));
        state = SendReady(WithReplies(state, RepliesOf(state).Replace(pending, decided)), then);
        return SequenceOf(state, reply.MessageId, Author.Agent) is { } sequence
            ? then.Turn(state, new MessageAccepted(sequence, Duplicate: false))
            : Held(state, duplicate: false, then);
    }

    private static Turn<ConversationState> FinishReply(ConversationState state, FinishReply finish, Consequences then)
    {
        if (RepliesOf(state).Find(each => each.MessageId == finish.MessageId) is not { IsUnderWay: true } pending || pending.Attempt != finish.Attempt)
            return Done(state);

        var finished = pending with { From = finish.From ?? pending.From, Outgoing = finish.Text, Provider = finish.Provider };
        if (finish.Text is null)
        {
            finished = finished with { Reason = finish.Reason ?? "no reason was given" };
            then.Record(new ReplyNotTranslated(pending.MessageId, pending.AgentId, finished.Reason));
        }

        return then.Turn(SendReady(WithReplies(state, RepliesOf(state).Replace(pending, finished)), then));
    }

    private static Turn<ConversationState> CancelReply(ConversationState state, CancelReply cancel, Consequences then)
    {
        if (RepliesOf(state).Find(each => each.MessageId == cancel.MessageId) is not { } pending)
            return Refuse(state, "no_such_reply", "No such reply waits to go out; it was sent or cancelled.");

        then.Record(new ReplyCancelled(pending.MessageId, cancel.By));
        return then.Turn(SendReady(WithReplies(state, RepliesOf(state).Remove(pending)), then));
    }

    /// <summary>Lets go out, in their order, what is ready at the head of the line.</summary>
    private static ConversationState SendReady(ConversationState state, Consequences then)
    {
        while (RepliesOf(state) is [{ Outgoing: not null } first, ..] replies)
            state = SendReply(WithReplies(state, replies.RemoveAt(0)), first, then);
        return state;
    }

    private static ConversationState SendReply(ConversationState state, PendingReply reply, Consequences then)
    {
        var text = reply.Outgoing!;
        state = Remember(Append(Served(state), Author.Agent, text, then.Now), reply.MessageId, Author.Agent);
        then.Record(new MessageSent(state.LastSequence, reply.MessageId, Author.Agent, reply.AgentId, text, Actions: [], Sources: [], InReplyTo: null) { Attachments = reply.Attachments });
        Deliver(state, new Outbound(state.LastSequence, reply.MessageId, Author.Agent, text, InReplyTo: null) { Attachments = reply.Attachments, Language = LanguageOfCustomer(state) }, then);
        if (reply.Provider is null || reply.From is null)
            return state;

        then.Record(new MessageTranslated(state.LastSequence, reply.To, reply.From, reply.Text, reply.Provider) { IsOriginal = true });
        var translation = state.Translation!;
        return state with
        {
            Translation = translation with
            {
                Known = translation.Known.AddWithin(new TranslatedMessage(state.LastSequence, reply.From), ConversationTranslation.MaxKnown),
            },
        };
    }

    private static Perform WorkFor(ConversationState state, PendingReply reply) =>
        new(new TranslateReply(state.Id, reply.MessageId, reply.AgentId, reply.From, reply.To, reply.Text, reply.Attempt), Priority: 5);

    private static Turn<ConversationState> Held(ConversationState state, bool duplicate, Consequences then) =>
        then.Turn(state, new MessageAccepted(0, duplicate) { Translating = true });

    private static ConversationState WithReplies(ConversationState state, ImmutableList<PendingReply> replies) =>
        state with { Translation = (state.Translation ?? ConversationTranslation.None) with { Replies = replies } };
}
