using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;
using CustomerService.Simulation.Chaos.Actors;

namespace CustomerService.Simulation.Chaos;

/// <summary>What was seen of business hours, routes and tiers.</summary>
internal static class SightingsOfHours
{
    public const string Joined = "joined while closed", Closed = "closed while somebody waited", Opened = "offered at an opening",
        Across = "promise across a closing", ClocksChanged = "promise in a night when clocks change", ExceptionDay = "joined on an exception day",
        Skipped = "route skipped a closed queue", TimedOut = "route timed out", Escalated = "breach escalated", Tier = "promise of a tier";

    public static IReadOnlyList<string> All { get; } = [Joined, Closed, Opened, Across, ClocksChanged, ExceptionDay, Skipped, TimedOut, Escalated, Tier];

    private static readonly TimeSpan Opening = TimeSpan.FromSeconds(2);

    public static IEnumerable<string> In(ChaosWorld world) =>
        [.. Cast.Queues.SelectMany(queue => OfQueue(world, queue)), .. Cast.Conversations.SelectMany(id => OfConversation(world, id))];

    private static IEnumerable<string> OfQueue(ChaosWorld world, string queue)
    {
        var hours = world.HoursOf(queue);
        var calendar = world.Calendars.ByQueue.GetValueOrDefault(queue);
        foreach (var (_, now, id, tell) in world.History.Tells)
        {
            if (id.Source == Grain.Queue(queue) && tell.Command is NoteClosed && hours.IsOpen(now - Opening))
                yield return Closed;
        }

        foreach (var (_, now, _, happened) in world.History.Of(Grain.Queue(queue)))
        {
            if (happened is ConversationEnqueued && calendar is not null && IsException(calendar, now))
                yield return ExceptionDay;
            switch (happened)
            {
                case ConversationEnqueued when !hours.IsOpen(now):
                    yield return Joined;
                    break;
                case OfferMade when !hours.IsOpen(now - Opening):
                    yield return Opened;
                    break;
                case ConversationPassedOn { Reason: "the queue is closed" }:
                    yield return Skipped;
                    break;
            }
        }
    }

    private static bool IsException(BusinessCalendar calendar, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(now, calendar.TimeZone);
        return calendar.Exceptions.Any(exception => exception.Date == DateOnly.FromDateTime(local.DateTime));
    }

    private static IEnumerable<string> OfConversation(ChaosWorld world, string conversation)
    {
        foreach (var (_, now, _, happened) in world.History.Of(Grain.Conversation(conversation)))
        {
            switch (happened)
            {
                case ServiceClockStarted started:
                    if ((started.DueAt - now).TotalSeconds > started.TargetSeconds + 1)
                        yield return Across;
                    if (Cast.Queues.Any(queue => world.HoursOf(queue).ClocksChange(now, started.DueAt)))
                        yield return ClocksChanged;
                    break;
                case HandedOff { Package.Tier: not null }:
                    yield return Tier;
                    break;
                case QueueEntered entered when entered.Why.Contains("nobody took it within", StringComparison.Ordinal):
                    yield return TimedOut;
                    break;
                case Escalated { By: "service level" }:
                    yield return Escalated;
                    break;
            }
        }
    }
}
