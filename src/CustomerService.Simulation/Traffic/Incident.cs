namespace CustomerService.Simulation.Traffic;

/// <summary>Something out of the ordinary that happens on the day.</summary>
public abstract record Incident
{
    private Incident()
    {
    }

    public required DateTimeOffset At { get; init; }

    public required TimeSpan Lasts { get; init; }

    /// <summary>A supervisor pauses a queue: it goes on filling and nothing is offered.</summary>
    public sealed record QueuePaused(string Queue, string Reason) : Incident
    {
        public override string Subject => $"queue {Queue} paused ({Reason})";
    }

    /// <summary>An agent's computer dies: the connections are lost in the middle of the work.</summary>
    public sealed record AgentLost(string AgentId) : Incident
    {
        public override string Subject => $"{AgentId}'s computer died";
    }

    /// <summary>What happened, for people.</summary>
    public abstract string Subject { get; }
}
