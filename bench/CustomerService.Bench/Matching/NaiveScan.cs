using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Queues.Matching;

namespace CustomerService.Bench.Matching;

/// <summary>
/// What stands beside the floor: a plain list of the line and one of the agents, looked through from end to end for each match. It is given
/// what it would have to compute: whether each set of skills fits each set of needs is in a table, and keys are numbers.
/// </summary>
internal sealed class NaiveScan
{
    private readonly List<Waiting> _line;
    private readonly Agent[] _agents;
    private readonly Dictionary<string, int> _agentNumbers = [];
    private readonly Dictionary<ImmutableArray<SkillNeed>, int> _needNumbers;
    private readonly QueuePolicy _policy;
    private readonly bool[,] _fits;

    public NaiveScan(IReadOnlyList<WaitingConversation> line, IReadOnlyList<FloorAgent> agents, QueuePolicy policy)
    {
        var needs = line.Select(waiting => waiting.Needs).Distinct().ToList();
        var skills = agents.Select(agent => agent.Levels!).Distinct().ToList();
        _fits = new bool[skills.Count, needs.Count];
        for (var group = 0; group < skills.Count; group++)
        {
            for (var asked = 0; asked < needs.Count; asked++)
                _fits[group, asked] = Fits(needs[asked], skills[group], policy.MatchThreshold);
        }

        _policy = policy;
        _needNumbers = needs.Select((each, number) => (each, number)).ToDictionary();
        var skillNumbers = skills.Select((each, number) => (each, number)).ToDictionary();
        _line = [.. line.Select(each => new Waiting(each.ConversationId, each.Priority, each.Since.UtcTicks, _needNumbers[each.Needs], policy.UnitsOf(each.Channel), false))];
        _agents = [.. agents.Select(each => new Agent(each.Id, each.IdleSince.UtcTicks, skillNumbers[each.Levels!], each.FreeUnits, 0))];
        for (var number = 0; number < _agents.Length; number++)
            _agentNumbers.Add(_agents[number].Id, number);
    }

    /// <summary>Finds and marks the first in line for an agent with so many free units; null: none.</summary>
    public string? MatchFor(string agentId, int units)
    {
        var group = _agents[_agentNumbers[agentId]].Group;
        var best = -1;
        for (var place = 0; place < _line.Count; place++)
        {
            var waiting = _line[place];
            if (!waiting.IsOffered && waiting.Units <= units && _fits[group, waiting.Needs] && (best < 0 || waiting.ComesBefore(_line[best])))
                best = place;
        }

        if (best < 0)
            return null;
        _line[best] = _line[best] with { IsOffered = true };
        return _line[best].Id;
    }

    /// <summary>Finds the longest idle agent for a conversation, and takes the units; null: none.</summary>
    public string? AgentFor(WaitingConversation conversation)
    {
        var (asked, units) = (_needNumbers[conversation.Needs], _policy.UnitsOf(conversation.Channel));
        var best = -1;
        for (var number = 0; number < _agents.Length; number++)
        {
            var agent = _agents[number];
            if (agent.Units >= units && _fits[agent.Group, asked] && (best < 0 || agent.ComesBefore(_agents[best])))
                best = number;
        }

        if (best < 0)
            return null;
        _agents[best] = _agents[best] with { Units = _agents[best].Units - units, Offers = _agents[best].Offers + 1 };
        return _agents[best].Id;
    }

    private static bool Fits(IReadOnlyList<SkillNeed> needs, IReadOnlyDictionary<string, int> skills, double threshold)
    {
        if (needs.Any(need => need.Required && skills.GetValueOrDefault(need.Skill) < need.Level))
            return false;
        var score = needs.Average(need => Math.Min(1, (double)skills.GetValueOrDefault(need.Skill) / need.Level));
        return score > threshold || score >= 1;
    }

    private readonly record struct Waiting(string Id, int Priority, long Since, int Needs, int Units, bool IsOffered)
    {
        public bool ComesBefore(in Waiting other) => Priority != other.Priority ? Priority > other.Priority : Since < other.Since;
    }

    private readonly record struct Agent(string Id, long IdleSince, int Group, int Units, int Offers)
    {
        public bool ComesBefore(in Agent other) =>
            Offers != other.Offers ? Offers < other.Offers
            : IdleSince != other.IdleSince ? IdleSince < other.IdleSince
            : Units != other.Units ? Units > other.Units
            : string.CompareOrdinal(Id, other.Id) < 0;
    }
}
