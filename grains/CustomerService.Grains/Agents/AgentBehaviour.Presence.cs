using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Agents;

// Whether the agent is there: what they chose, their connections, and signs of life.
public sealed partial class AgentBehaviour
{
    private const string PresenceAlarm = "presence";
    private const int MaxConnections = 20;

    /// <summary>An alarm that rings later than this was kept from ringing: the system was down, or stood still.</summary>
    private static readonly TimeSpan Punctual = TimeSpan.FromSeconds(10);

    private static Turn<AgentState> SetPresence(AgentState state, SetPresence choice, DateTimeOffset now)
    {
        if (!(Presences.All.Contains(choice.Presence) || (string.IsNullOrEmpty(choice.Presence) && choice.Activity is not null)))
            return Turn.Unchanged(state, Reply.Refuse("unknown_presence", $"An agent is one of: {string.Join(", ", Presences.All)}."));
        if (!state.Configured)
            return Turn.Unchanged(state, NoSuchAgent(state));
        if (choice is { Presence: Presences.Offline, Activity: not null })
            return Turn.Unchanged(state, Reply.Refuse("activity_while_offline", "Who is offline does nothing here: leave out the activity, or be away."));

        var activity = state.Desk.Activities.FirstOrDefault(each => each.Name == choice.Activity) ?? (choice.Setting?.Name == choice.Activity ? choice.Setting : null);
        if (choice.Activity is not null && activity is null)
            return Turn.Unchanged(state, Reply.Refuse("unknown_activity", UnknownActivity(state, choice.Activity)));

        // The owner decided whether an activity takes work, so the agent's word on it does not count.
        var presence = activity is null ? choice.Presence : activity.Available ? Presences.Available : Presences.Away;
        var next = choice.WhenFree && state.IsBusy && (presence, choice.Activity) != (state.Presence, state.Activity)
            ? state with { Next = new PlannedPresence(presence, choice.Activity, choice.By) { Reason = choice.Reason } }
            : Chosen(state, presence, choice.Activity, byAgent: choice.By is null, now) with { PresenceBy = ByOther(choice.By, choice.Reason) };
        var cause = next.Next is null ? choice.By ?? Causes.Agent : Causes.WhenFree;
        return next == state ? Turn.Unchanged(state, Reply.Done) : Settled(state, next, cause, now);
    }

    private static Turn<AgentState> Open(AgentState state, ConnectionOpened opened, DateTimeOffset now)
    {
        if (!state.Configured)
            return Turn.Unchanged(state, NoSuchAgent(state));

        var connection = new OpenConnection(opened.ConnectionId, opened.LeaseSeconds > 0 ? now.AddSeconds(opened.LeaseSeconds) : null);
        var others = state.Connections.RemoveAll(known => known.Id == connection.Id);
        var next = Back(state) with
        {
            Connections = state.Connections.Contains(connection) ? state.Connections : [.. others.TakeLast(MaxConnections - 1), connection],
        };
        return next == state ? Turn.Unchanged(state, Reply.Done) : Settled(state, next, Causes.Connection, now);
    }

    private static Turn<AgentState> Lose(AgentState state, string connectionId, DateTimeOffset now)
    {
        var next = WithoutConnections(state, connection => connection.Id == connectionId, now);
        return next == state ? Turn.Unchanged(state, Reply.Done) : Settled(state, next, Causes.Connection, now);
    }

    private static Turn<AgentState> Live(AgentState state, DateTimeOffset now)
    {
        if (!state.Configured)
            return Turn.Unchanged(state, NoSuchAgent(state));
        var next = Alive(state, now);
        return next == state ? Turn.Unchanged(state, Reply.Done) : Settled(state, next, Causes.Agent, now);
    }

    /// <summary>Notices what only time brings: lost connections that stay lost, idleness, stranded work.</summary>
    private static Turn<AgentState> Review(AgentState state, DateTimeOffset now)
    {
        var effects = ImmutableArray.CreateBuilder<Effect>();
        var cause = Causes.Connection;
        var next = WithoutConnections(Forgiven(state, now), connection => connection.Until <= now, now);
        if (Readiness.GoneAt(next) <= now)
            next = next with { Gone = true };
        if (Readiness.IdleAt(next) <= now)
        {
            cause = next.Gone == state.Gone ? Causes.Idle : cause;
            next = next with { Idle = true };
        }

        if (Readiness.StrandedAt(next) <= now)
            next = Stranded(next, now, effects);

        // The alarm may ring twice, and rings early where what it was set for has moved.
        var reviewed = Settled(state, next with { ReviewAt = state.ReviewAt > now ? state.ReviewAt : null }, cause, now, [.. effects]);
        return reviewed.State == state && reviewed.Effects.IsEmpty ? Turn.Unchanged(state, Reply.Done) : reviewed;
    }

    /// <summary>While the system was down nobody could come back to it, so that all waiting for them begins anew.</summary>
    private static AgentState Forgiven(AgentState state, DateTimeOffset now) => now - state.ReviewAt > Punctual
        ? state with { GoneSince = state.GoneSince is null ? null : now, LastSign = now }
        : state;

    /// <summary>The agent has been gone for too long: what they hold goes back with its place kept, and their wrap-ups end.</summary>
    private static AgentState Stranded(AgentState state, DateTimeOffset now, ImmutableArray<Effect>.Builder effects)
    {
        foreach (var held in state.Conversations)
        {
            if (held.WrappingSince is not null)
            {
                effects.Add(new CancelWake(AlarmOf(held)));
                state = WithoutWrapUp(state, held, now, effects);
                continue;
            }

            effects.Add(new Tell(Grain.Conversation(held.ConversationId), new ReturnToQueue(state.Id, held.OfferId, "the agent is gone")));
            state = Without(state, held, Returned, code: null, now, effects);
        }

        return state;
    }

    /// <summary>The agent as they, or a supervisor, chose. A supervisor can't vouch for it that they are there.</summary>
    private static AgentState Chosen(AgentState state, string presence, string? activity, bool byAgent, DateTimeOffset now)
    {
        var changes = (presence, activity) != (state.Presence, state.Activity);
        var next = state with { Next = null };
        if (presence == Presences.Available)
            next = Alive(next, now) with { IdleSince = state.Presence == Presences.Available ? state.IdleSince : now };
        if (presence == Presences.Offline)
            next = next with { Gone = false, GoneSince = state.Presence == Presences.Offline ? state.GoneSince : now };
        else if (byAgent || state.Presence == Presences.Offline)
            next = next with { Gone = false, GoneSince = null };
        return next with { Presence = presence, Activity = activity, PresenceSince = changes ? now : state.PresenceSince };
    }

    private static ChosenByOther? ByOther(string? by, string? reason) => by is null ? null : new ChosenByOther(by, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());

    /// <summary>The agent did something.</summary>
    private static AgentState Alive(AgentState state, DateTimeOffset now) =>
        state with { LastSign = state.Desk.IdleSeconds > 0 ? now : state.LastSign, Idle = false, MissedOffers = 0 };

    /// <summary>The agent, if signed in, is not lost any more.</summary>
    private static AgentState Back(AgentState state) =>
        state with { Gone = false, GoneSince = state.Presence == Presences.Offline ? state.GoneSince : null };

    private static AgentState WithoutConnections(AgentState state, Predicate<OpenConnection> lost, DateTimeOffset now)
    {
        var left = state.Connections.RemoveAll(lost);
        if (left.Length == state.Connections.Length)
            return state;
        return state with
        {
            Connections = left,
            GoneSince = left.IsEmpty && state.Presence != Presences.Offline ? now : state.GoneSince,
        };
    }

    private static string UnknownActivity(AgentState state, string activity) => state.Desk.Activities.IsEmpty
        ? "This agent has no activities; name them in the agent's desk settings."
        : $"There is no activity '{activity}'; there are: {string.Join(", ", state.Desk.Activities.Select(each => each.Name))}.";
}
