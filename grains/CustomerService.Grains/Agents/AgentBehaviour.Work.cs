using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Agents;

// Conversations on the desk: they leave it, are wrapped up, or go on after all.
public sealed partial class AgentBehaviour
{
    private const int MaxCodeLength = 100;
    private const int MaxNoteLength = 4_000;

    private const string Resolved = "resolved";
    private const string Released = "released";
    private const string Returned = "returned";

    private static string AlarmOf(HeldConversation held) => $"wrap_up:{held.OfferId}";

    private static Turn<AgentState> Release(AgentState state, ReleaseWork release, DateTimeOffset now)
    {
        bool Ends(string conversationId, string offerId) =>
            conversationId == release.ConversationId && (release.OfferId is null || release.OfferId == offerId);

        var next = state;
        var effects = ImmutableArray.CreateBuilder<Effect>();

        // The release may overtake the queue's confirmation; then it is the claimed offer that ends.
        foreach (var offer in state.Offers.Where(offer => offer.Claimed && Ends(offer.ConversationId, offer.OfferId)))
        {
            next = next with { Offers = next.Offers.Remove(offer), IdleSince = now };
            if (!release.WrapUp || offer.WrapUp is null)
            {
                effects.Add(new Record(new OfferLeft(offer.OfferId, offer.ConversationId, OfferStates.Cancelled, "the conversation went on elsewhere")));
                continue;
            }

            effects.Add(Started(offer));
            next = WrappingUp(next with { Conversations = next.Conversations.Add(HeldBy(offer, now)) }, HeldBy(offer, now), now, effects);
        }

        foreach (var held in state.Conversations.Where(held => Ends(held.ConversationId, held.OfferId)))
        {
            if (release.WrapUp && held.WrappingSince is not null)
                return Turn.Unchanged(state, Reply.Done);
            next = release.WrapUp && held.WrapUp is not null
                ? WrappingUp(next, held, now, effects)
                : Without(next, held, release.WrapUp ? Resolved : Released, code: null, now, effects);
        }

        // Who is busy hears why something is gone; it stands until there is other news.
        if (release is { TakenBy: { } by, Why: { } why } && (effects.Count > 0 || next != state))
            next = next with { TakenAway = new TakenAway(release.ConversationId, by, why, now) };

        if (release is { Awaited: true, OfferId: { } offerId } && !next.Conversations.Any(held => held.OfferId == offerId))
            effects.Add(new Tell(Grain.Conversation(release.ConversationId), new NoteWrapUp(state.Id, offerId, Code: null, Note: null)));
        return next == state && effects.Count == 0
            ? Turn.Unchanged(state, Reply.Done)
            : Settled(state, next, Causes.Work, now, [.. effects]);
    }

    private static Turn<AgentState> Take(AgentState state, TakeWork take, DateTimeOffset now)
    {
        if (!state.Configured)
        {
            return Turn.Of(state, Reply.Done, new Tell(
                Grain.Conversation(take.ConversationId), new ReturnToQueue(state.Id, take.OfferId, "they have no desk of their own")));
        }

        if (state.Conversations.Any(held => held.OfferId == take.OfferId))
            return Turn.Unchanged(state, Reply.Done);
        var held = new HeldConversation(take.ConversationId, take.OfferId) { Queue = take.Queue, Channel = take.Channel, Since = now, CallbackTo = take.CallbackTo };

        // Who takes something over is there, whatever they said before.
        var here = state.Presence == Presences.Offline ? Chosen(state, Presences.Away, activity: null, byAgent: true, now) with { PresenceBy = null } : Alive(state, now);
        var next = here with { Conversations = here.Conversations.Add(held), IdleSince = now };
        return Settled(state, next, Causes.Agent, now, new Record(new WorkStarted(held.ConversationId, held.OfferId, held.Channel, 1)));
    }

    private static Turn<AgentState> Resume(AgentState state, ResumeWork resume, DateTimeOffset now)
    {
        if (state.Conversations.FirstOrDefault(each => each.OfferId == resume.OfferId) is not { } held)
        {
            return Turn.Of(state, Reply.Done, new Tell(
                Grain.Conversation(resume.ConversationId), new ReturnToQueue(state.Id, resume.OfferId, "the agent had finished with it")));
        }

        if (held.WrappingSince is null)
            return Turn.Unchanged(state, Reply.Done);
        var next = state with { Conversations = state.Conversations.Replace(held, held with { WrappingSince = null }) };
        return Settled(
            state, next, Causes.Work, now, new CancelWake(AlarmOf(held)),
            new Record(new WorkStarted(held.ConversationId, held.OfferId, held.Channel, Math.Max(1, held.Units))));
    }

    private static Turn<AgentState> CompleteWrapUp(AgentState state, CompleteWrapUp complete, DateTimeOffset now)
    {
        var code = string.IsNullOrWhiteSpace(complete.Code) ? null : complete.Code.Trim();
        var held = state.Conversations.FirstOrDefault(held => held.ConversationId == complete.ConversationId && held.WrappingSince is not null);
        if (held?.WrapUp is not { } policy)
            return Turn.Unchanged(state, Reply.Refuse("no_wrap_up", $"Conversation {complete.ConversationId} is not being wrapped up on this desk: it goes on, or is done."));

        var codes = policy.Codes.OrEmpty();
        if (code is null && policy.CodeRequired)
            return Turn.Unchanged(state, Reply.Refuse("wrap_up_code_missing", codes.IsEmpty ? "This wrap-up needs a code." : $"This wrap-up needs a code, one of: {string.Join(", ", codes)}."));
        if (code is not null && !codes.IsEmpty && !codes.Contains(code))
            return Turn.Unchanged(state, Reply.Refuse("unknown_wrap_up_code", $"There is no code '{code}' here; there are: {string.Join(", ", codes)}."));
        if (code?.Length > MaxCodeLength || complete.Note?.Length > MaxNoteLength)
            return Turn.Unchanged(state, Reply.Refuse("wrap_up_too_long", $"A code has at most {MaxCodeLength} characters, a note {MaxNoteLength}."));

        var effects = ImmutableArray.CreateBuilder<Effect>();
        var next = Without(Alive(state, now), held, Resolved, code, now, effects);
        effects.Add(new CancelWake(AlarmOf(held)));
        effects.Add(new Tell(Grain.Conversation(held.ConversationId), new NoteWrapUp(state.Id, held.OfferId, code, complete.Note)));
        return Settled(state, next, Causes.Agent, now, [.. effects]);
    }

    private static Turn<AgentState> EndWrapUp(AgentState state, EndWrapUp end, DateTimeOffset now)
    {
        if (state.Conversations.FirstOrDefault(held => held.OfferId == end.OfferId) is not { WrappingSince: not null } held)
            return Turn.Unchanged(state, Reply.Done);

        var effects = ImmutableArray.CreateBuilder<Effect>();
        var next = WithoutWrapUp(state, held, now, effects);
        return Settled(state, next, Causes.Work, now, [.. effects]);
    }

    /// <summary>The wrap-up of a conversation on the desk begins.</summary>
    private static AgentState WrappingUp(AgentState state, HeldConversation held, DateTimeOffset now, ImmutableArray<Effect>.Builder effects)
    {
        effects.Add(new Record(new WrapUpStarted(held.ConversationId, held.OfferId)));
        if (held.WrapUp is { Seconds: > 0 and var seconds })
            effects.Add(new Wake(AlarmOf(held), now.AddSeconds(seconds), new EndWrapUp(held.ConversationId, held.OfferId)));
        return state with { Conversations = state.Conversations.Replace(held, held with { WrappingSince = now }) };
    }

    /// <summary>The wrap-up ends without the agent.</summary>
    private static AgentState WithoutWrapUp(AgentState state, HeldConversation held, DateTimeOffset now, ImmutableArray<Effect>.Builder effects)
    {
        effects.Add(new Tell(Grain.Conversation(held.ConversationId), new NoteWrapUp(state.Id, held.OfferId, Code: null, Note: null)));
        return Without(state, held, Resolved, code: null, now, effects);
    }

    /// <summary>A conversation leaves the desk.</summary>
    private static AgentState Without(
        AgentState state, HeldConversation held, string outcome, string? code, DateTimeOffset now, ImmutableArray<Effect>.Builder effects)
    {
        effects.Add(new Record(new WorkEnded(held.ConversationId, held.OfferId, outcome, code)));
        return state with { Conversations = state.Conversations.Remove(held), IdleSince = now };
    }
}
