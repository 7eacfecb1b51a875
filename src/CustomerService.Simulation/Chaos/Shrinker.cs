using System.Collections.Immutable;
using CustomerService.Simulation.Chaos.KnownBugs;

namespace CustomerService.Simulation.Chaos;

/// <summary>Finds a shorter schedule that fails in the same way: without parts of its steps, large parts first, without kinds of faults, and with fewer processes.</summary>
internal static class Shrinker
{
    private const int MaxPlays = 400;

    public static Schedule Shrink(Schedule schedule, string invariant, KnownBug? bug)
    {
        var plays = 0;
        bool Fails(Schedule shorter) => plays++ < MaxPlays && Play.Of(shorter, bug).Violation?.Invariant == invariant;

        for (var length = -1; length != schedule.Steps.Length && plays < MaxPlays;)
        {
            length = schedule.Steps.Length;
            schedule = WithFewerSteps(schedule, Fails);
            schedule = WithFewerProcesses(schedule, Fails);
            schedule = WithFewerFaults(schedule, Fails);
        }

        return schedule;
    }

    private static Schedule WithFewerSteps(Schedule schedule, Func<Schedule, bool> fails)
    {
        for (var part = Math.Max(1, schedule.Steps.Length / 2); part > 0; part /= 2)
        {
            // From the end: what happens late depends on what happened before, and not the other way round.
            for (var start = Math.Max(0, schedule.Steps.Length - part); ; start = Math.Max(0, start - part))
            {
                var shorter = schedule with { Steps = schedule.Steps.RemoveRange(start, Math.Min(part, schedule.Steps.Length - start)) };
                if (shorter.Steps.Length < schedule.Steps.Length && fails(shorter))
                    schedule = shorter;
                if (start == 0)
                    break;
            }
        }

        return schedule;
    }

    private static Schedule WithFewerProcesses(Schedule schedule, Func<Schedule, bool> fails)
    {
        for (var processes = 1; processes < schedule.Processes; processes++)
        {
            if (fails(schedule with { Processes = processes }))
                return schedule with { Processes = processes };
        }

        return schedule;
    }

    private static Schedule WithFewerFaults(Schedule schedule, Func<Schedule, bool> fails)
    {
        foreach (var (fault, _) in schedule.Rates.Where(rate => rate.Value > 0).ToImmutableArray())
        {
            var calmer = schedule with { Rates = schedule.Rates.SetItem(fault, 0) };
            if (fails(calmer))
                schedule = calmer;
        }

        return schedule;
    }
}
