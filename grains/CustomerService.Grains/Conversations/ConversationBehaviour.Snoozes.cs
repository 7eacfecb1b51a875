using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// Put away until a time, or until the customer writes.
public sealed partial class ConversationBehaviour
{
    /// <summary>How long one who comes back waits for the agent who had it, if there, where the queue's terms say nothing.</summary>
    private const double SameAgentSeconds = 60;

    private static readonly TimeSpan LongestSnooze = TimeSpan.FromDays(366);

    private static Turn<ConversationState> Snooze(ConversationState state, Snooze snooze, Consequences then)
    {
        if (NotWithPeople(state) is { } refusal)
            return refusal;
        if (snooze.Until <= then.Now)
            return Refuse(state, "snooze_in_the_past", "A conversation is put away until a time to come: give a later one.");
        if (snooze.Until - then.Now > LongestSnooze)
            return Refuse(state, "snooze_too_long", $"A conversation is put away for {LongestSnooze.TotalDays:0} days at most; give an earlier time.");
        if (state.SnoozedUntil == snooze.Until)
            return Done(state);

        var why = $"put away by {snooze.By} until {snooze.Until.UtcDateTime:yyyy-MM-dd HH:mm}Z: {snooze.Reason}";
        if (state.Status == ConversationStatus.Snoozed)
            then.Record(new StatusChanged(ConversationStatus.Snoozed, ConversationStatus.Snoozed, why)); // till another time
        state = LetGo(state, why, then) with { AgentId = null, OfferId = null, SnoozedUntil = snooze.Until };
        return then.Turn(Moved(state, ConversationStatus.Snoozed, why, then));
    }

    private static Turn<ConversationState> Unsnooze(ConversationState state, Unsnooze wake, Consequences then)
    {
        var byAlarm = wake.By == ByAlarm;
        if (state.Status != ConversationStatus.Snoozed)
            return byAlarm ? Done(state) : Refuse(state, "not_snoozed", "The conversation is not put away, so there is nothing to bring back.");
        if (byAlarm && state.SnoozedUntil > then.Now)
            return Done(state);

        return then.Turn(Awake(state, byAlarm ? "its time has come" : $"brought back by {wake.By}", then));
    }

    /// <summary>
    /// Back to the same agent if there, else to whoever fits. It waits from now on: while it was put away nobody was waiting, and an old place
    /// would take it past those who were, and past every target of its route.
    /// </summary>
    private static ConversationState Awake(ConversationState state, string why, Consequences then) => Join(
        state with { WaitingSince = then.Now, SnoozedUntil = null },
        new QueueStay { Queue = state.Queue ?? QueueNames.General, Priority = state.Handoff?.Priority ?? 0 }.Preferring(
            state.LastAgentId, LastAgentSeconds(state), then),
        why, then);

    private static double LastAgentSeconds(ConversationState state) => state.Terms is { LastAgentSeconds: > 0 and var seconds } ? seconds : SameAgentSeconds;
}
