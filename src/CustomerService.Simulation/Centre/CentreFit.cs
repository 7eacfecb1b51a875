using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Centre;

/// <summary>Whether traffic, roster and policy speak of the same centre.</summary>
internal static class CentreFit
{
    /// <summary>Every queue that anybody names.</summary>
    public static IReadOnlyList<string> QueuesOf(Arrivals arrivals, Roster roster, CentrePolicy policy) =>
    [
        .. policy.Rules.QueueNames
            .Concat(arrivals.Contacts.Select(contact => contact.Queue).OfType<string>())
            .Concat(roster.Agents.SelectMany(agent => agent.Queues))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <exception cref="InvalidDataException">They do not; the message says where and what to do.</exception>
    public static void Check(Arrivals arrivals, Roster roster, CentrePolicy policy)
    {
        var queues = policy.Rules.QueueNames.ToHashSet(StringComparer.Ordinal);
        var known = string.Join(", ", queues.Order(StringComparer.Ordinal));
        foreach (var agent in roster.Agents)
        {
            if (agent.Queues.FirstOrDefault(queue => !queues.Contains(queue)) is { } unknown)
                throw new InvalidDataException($"{roster.Source}: the agent '{agent.Id}' serves the queue '{unknown}', which {policy.Source} does not name. Its queues are: {known}.");
        }

        if (arrivals.Contacts.FirstOrDefault(contact => contact.Queue is { } queue && !queues.Contains(queue)) is { } lost)
            throw new InvalidDataException($"{arrivals.Source}: the contact '{lost.Id}' goes to the queue '{lost.Queue}', which {policy.Source} does not name. Its queues are: {known}.");
        foreach (var incident in arrivals.Incidents)
        {
            var wrong = incident switch
            {
                Incident.QueuePaused paused when !queues.Contains(paused.Queue) => $"the queue '{paused.Queue}', which {policy.Source} does not name. Its queues are: {known}",
                Incident.AgentLost gone when !roster.Agents.Any(agent => agent.Id == gone.AgentId) => $"the agent '{gone.AgentId}', who is not on {roster.Source}",
                _ => null,
            };
            if (wrong is not null)
                throw new InvalidDataException($"{arrivals.Source}: an incident names {wrong}.");
        }
    }
}
