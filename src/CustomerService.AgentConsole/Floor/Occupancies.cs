using CustomerService.Grains.Agents;

namespace CustomerService.AgentConsole.Floor;

/// <summary>How busy agents were: of the time in which work could come or was there, the part in which it was there.</summary>
internal static class Occupancies
{
    /// <summary>0…1; null: no work could come in that hour, and none was there.</summary>
    public static double? OfLastHour(AgentTimeline? timeline)
    {
        if (timeline is null)
            return null;
        var from = timeline.Until - TimeSpan.FromHours(1);
        var (busy, available) = (0.0, 0.0);
        foreach (var interval in timeline.Intervals.Where(interval => interval.Until > from))
        {
            var seconds = (interval.Until - (interval.From > from ? interval.From : from)).TotalSeconds;
            busy += interval.Conversations > 0 ? seconds : 0;
            available += interval.Conversations > 0 || interval.Ready ? seconds : 0;
        }

        return available > 0 ? busy / available : null;
    }
}
