using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Journal;

namespace CustomerService.AgentConsole.Floor;

/// <summary>All agents, as the journal tells of them: however many look on, nobody is asked one by one. Safe to use from many threads.</summary>
internal sealed class AgentLedger
{
    /// <summary>So long what agents did is kept: a shift, and the hour before.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(9);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, AgentCourse> _agents = new(StringComparer.Ordinal);

    /// <summary>By name.</summary>
    public ImmutableArray<AgentOnFloor> All
    {
        get
        {
            lock (_lock)
                return [.. _agents.Values.Where(agent => agent.IsIntroduced).Select(agent => agent.Now).OrderBy(agent => agent.Title, StringComparer.CurrentCultureIgnoreCase)];
        }
    }

    public AgentOnFloor? Find(string id)
    {
        lock (_lock)
            return _agents.TryGetValue(id, out var agent) && agent.IsIntroduced ? agent.Now : null;
    }

    /// <summary>Those of whom something was told, but not who they are; and those of the given who are not known at all.</summary>
    public ImmutableArray<string> Unknown(IEnumerable<string> candidates)
    {
        lock (_lock)
            return [.. _agents.Where(agent => !agent.Value.IsIntroduced).Select(agent => agent.Key).Union(candidates.Where(id => !_agents.ContainsKey(id)))];
    }

    public void Add(JournalEntry entry)
    {
        if (entry.Grain.Kind != GrainKinds.Agent)
            return;
        lock (_lock)
            CourseOf(entry.Grain.Key).Add(entry);
    }

    /// <inheritdoc cref="AgentCourse.Introduce"/>
    public void Introduce(AgentView view, DateTimeOffset now)
    {
        lock (_lock)
            CourseOf(view.Id).Introduce(view, now);
    }

    /// <summary>What an agent did from then until now; null: nobody knows them.</summary>
    public AgentTimeline? TimelineOf(string id, DateTimeOffset from, DateTimeOffset now)
    {
        lock (_lock)
            return _agents.GetValueOrDefault(id)?.Timeline(from, now);
    }

    public void Forget(DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach (var agent in _agents.Values)
                agent.Forget(now - Memory);
        }
    }

    private AgentCourse CourseOf(string id)
    {
        if (!_agents.TryGetValue(id, out var course))
            _agents[id] = course = new AgentCourse(id);
        return course;
    }
}
