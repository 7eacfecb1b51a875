using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

// Clocks and alarms follow from what the record says: after each turn they are brought in line with it, here and nowhere else.
public sealed partial class ConversationBehaviour
{
    /// <summary>Who acts when an alarm does. No person has this name.</summary>
    private const string ByAlarm = "the alarm";

    private const string RouteAlarm = "route";
    private const string SnoozeAlarm = "snooze";
    private const string CloseAlarm = "close";
    private const string ServiceAlarm = "service";

    private static string? AlarmOf(Command command) => command switch
    {
        NextTarget => RouteAlarm,
        Unsnooze { By: ByAlarm } => SnoozeAlarm,
        Close { By: ByAlarm } => CloseAlarm,
        ReviewClocks => ServiceAlarm,
        _ => null,
    };

    private static Turn<ConversationState> Timed(ConversationState before, Turn<ConversationState> turn, Command command, DateTimeOffset now)
    {
        var then = new Consequences(now);
        var after = Clocked(before, turn.State, then);
        SetAlarms(before, after, AlarmOf(command), then);
        return turn with { State = after, Effects = [.. turn.Effects, .. then.Drain()] };
    }

    /// <param name="fired">The alarm that woke it, which is gone with that; it is set again if it came too early, as when the time was put back.</param>
    private static void SetAlarms(ConversationState before, ConversationState after, string? fired, Consequences then)
    {
        Set(RouteAlarm, (RouteDueAt(before), before.Hop), (RouteDueAt(after), after.Hop), new NextTarget(after.Hop));
        Set(SnoozeAlarm, (before.SnoozedUntil, 0), (after.SnoozedUntil, 0), new Unsnooze(ByAlarm));
        Set(CloseAlarm, (CloseDueAt(before), 0), (CloseDueAt(after), 0), new Close(ByAlarm));
        Set(ServiceAlarm, (ServiceDueAt(before), 0), (ServiceDueAt(after), 0), new ReviewClocks());

        void Set(string alarm, (DateTimeOffset? At, long Hop) was, (DateTimeOffset? At, long Hop) due, Command command)
        {
            var isSet = was.At is not null && fired != alarm;
            if (due.At is { } at && !(isSet && was == due))
                then.Add(new Wake(alarm, at, command));
            else if (due.At is null && isSet)
                then.Add(new CancelWake(alarm));
        }
    }
}
