using System.Collections.Immutable;
using CustomerService.AgentConsole.Floor;
using CustomerService.Grains.Agents;
using CustomerService.Simulation.Centre;
using CustomerService.Simulation.Traffic;

namespace CustomerService.AgentConsole.WhatIf;

/// <summary>Agents who serve the same queues with the same skills and capacity, and how many of them are at work in each hour.</summary>
/// <param name="Counts">By hour of the day, 24 of them.</param>
public sealed record TeamHours(string Name, ImmutableArray<string> Queues, ImmutableDictionary<string, int> Skills, int Capacity, DeskPolicy Desk, int Members, ImmutableArray<int> Counts)
{
    public const int Hours = 24;
    public const int Most = 999;

    private const int FullLevel = 5;

    /// <summary>Teams of these agents, the largest first.</summary>
    /// <param name="known">The queues that the rules name; others can't be played.</param>
    /// <param name="presence">By agent and hour, the part of the hour in which they were at work, 0…1.</param>
    internal static ImmutableArray<TeamHours> Of(IEnumerable<AgentOnFloor> agents, IReadOnlySet<string> known, Func<string, IReadOnlyList<double>> presence) =>
    [
        .. agents.Select(agent => agent with { Queues = [.. agent.Queues.Where(known.Contains)] })
            .Where(agent => !agent.Queues.IsEmpty && agent.Capacity > 0)
            .GroupBy(agent => $"{string.Join(',', agent.Queues)}|{agent.Capacity}|{string.Join(',', agent.Skills.Order(StringComparer.Ordinal).Select(skill => $"{skill}:{LevelOf(agent, skill)}"))}")
            .OrderByDescending(team => team.Count()).ThenBy(team => team.Key, StringComparer.Ordinal)
            .Select((team, number) => Of(number, [.. team], presence)),
    ];

    /// <summary>With another count in one hour.</summary>
    public TeamHours With(int hour, int count) => this with { Counts = Counts.SetItem(hour, Math.Clamp(count, 0, Most)) };

    /// <summary>With so many more, or fewer, wherever anybody is at work.</summary>
    public TeamHours Grown(int by) => this with { Counts = [.. Counts.Select(count => count > 0 ? Math.Clamp(count + by, 0, Most) : 0)] };

    /// <summary>The whole day so many hours later; what leaves the day is lost.</summary>
    public TeamHours Moved(int hours) => this with { Counts = [.. Enumerable.Range(0, Hours).Select(hour => hour - hours is >= 0 and < Hours and var from ? Counts[from] : 0)] };

    /// <summary>People on a roster who together make these counts: one for each unbroken stretch.</summary>
    public IEnumerable<RosterAgent> ToRoster()
    {
        for (var place = 1; place <= Counts.Max(); place++)
        {
            for (var from = 0; from < Hours; from++)
            {
                if (Counts[from] < place)
                    continue;
                var until = from;
                while (until < Hours && Counts[until] >= place)
                    until++;
                yield return new RosterAgent
                {
                    Id = FormattableString.Invariant($"{Name}-{place}-{from:00}"),
                    Queues = Queues,
                    Skills = Skills,
                    Capacity = Capacity,
                    Desk = Desk,
                    Shift = new DaySpan(from * 60, until * 60),
                };
                from = until;
            }
        }
    }

    private static TeamHours Of(int number, ImmutableArray<AgentOnFloor> members, Func<string, IReadOnlyList<double>> presence)
    {
        var first = members[0];
        var hours = members.Select(member => presence(member.Id)).ToList();
        return new TeamHours(
            FormattableString.Invariant($"team-{number + 1}"), first.Queues, first.Skills.ToImmutableDictionary(skill => skill, skill => LevelOf(first, skill)), first.Capacity, first.Desk,
            members.Length, [.. Enumerable.Range(0, Hours).Select(hour => (int)Math.Round(hours.Sum(each => each[hour]), MidpointRounding.AwayFromZero))]);
    }

    private static int LevelOf(AgentOnFloor agent, string skill) => agent.Levels.GetValueOrDefault(skill, FullLevel);
}
