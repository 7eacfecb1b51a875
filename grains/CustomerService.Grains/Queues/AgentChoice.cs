using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues;

/// <summary>Which ready agent a waiting conversation is offered to, and why, in words.</summary>
internal readonly record struct AgentChoice(string AgentId, string Why)
{
    /// <summary>
    /// The best of those with free units: one who did not just let it go, who has all the skills, with the most free units, idle
    /// the longest. Null when nobody has a free unit.
    /// </summary>
    public static AgentChoice? For(WaitingConversation waiting, ImmutableDictionary<string, ReadyAgent> agents, IReadOnlyDictionary<string, int> freeUnits)
    {
        Candidate? best = null;
        foreach (var (id, agent) in agents)
        {
            if (freeUnits.GetValueOrDefault(id) is not (> 0 and var free))
                continue;
            var candidate = new Candidate(id, id != waiting.LetGoBy, HasSkills(agent, waiting), free, agent.IdleSince);
            if (best is not { } leader || candidate.ComesBefore(leader))
                best = candidate;
        }

        return best is { } chosen ? new AgentChoice(chosen.Id, chosen.Why(waiting)) : null;
    }

    private static bool HasSkills(ReadyAgent agent, WaitingConversation waiting)
    {
        foreach (var skill in waiting.Skills.OrEmpty())
        {
            if (!agent.Skills.OrEmpty().Contains(skill))
                return false;
        }

        return true;
    }

    private readonly record struct Candidate(string Id, bool Fresh, bool Skilled, int Free, DateTimeOffset IdleSince)
    {
        public bool ComesBefore(Candidate other) =>
            Fresh != other.Fresh ? Fresh
            : Skilled != other.Skilled ? Skilled
            : Free != other.Free ? Free > other.Free
            : IdleSince != other.IdleSince ? IdleSince < other.IdleSince
            : string.CompareOrdinal(Id, other.Id) < 0;

        public string Why(WaitingConversation waiting)
        {
            var wanted = string.Join(", ", waiting.Skills.OrEmpty());
            var skills = wanted.Length == 0 ? "no skill needed"
                : Skilled ? $"has the skills: {wanted}"
                : $"no other ready agent has the skills: {wanted}";
            var again = Fresh ? "" : "; let it go before, but nobody else is ready";
            return string.Create(CultureInfo.InvariantCulture, $"{skills}; free units: {Free}; idle since {IdleSince:u}{again}");
        }
    }
}
