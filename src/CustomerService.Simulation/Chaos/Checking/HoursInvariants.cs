using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Simulation.Chaos.Actors;

namespace CustomerService.Simulation.Chaos.Checking;

/// <summary>Business hours: while a queue is closed or paused nothing is offered, and whoever waits then is told so once in each stay.</summary>
internal static class HoursInvariants
{
    /// <summary>How late an alarm may be: a crash, a repetition, a delay.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(90);

    public static void Hold(ChaosWorld world)
    {
        foreach (var queue in Cast.Queues)
        {
            NothingIsOfferedOutOfHours(world, queue);
            var notices = Notices(world, queue);
            EachNoticeIsRight(world, queue, notices);
            WhoeverIsLetGoIsTold(world, queue, notices);
            WhoeverWaitsIsTold(world, queue, notices);
        }
    }

    private static void NothingIsOfferedOutOfHours(ChaosWorld world, string queue)
    {
        var (hours, paused) = (world.HoursOf(queue), false);
        foreach (var (_, now, _, happened) in world.History.Of(Grain.Queue(queue)))
        {
            switch (happened)
            {
                case QueuePaused: paused = true; break;
                case QueueResumed: paused = false; break;
                case OfferMade offer when paused:
                    throw new InvariantViolationException("nothing is offered while a queue is paused", $"{offer.OfferId} was made while {queue} was paused.");
                case OfferMade offer when !hours.IsOpen(now):
                    throw new InvariantViolationException("nothing is offered while a queue is closed", $"{offer.OfferId} was made at {now:O}, when {queue} was closed.");
            }
        }
    }

    private static List<Notice> Notices(ChaosWorld world, string queue) =>
    [
        .. world.History.Tells.Where(told => told.Id.Source == Grain.Queue(queue) && told.Tell.Command is NoteClosed)
            .Select(told => new Notice(told.Clock, told.Tell.To.Key, (NoteClosed)told.Tell.Command)),
    ];

    private static void EachNoticeIsRight(ChaosWorld world, string queue, List<Notice> notices)
    {
        var hours = world.HoursOf(queue);
        var told = new Dictionary<(string, long), DateTimeOffset>();
        foreach (var (now, conversation, note) in notices)
        {
            // A queue that hears again of a withdrawal and of what followed it begins that stay anew; the customer is told once also then, see the transcript.
            var before = told.GetValueOrDefault((conversation, note.Hop), DateTimeOffset.MaxValue);
            if (before <= now && !world.History.Of(Grain.Queue(queue)).Any(each => each.Clock >= before && each.Clock <= now && each.Event is ConversationWithdrawn left && left.ConversationId == conversation))
                throw new InvariantViolationException("who waits in a closed queue is told once", $"{conversation} was told twice by {queue} in its stay {note.Hop}.");
            told[(conversation, note.Hop)] = now;

            if (hours.IsOpen(now) || note.OpensAt != hours.NextOpening(now))
                throw new InvariantViolationException("who waits in a closed queue is told when it opens", $"{conversation} was told at {now:O} that {queue} opens at {note.OpensAt:O}; it {(hours.IsOpen(now) ? "was open" : $"opens at {hours.NextOpening(now):O}")}.");
            if (note.OfferCallback != (Cast.PolicyOf(queue).WhenClosed == QueuePolicy.OfferCallback))
                throw new InvariantViolationException("a call back is offered where the owner says so", $"{queue} told {conversation} {(note.OfferCallback ? "of one" : "of none")}.");
        }
    }

    /// <summary>What was offered before the closing may still be taken; once nobody is asked any more, the customer has to know.</summary>
    private static void WhoeverIsLetGoIsTold(ChaosWorld world, string queue, List<Notice> notices)
    {
        var joined = new Dictionary<string, DateTimeOffset>();
        var pending = new HashSet<(string Conversation, string Offer)>();
        var silent = new Dictionary<string, DateTimeOffset>();
        foreach (var (_, now, _, happened) in world.History.Of(Grain.Queue(queue)))
        {
            // In one turn it may be let go, and then passed on.
            if (silent.FirstOrDefault(each => each.Value < now) is { Key: { } conversation, Value: var since })
                throw new InvariantViolationException("who waits in a closed queue is told", $"{conversation} was let go in {queue} at {since:O}, and not told that it is closed.");
            switch (happened)
            {
                case ConversationEnqueued enqueued:
                    joined.TryAdd(enqueued.ConversationId, now);
                    break;
                case OfferMade offer:
                    pending.Add((offer.ConversationId, offer.OfferId));
                    break;
                case OfferEnded offer:
                    pending.Remove((offer.ConversationId, offer.OfferId));
                    var waits = offer.Outcome is OfferStates.Rejected or OfferStates.TimedOut && !world.HoursOf(queue).IsOpen(now) && pending.All(each => each.Conversation != offer.ConversationId);
                    if (waits && !notices.Any(notice => notice.Conversation == offer.ConversationId && notice.At >= joined[offer.ConversationId] && notice.At <= now))
                        silent[offer.ConversationId] = now;
                    if (offer.Outcome == OfferStates.Accepted)
                        joined.Remove(offer.ConversationId);
                    break;
                case ConversationWithdrawn left:
                    joined.Remove(left.ConversationId);
                    silent.Remove(left.ConversationId);
                    break;
                case ConversationPassedOn passed:
                    joined.Remove(passed.ConversationId);
                    silent.Remove(passed.ConversationId);
                    break;
            }
        }
    }

    private static void WhoeverWaitsIsTold(ChaosWorld world, string queue, List<Notice> notices)
    {
        var (hours, now) = (world.HoursOf(queue), world.Host.Now);
        if (hours.Between(now - Slack, now) > TimeSpan.Zero || world.View<QueueView>(Grain.Queue(queue), new GetQueue()) is not { Paused: null } line)
            return;
        if (line.Head.FirstOrDefault(waiting => waiting.Pending.IsEmpty && !notices.Any(notice => notice.Conversation == waiting.ConversationId && notice.Note.Hop == waiting.Hop)) is { } untold)
            throw new InvariantViolationException("who waits in a closed queue is told", $"{untold.ConversationId} waits in {queue}, and was not told that it is closed.");
    }

    private readonly record struct Notice(DateTimeOffset At, string Conversation, NoteClosed Note);
}
