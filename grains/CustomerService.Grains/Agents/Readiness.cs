namespace CustomerService.Grains.Agents;

/// <summary>Whether work may come to an agent, and when that may change by itself.</summary>
internal static class Readiness
{
    /// <summary>Why no work comes, in words; null: it does, if it fits.</summary>
    public static string? WhyNot(AgentState state) =>
        state.Presence != Presences.Available ? $"the agent is {Named(state.Presence, state.Activity)}"
        : state.Next is { } next ? $"the agent will be {Named(next.Presence, next.Activity)} when the desk is empty"
        : state.Gone ? "the agent's connection is lost"
        : state.Idle ? "the agent showed no sign of life for too long"
        : state.Desk.MaxMissedOffers > 0 && state.MissedOffers >= state.Desk.MaxMissedOffers ? $"the agent left {state.MissedOffers} offers in a row unanswered"
        : null;

    /// <summary>When a review of the agent's presence can find something, if nothing else happens; null: never.</summary>
    public static DateTimeOffset? NextReview(AgentState state)
    {
        DateTimeOffset? earliest = null;
        foreach (var at in (ReadOnlySpan<DateTimeOffset?>)[state.Connections.Min(connection => connection.Until), GoneAt(state), StrandedAt(state), IdleAt(state)])
            earliest = at < earliest || earliest is null ? at : earliest;
        return earliest;
    }

    /// <summary>When a lost connection has been lost for too long; null: there is none, or it has been noticed.</summary>
    public static DateTimeOffset? GoneAt(AgentState state) =>
        state.Presence == Presences.Offline || state.Gone ? null : state.GoneSince + Seconds(state.Desk.GraceSeconds);

    /// <summary>When what an absent agent holds leaves the desk.</summary>
    public static DateTimeOffset? StrandedAt(AgentState state)
    {
        if (state.Conversations.IsEmpty || state.Desk.StrandedSeconds <= 0)
            return null;
        var grace = state.Presence == Presences.Offline ? 0 : state.Desk.GraceSeconds;
        return state.GoneSince + Seconds(Math.Max(grace, state.Desk.StrandedSeconds));
    }

    /// <summary>When an agent counts as idle. What leaves the desk is a sign of life too, and who is on the telephone types nothing.</summary>
    public static DateTimeOffset? IdleAt(AgentState state) =>
        state.Desk.IdleSeconds <= 0 || state.Idle || state.Presence != Presences.Available || HoldsExclusive(state) ? null
        : (state.LastSign > state.IdleSince ? state.LastSign : state.IdleSince) + Seconds(state.Desk.IdleSeconds);

    private static bool HoldsExclusive(AgentState state) => state.Conversations.Any(held =>
        held is { WrappingSince: null, Channel: { } channel } && state.Desk.Channels.GetValueOrDefault(channel) is { Exclusive: true });

    private static string Named(string presence, string? activity) => activity is null ? presence : $"{presence} ({activity})";

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
