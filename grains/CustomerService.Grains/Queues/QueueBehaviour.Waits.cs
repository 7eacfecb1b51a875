using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Waiting;

namespace CustomerService.Grains.Queues;

// What is learnt of each wait, and what is said of those to come.
public sealed partial class QueueBehaviour
{
    /// <summary>After a new conversation was offered out: when it has to wait, what is predicted is kept with it, to be compared with what comes.</summary>
    private static void NoteJoined(QueueTurn turn, string conversationId)
    {
        if (turn.Floor.Find(conversationId) is not { } waiting)
            return;

        // Waits that begin where nothing is offered teach nothing.
        var place = turn.Floor.PlaceOf(conversationId);
        turn.Put(waiting with
        {
            JoinedAtPlace = place,
            JoinedAt = turn.CanOffer ? turn.Now : null,
            Predicted = turn.CanOffer && waiting.Pending.IsEmpty ? Predict(turn.State, place - 1, turn.Now) : null,
        });
    }

    private static void NoteTaken(QueueTurn turn, WaitingConversation waiting)
    {
        if (waiting.JoinedAt is not { } joined)
            return;
        var undisturbed = !waiting.ToldClosed && !(turn.State.ResumedAt > joined) && (waiting.Predicted is not null || waiting.Offers == 0);
        var seconds = Math.Max(0, (turn.Now - joined).TotalSeconds);
        turn.State = turn.State with { Waits = turn.State.Waits.Ended(seconds, waiting.Predicted, undisturbed, turn.State.Unoffered) };
    }

    /// <param name="before">How many stand before it in the line. Those on offer among them are as good as gone.</param>
    private static WaitPrediction Predict(QueueState state, int before, DateTimeOffset now)
    {
        var ahead = Math.Max(0, before - state.OnOffer);
        var head = ahead > 0 ? state.Floor.Head(1)[0].JoinedAt : null;
        return state.Waits.Predict(ahead, state.AgentsThere, head is { } since ? Math.Max(0, (now - since).TotalSeconds) : null);
    }

    /// <summary>For one who joins now with nothing special; null: nothing is known.</summary>
    private static WaitBand? WaitOfNext(QueueState state, DateTimeOffset now)
    {
        if (state.Pause is not null)
            return null;
        var band = state.Unoffered == 0 && state.Floor.Agents.Any(agent => agent.DelaySeconds <= 0 && state.Floor.FreeUnitsOf(agent.Id) > 0)
            ? state.Waits.AnnounceAtOnce()
            : Announce(state, state.Floor.Count, now);
        return FromOpening(state, band, now);
    }

    /// <summary>For one who stands in the line at this place.</summary>
    private static WaitBand? WaitOf(QueueState state, int place, WaitingConversation waiting, DateTimeOffset now)
    {
        if (state.Pause is not null)
            return null;
        if (!waiting.Pending.IsEmpty && state.Waits.AnnounceAtOnce() is { } soon)
            return soon;
        return FromOpening(state, Announce(state, place - 1, now), now);
    }

    private static WaitBand? Announce(QueueState state, int before, DateTimeOffset now) =>
        state.Waits.Announce(Predict(state, state.Floor.Count, now), Math.Max(0, before - state.OnOffer));

    /// <summary>Nobody is served before the opening.</summary>
    private static WaitBand? FromOpening(QueueState state, WaitBand? band, DateTimeOffset now) =>
        band is null || OpensAt(state, now) is not { } opening
            ? band
            : band with { P50 = band.P50 + (opening - now).TotalSeconds, P90 = band.P90 + (opening - now).TotalSeconds };

    /// <summary>When a closed queue opens; null: it is open, or never opens.</summary>
    private static DateTimeOffset? OpensAt(QueueState state, DateTimeOffset now)
    {
        var calendar = state.Policy.Terms.Calendar;
        return BusinessTime.IsOpen(calendar, now) ? null : BusinessTime.NextOpening(calendar, now);
    }
}
