using System.Globalization;
using CustomerService.Simulation.Centre;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Reports;

/// <summary>What a manager would want pointed out.</summary>
internal static class Remarks
{
    /// <summary>More than this for hours wears people out.</summary>
    private const double TooBusy = 0.9;

    private const double TooQuiet = 0.5;

    /// <summary>An average of fewer says nothing.</summary>
    private const int FewContacts = 3;

    public static IEnumerable<string> Of(CentreLog log, CentreFigures figures) =>
    [
        .. Worst(figures, log.Roster.Zone),
        .. log.Arrivals.Incidents.OrderBy(incident => incident.At).Select(incident => About(incident, log)),
        .. Load(figures),
        .. Leftovers(log, figures),
    ];

    private static IEnumerable<string> Worst(CentreFigures figures, TimeZoneInfo zone)
    {
        var steps = figures.Queues.SelectMany(queue => queue.Course.Select((step, place) => (queue.Queue, Step: step, Place: place)));
        var (queue, step, place) = steps.Where(each => each.Step.Contacts >= FewContacts).OrderByDescending(each => each.Step.MeanWait ?? -1).FirstOrDefault();
        if (step.MeanWait is not { } wait)
            yield break;
        var at = figures.FirstStep.AddMinutes(place * figures.StepMinutes);
        yield return $"The longest waits were in {queue} for those who came from {Clock(at, zone)} to {Clock(at.AddMinutes(figures.StepMinutes), zone)}: {DayText.Short(wait)} on average.";
    }

    private static string About(Incident incident, CentreLog log)
    {
        var begin = $"{Clock(incident.At, log.Roster.Zone)}: {incident.Subject}, for {DayText.Short(incident.Lasts.TotalSeconds)}. ";
        switch (incident)
        {
            case Incident.QueuePaused paused:
                var here = log.Contacts.Where(contact => FiguresOf.QueueOf(contact) == paused.Queue).ToList();
                var during = here.Where(contact => contact.Contact.At >= incident.At && contact.Contact.At < incident.At + incident.Lasts).ToList();
                var before = here.Where(contact => contact.Contact.At < incident.At && contact.Contact.At >= incident.At - TimeSpan.FromHours(1)).ToList();
                var elsewhere = log.Contacts.Count(contact => FiguresOf.QueueOf(contact) != paused.Queue && contact.Visits.Exists(visit => visit.Queue == paused.Queue && visit.From >= incident.At && visit.From < incident.At + incident.Lasts));
                return begin + $"Who came meanwhile waited {Mean(during)} on average, in the hour before {Mean(before)}; {during.Count(contact => contact.GaveUpAt is not null)} of {during.Count} gave up"
                    + (elsewhere > 0 ? $", and {elsewhere} went on to other queues." : ".");
            case Incident.AgentLost lost:
                var returned = log.Contacts.Where(contact => contact.Returns > 0 && contact.AnsweredBy == lost.AgentId).ToList();
                return begin + (returned.Count == 0
                    ? "Nothing had to go back into the line."
                    : $"{returned.Count} of the conversations on the desk went back into the line with their places kept; {returned.Count(contact => contact.ResolvedAt is not null)} were finished by somebody else.");
            default:
                return begin;
        }
    }

    private static IEnumerable<string> Load(CentreFigures figures)
    {
        foreach (var queue in figures.Queues)
        {
            if (queue.Occupancy > TooBusy)
                yield return $"The agents of {queue.Queue} were busy {Percent(queue.Occupancy.Value)} of their time; for hours that is more than people can keep up.";
            if (queue is { Occupancy: < TooQuiet, ServiceLevel: > 0.95 })
                yield return $"The agents of {queue.Queue} were busy {Percent(queue.Occupancy.Value)} of their time with promises kept: some of them could help elsewhere.";
            if (queue.Occupancy is null && queue.Contacts > 0)
                yield return $"Nobody on the roster serves {queue.Queue}, where {queue.Contacts} {(queue.Contacts == 1 ? "contact" : "contacts")} came to wait.";
        }
    }

    private static IEnumerable<string> Leftovers(CentreLog log, CentreFigures figures)
    {
        if (figures.Total.StillWaiting > 0)
            yield return $"{figures.Total.StillWaiting} still waited when the last shift was over.";
        foreach (var (code, count) in log.Refusals)
            yield return $"{count} commands of simulated people were refused ({code}).";
        if (log.Parked > 0)
            yield return $"{log.Parked} commands could not be handled. That is a fault of the program: please report it.";
    }

    private static string Mean(IEnumerable<ContactOutcome> contacts) =>
        WaitFigures.Of(contacts.Select(contact => contact.WaitSeconds).OfType<double>()) is { } wait ? DayText.Short(wait.Mean) : "(nobody)";

    private static string Clock(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");
}
