using System.Collections.Immutable;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;

namespace CustomerService.Grains.Agents;

/// <summary>
/// Makes a timeline of an agent's events, given in order from the first on: what came before the period decides how it begins.
/// Its memory does not grow with the journal.
/// </summary>
public sealed class AgentTimelineReader(string agentId, DateTimeOffset from, DateTimeOffset until)
{
    private readonly ImmutableArray<AgentInterval>.Builder intervals = ImmutableArray.CreateBuilder<AgentInterval>();
    private readonly Dictionary<string, Held> desk = [];
    private readonly SortedDictionary<string, int> ended = [];
    private AgentInterval current = new(from, from, Presences.Offline, Activity: null, Ready: false, Cause: null, Units: 0, Conversations: 0, WrappingUp: 0);
    private double handled;
    private int offers;
    private int missed;

    /// <summary>The timeline of events that are all at hand.</summary>
    public static AgentTimeline Read(string agentId, DateTimeOffset from, DateTimeOffset until, IEnumerable<JournalEntry> entries)
    {
        var reader = new AgentTimelineReader(agentId, from, until);
        foreach (var entry in entries)
            reader.Add(entry);
        return reader.Finish();
    }

    /// <summary>Reads the next event. False: it is past the period, and so are all that follow.</summary>
    public bool Add(JournalEntry entry)
    {
        if (entry.At >= until)
            return false;

        switch (entry.Event)
        {
            case PresenceChanged changed:
                Begin(entry.At, current with { Presence = changed.Presence, Activity = changed.Activity, Ready = changed.Presence == Presences.Available, Cause = changed.Cause });
                break;
            case ReadinessChanged changed:
                Begin(entry.At, current with { Ready = changed.Ready, Cause = changed.Cause });
                break;
            case WorkStarted started:
                desk[started.OfferId] = new Held(desk.GetValueOrDefault(started.OfferId)?.Since ?? entry.At, started.Units, Wrapping: false);
                Begin(entry.At, current);
                break;
            case WrapUpStarted wrapping when desk.TryGetValue(wrapping.OfferId, out var held):
                desk[wrapping.OfferId] = held with { Wrapping = true };
                Begin(entry.At, current);
                break;
            case WorkEnded over:
                End(over, entry.At);
                Begin(entry.At, current);
                break;
            case OfferReceived when entry.At >= from:
                offers++;
                break;
            case OfferLeft { Outcome: OfferStates.TimedOut } when entry.At >= from:
                missed++;
                break;
        }

        return true;
    }

    public AgentTimeline Finish()
    {
        Begin(until, current);
        var busy = Sum(each => each.Conversations > 0);
        var available = Sum(each => each.Ready || each.Conversations > 0);
        var count = ended.Values.Sum();
        return new AgentTimeline(agentId, from, until, intervals.ToImmutable(), new AgentTotals(
            intervals.GroupBy(each => each.Activity ?? each.Presence).ToImmutableSortedDictionary(state => state.Key, state => Rounded(state.Sum(each => each.Seconds))),
            available,
            busy,
            Sum(each => each.Conversations > 0 && each.WrappingUp == each.Conversations),
            Sum(each => each.Presence == Presences.Available && !each.Ready),
            Rounded(intervals.Sum(each => each.Units * each.Seconds)),
            available > 0 ? busy / available : null,
            ended.ToImmutableSortedDictionary(),
            count > 0 ? Rounded(handled / count) : null,
            offers,
            missed));
    }

    private void End(WorkEnded over, DateTimeOffset at)
    {
        var known = desk.Remove(over.OfferId, out var held);
        if (!known || at < from)
            return;
        ended[over.Outcome] = ended.GetValueOrDefault(over.Outcome) + 1;
        handled += (at - held!.Since).TotalSeconds;
    }

    /// <summary>From here on it is another way; what was, is an interval, unless it took no time.</summary>
    private void Begin(DateTimeOffset at, AgentInterval next)
    {
        var start = at < from ? from : at;
        var units = desk.Values.Sum(held => held.Units);
        next = next with { From = start, Until = start, Units = units, Conversations = desk.Count, WrappingUp = desk.Values.Count(held => held.Wrapping) };
        if (next == current with { From = start, Until = start } && start < until)
            return;
        if (start > current.From)
            intervals.Add(current with { Until = start });
        current = next;
    }

    private double Sum(Predicate<AgentInterval> which) => Rounded(intervals.Where(each => which(each)).Sum(each => each.Seconds));

    /// <summary>To the millisecond: what is finer is the noise of adding.</summary>
    private static double Rounded(double seconds) => Math.Round(seconds, 3);

    private sealed record Held(DateTimeOffset Since, int Units, bool Wrapping);
}
