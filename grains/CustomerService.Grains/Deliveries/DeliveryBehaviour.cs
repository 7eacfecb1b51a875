using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Deliveries;

/// <summary>
/// Brings a conversation's messages to a customer whom a channel has to send to (mail, SMS, social media), one after another. Its record says before anything is
/// sent that it is about to be: so after a crash it is known what may have gone out, and nothing goes out twice unseen.
/// </summary>
public sealed partial class DeliveryBehaviour : IGrainBehaviour<DeliveryState>
{
    /// <summary>The one alarm: the time of the next attempt.</summary>
    private const string NextAttempt = "next-attempt";

    private DeliveryBehaviour()
    {
    }

    public static string Kind => GrainKinds.Delivery;

    public static int StateVersion => 1;

    public static JsonTypeInfo<DeliveryState> StateJson => GrainsJson.Default.DeliveryState;

    public static DeliveryState Initial(string key) => new() { ConversationId = key };

    public static Turn<DeliveryState> Handle(DeliveryState state, Command command, DateTimeOffset now) => command switch
    {
        NoteInbound c => Turn.Of(state with { Inbound = c.Inbound }, Reply.Done),
        Deliver c => Enqueue(state, c.Message, now),
        BeginAttempt c => Begin(state, c),
        FinishAttempt c => Finish(state, c, now),
        WorkFailed { Work: SendOut work } c => Finish(
            state, new FinishAttempt(work.MessageId, work.Attempt, new AttemptOutcome(AttemptKind.Unknown, [], null, c.Reason)), now),
        NoteReceipt c => Note(state, c, now),
        SetOptOut c => c.OptedOut == state.OptedOut ? Turn.Unchanged(state, Reply.Done) : Turn.Of(state with { OptedOut = c.OptedOut }, Reply.Done),
        ResendMessage c => Resend(state, c, now),
        AttemptDelivery => Attempt(state),
        EraseBeside => Erase(state),
        GetDeliveries => Turn.Unchanged(state, new DeliveriesView(state.Inbound, state.OptedOut, [.. state.Waiting], [.. state.Sent])),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    private static Turn<DeliveryState> Enqueue(DeliveryState state, Outbound message, DateTimeOffset now)
    {
        if (state.Waiting.Exists(each => each.Message.MessageId == message.MessageId) || state.Sent.Exists(each => each.MessageId == message.MessageId))
            return Turn.Unchanged(state, Reply.Done);
        if ((message.To ?? state.Inbound) is null)
            return Ended(state, Outcome(message, DeliveryStatus.Failed, now, "the customer has not written on this channel, so it is not known where to send to"));
        if (IsFull(state.Waiting, message))
            return Ended(state, Outcome(message, DeliveryStatus.Failed, now, "too many messages before it could not be sent yet; send it again later"));

        var next = state with { Waiting = state.Waiting.Add(new PendingDelivery(message, now, 1, null, null, [], null)) };
        return next.Waiting.Count == 1 ? Turn.Of(next, Reply.Done, Queued(next, message), Work(next)) : Turn.Of(next, Reply.Done, Queued(next, message));
    }

    private static bool IsFull(ImmutableList<PendingDelivery> waiting, Outbound message) =>
        waiting.Count >= DeliveryState.MaxWaiting
        || (!waiting.IsEmpty && waiting.Sum(each => each.Message.Text.Length) + message.Text.Length > DeliveryState.MaxWaitingText);

    private static Turn<DeliveryState> Begin(DeliveryState state, BeginAttempt begin)
    {
        if (Head(state, begin.MessageId, begin.Attempt) is not { } head || (head.Message.To ?? state.Inbound) is not { } to)
            return Turn.Unchanged(state, Reply.Refuse("attempt_over", "This attempt is over, or the message is not next in line."));

        var permit = new AttemptPermit(
            to, head.Message, Uncertain: head.Run is not null && head.Run != begin.Run, head.Accepted.OrEmpty().Length, head.Attempt - 1, head.QueuedAt,
            OptedOut: state.OptedOut && head.Message.To is null);
        return head.Run is not null
            ? Turn.Unchanged(state, permit)
            : Turn.Of(WithHead(state, head with { Run = begin.Run }), permit);
    }

    private static Turn<DeliveryState> Attempt(DeliveryState state) =>
        state.Waiting is [{ NextAt: not null } head, ..]
            ? Turn.Of(WithHead(state, head with { NextAt = null }), Reply.Done, Work(state))
            : Turn.Unchanged(state, Reply.Done);

    private static Turn<DeliveryState> Finish(DeliveryState state, FinishAttempt finish, DateTimeOffset now)
    {
        if (Head(state, finish.MessageId, finish.Attempt) is not { } head)
            return NoteIds(state, finish);

        var taken = head.Accepted.OrEmpty().AddRange(finish.Outcome.ExternalIds.OrEmpty());
        return finish.Outcome.Kind switch
        {
            AttemptKind.Accepted => Ended(state, Outcome(head.Message, DeliveryStatus.Sent, now, null) with { ExternalIds = taken }),
            AttemptKind.Failed => Ended(state, Outcome(head.Message, DeliveryStatus.Failed, now, finish.Outcome.Reason) with { ExternalIds = taken }),
            AttemptKind.Unknown => Ended(state, Outcome(head.Message, DeliveryStatus.Unknown, now, finish.Outcome.Reason) with { ExternalIds = taken }),
            _ => Postponed(state, head with { Accepted = taken }, finish.Outcome, now),
        };
    }

    private static Turn<DeliveryState> Postponed(DeliveryState state, PendingDelivery head, AttemptOutcome outcome, DateTimeOffset now)
    {
        var at = outcome.NextAt > now ? outcome.NextAt.Value : now;
        var attempt = outcome.Kind == AttemptKind.Held ? head.Attempt : head.Attempt + 1;
        var next = WithHead(state, head with { Attempt = attempt, Run = null, NextAt = at, Reason = outcome.Reason });
        var news = head.Reason == outcome.Reason
            ? ImmutableArray<Effect>.Empty
            : [Told(state, head.Message.Sequence, head.Message.MessageId, DeliveryStatus.Queued, outcome.Reason)];
        return Turn.Of(next, Reply.Done, [.. news, new Wake(NextAttempt, at, new AttemptDelivery())]);
    }

    /// <summary>The first in line, or one that never got in, is over: the next one's turn.</summary>
    private static Turn<DeliveryState> Ended(DeliveryState state, FinishedDelivery finished)
    {
        var wasHead = state.Waiting is [var head, ..] && head.Message.MessageId == finished.MessageId;
        var next = state with
        {
            Waiting = wasHead ? state.Waiting.RemoveAt(0) : state.Waiting,
            Sent = state.Sent.AddWithin(finished, DeliveryState.RememberedSent),
        };
        var told = Told(state, finished.Sequence, finished.MessageId, finished.Status, finished.Reason);
        if (!wasHead)
            return Turn.Of(next, Reply.Done, told);
        return next.Waiting.IsEmpty ? Turn.Of(next, Reply.Done, told) : Turn.Of(next, Reply.Done, told, Work(next));
    }

    private static Turn<DeliveryState> Resend(DeliveryState state, ResendMessage resend, DateTimeOffset now)
    {
        if (state.Waiting.Exists(each => each.Message.MessageId == resend.Message.MessageId))
            return Turn.Unchanged(state, Reply.Refuse("not_failed", "The message is still on its way."));

        return state.Sent.FindLast(each => each.MessageId == resend.Message.MessageId) switch
        {
            null => Turn.Unchanged(state, Reply.Refuse("no_such_delivery", "There is no such message here, or it is over for long; send a new one instead.")),
            { Status: DeliveryStatus.Failed or DeliveryStatus.Unknown } before => Enqueue(state with { Sent = state.Sent.Remove(before) }, resend.Message, now),
            _ => Turn.Unchanged(state, Reply.Refuse("not_failed", "The message went out; send a new one instead.")),
        };
    }

    /// <summary>Who wanted no more messages wants none for ever, whatever else is forgotten of them.</summary>
    private static Turn<DeliveryState> Erase(DeliveryState state) =>
        state is { Inbound: null, Waiting.IsEmpty: true, Sent.IsEmpty: true }
            ? Turn.Unchanged(state, Reply.Done)
            : Turn.Of(Initial(state.ConversationId) with { OptedOut = state.OptedOut }, Reply.Done, new CancelWake(NextAttempt));

    private static PendingDelivery? Head(DeliveryState state, string messageId, int attempt) =>
        state.Waiting is [{ NextAt: null } head, ..] && head.Message.MessageId == messageId && head.Attempt == attempt ? head : null;

    private static DeliveryState WithHead(DeliveryState state, PendingDelivery head) => state with { Waiting = state.Waiting.SetItem(0, head) };

    private static FinishedDelivery Outcome(Outbound message, DeliveryStatus status, DateTimeOffset now, string? reason) =>
        new(message.Sequence, message.MessageId, status, now, [], reason);

    private static Perform Work(DeliveryState state) => new(new SendOut(state.ConversationId, state.Waiting[0].Message.MessageId, state.Waiting[0].Attempt));

    private static Tell Queued(DeliveryState state, Outbound message) => Told(state, message.Sequence, message.MessageId, DeliveryStatus.Queued, null);

    private static Tell Told(DeliveryState state, long sequence, string messageId, DeliveryStatus status, string? reason) =>
        new(Grain.Conversation(state.ConversationId), new NoteDelivery(sequence, messageId, status, reason));
}
