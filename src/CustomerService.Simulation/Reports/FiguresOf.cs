using System.Collections.Immutable;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Simulation.Centre;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Reports;

/// <summary>Counts a log up.</summary>
public static class FiguresOf
{
    public static CentreFigures Log(CentreLog log)
    {
        var step = StepMinutes(log.Until - log.From);
        var local = TimeZoneInfo.ConvertTime(log.From, log.Roster.Zone);
        var first = local.AddTicks(-(local.TimeOfDay.Ticks % TimeSpan.FromMinutes(step).Ticks));
        var steps = (int)Math.Ceiling((log.Until - first).TotalMinutes / step);
        var time = new StaffTime(log, first, TimeSpan.FromMinutes(step), steps);

        var byQueue = log.Contacts.GroupBy(QueueOf).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        var names = log.Contacts.SelectMany(contact => contact.Visits).Select(visit => visit.Queue)
            .Concat(byQueue.Keys.Where(name => name.Length > 0)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var queues = names.Select(name => Queue(log, name, byQueue.GetValueOrDefault(name) ?? [], time, first, step, steps)).ToImmutableArray();
        var figures = new CentreFigures
        {
            Policy = log.Policy.Source,
            Roster = log.Roster.Source,
            From = log.From,
            Until = log.Until,
            AgentsOnRoster = log.Roster.Agents.Length,
            AgentsAtWork = log.AgentTime.Select(span => span.Agent).Distinct().Count(),
            Total = Total(log, time, first, step, steps),
            Queues = queues,
            Tiers = Tiers(log),
            StepMinutes = step,
            FirstStep = first,
            Remarks = [],
        };
        return figures with { Remarks = [.. Reports.Remarks.Of(log, figures)] };
    }

    /// <summary>Where it was answered, or else stood last; empty: it never came to a queue.</summary>
    internal static string QueueOf(ContactOutcome contact) => contact.AnsweredIn ?? contact.Queue ?? "";

    private static QueueFigures Queue(
        CentreLog log, string name, List<ContactOutcome> contacts, StaffTime time, DateTimeOffset first, int step, int steps) =>
        Count(log, name, contacts) with
        {
            MovedOn = log.Contacts.Count(contact => QueueOf(contact) != name && contact.Visits.Exists(visit => visit.Queue == name)),
            WorkHours = log.WorkSeconds.GetValueOrDefault(name) / 3_600,
            Occupancy = time.Occupancy(name),
            Course = Course(log, contacts, time.Course(name), first, step, steps),
        };

    private static QueueFigures Total(CentreLog log, StaffTime time, DateTimeOffset first, int step, int steps) =>
        Count(log, "", log.Contacts) with
        {
            WorkHours = log.WorkSeconds.Values.Sum() / 3_600,
            Occupancy = time.Occupancy(null),
            Course = Course(log, log.Contacts, time.Course(null), first, step, steps),
        };

    private static QueueFigures Count(CentreLog log, string name, IReadOnlyCollection<ContactOutcome> contacts) => new()
    {
        Queue = name,
        Contacts = contacts.Count,
        Answered = contacts.Count(contact => contact.AnsweredAt is not null),
        InTime = contacts.Count(contact => IsInTime(log, contact)),
        GaveUp = contacts.Count(contact => contact.GaveUpAt is not null),
        StillWaiting = contacts.Count(contact => contact is { AnsweredAt: null, GaveUpAt: null }),
        MovedOn = 0,
        Escalations = contacts.Sum(contact => contact.Escalations),
        Returns = contacts.Sum(contact => contact.Returns),
        CallbacksAsked = contacts.Count(contact => contact.CallbackAskedAt is not null),
        Breaches = contacts.Sum(contact => contact.Breaches),
        Wait = WaitFigures.Of(contacts.Select(contact => contact.WaitSeconds).OfType<double>()),
        WorkHours = 0,
        Occupancy = null,
    };

    /// <summary>The conversation's own clock knows the hours of business; where none ran, what any queue promises counts.</summary>
    private static bool IsInTime(CentreLog log, ContactOutcome contact)
    {
        if (contact.WaitSeconds is not { } wait)
            return false;
        if (contact.FirstResponseMet is { } met)
            return met;
        var targets = log.Policy.PolicyOf(QueueOf(contact)).Terms.Targets;
        var promised = targets.GetValueOrDefault(contact.Contact.Tier) ?? targets.GetValueOrDefault("*") ?? ServiceTargets.Default;
        return wait <= promised.FirstResponse;
    }

    private static ImmutableArray<StepFigures> Course(
        CentreLog log, IEnumerable<ContactOutcome> contacts, double?[] occupancy, DateTimeOffset first, int step, int steps)
    {
        var waits = Enumerable.Range(0, steps).Select(_ => new List<double>()).ToArray();
        var (counts, inTime, gaveUp) = (new int[steps], new int[steps], new int[steps]);
        foreach (var contact in contacts)
        {
            var place = (int)((contact.Contact.At - first).TotalMinutes / step);
            counts[place]++;
            inTime[place] += IsInTime(log, contact) ? 1 : 0;
            gaveUp[place] += contact.GaveUpAt is null ? 0 : 1;
            if (contact.WaitSeconds is { } wait)
                waits[place].Add(wait);
        }

        return [.. waits.Select((list, place) =>
        {
            var wait = WaitFigures.Of(list);
            return new StepFigures(counts[place], wait?.Mean, wait?.P90, occupancy[place]) { Answered = list.Count, InTime = inTime[place], GaveUp = gaveUp[place] };
        })];
    }

    private static ImmutableArray<TierFigures> Tiers(CentreLog log)
    {
        var answered = log.Contacts.Where(contact => contact.AnsweredIn is not null)
            .CountBy(contact => TierOf(contact.AnsweredIn!)).ToDictionary(StringComparer.Ordinal);
        var work = log.WorkSeconds.GroupBy(each => TierOf(each.Key)).ToDictionary(group => group.Key, group => group.Sum(each => each.Value), StringComparer.Ordinal);
        var all = work.Values.Sum();
        return
        [
            .. answered.Keys.Union(work.Keys).Order(StringComparer.Ordinal).Select(tier => new TierFigures(
                tier, answered.GetValueOrDefault(tier), work.GetValueOrDefault(tier) / 3_600, all > 0 ? work.GetValueOrDefault(tier) / all : 0)),
        ];

        string TierOf(string queue) => log.Policy.PolicyOf(queue).Tier is { Length: > 0 } tier ? tier : "-";
    }

    /// <summary>A day is shown by quarters of an hour, longer times more coarsely.</summary>
    private static int StepMinutes(TimeSpan length) => length.TotalHours switch
    {
        <= 4 => 5,
        <= 20 => 15,
        <= 72 => 60,
        <= 24 * 21 => 360,
        _ => 1_440,
    };
}
