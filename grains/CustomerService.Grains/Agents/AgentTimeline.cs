using System.Collections.Immutable;

namespace CustomerService.Grains.Agents;

/// <summary>What an agent did in a period, read from their journal.</summary>
/// <param name="Intervals">In order, without gaps, from <paramref name="From"/> to <paramref name="Until"/>.</param>
public sealed record AgentTimeline(
    string AgentId, DateTimeOffset From, DateTimeOffset Until, ImmutableArray<AgentInterval> Intervals, AgentTotals Totals);

/// <summary>A time in which nothing changed.</summary>
/// <param name="Presence">One of <see cref="Presences"/>.</param>
/// <param name="Ready">Whether work could come, if it fitted.</param>
/// <param name="Cause">Who or what made it so; see <see cref="PresenceChanged"/> and <see cref="ReadinessChanged"/>.</param>
/// <param name="Units">How many units of work were on the desk, wrap-ups included.</param>
/// <param name="Conversations">How many conversations those were.</param>
/// <param name="WrappingUp">How many of them were being wrapped up.</param>
public sealed record AgentInterval(
    DateTimeOffset From, DateTimeOffset Until, string Presence, string? Activity, bool Ready, string? Cause, int Units, int Conversations, int WrappingUp)
{
    public double Seconds => (Until - From).TotalSeconds;
}

/// <summary>The sums of a timeline; times in seconds.</summary>
/// <param name="SecondsByState">By activity, or by presence where there was none.</param>
/// <param name="AvailableSeconds">Work could come, or was on the desk.</param>
/// <param name="BusySeconds">Work was on the desk.</param>
/// <param name="WrapUpSeconds">All of it was being wrapped up.</param>
/// <param name="NotReadySeconds">Chosen available, and yet no work could come: a lost connection, idleness, missed offers, a planned break.</param>
/// <param name="UnitSeconds">Units on the desk times how long: the load itself.</param>
/// <param name="Occupancy">Busy time over available time, 0…1; null when there was none.</param>
/// <param name="Ended">How many conversations left the desk, by outcome.</param>
/// <param name="MeanHandleSeconds">Of those, from the desk on to the end of the wrap-up; null when there were none.</param>
/// <param name="OffersMissed">Offers left unanswered.</param>
public sealed record AgentTotals(
    ImmutableSortedDictionary<string, double> SecondsByState, double AvailableSeconds, double BusySeconds, double WrapUpSeconds, double NotReadySeconds,
    double UnitSeconds, double? Occupancy, ImmutableSortedDictionary<string, int> Ended, double? MeanHandleSeconds, int Offers, int OffersMissed);
