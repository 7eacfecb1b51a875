using CustomerService.Runtime.Effects;

namespace CustomerService.Grains.Orleans;

/// <summary>Bounds of one silo.</summary>
public sealed record OrleansOptions
{
    /// <summary>A grain that was not asked for so long leaves memory. At least one minute and a second. Default 2 minutes.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bounds of outside work. Default: four at a time for each processor, three attempts, 60 seconds each.</summary>
    public WorkLimits Work { get; init; } = new(4 * Environment.ProcessorCount, Attempts: 3, TimeLimit: TimeSpan.FromSeconds(60));

    /// <summary>How many commands from outside may be under way in this silo; more are refused. Default 5,000.</summary>
    public int MaxAsks { get; init; } = 5_000;

    /// <summary>How many commands may wait for one grain before more from outside are refused. Default 1,000.</summary>
    public int MaxWaitingCommands { get; init; } = 1_000;

    /// <summary>How much outside work may wait in this silo before commands (not queries) from outside are refused. Default 10,000.</summary>
    public int MaxWorkBacklog { get; init; } = 10_000;

    /// <summary>How long a stop waits for the work that runs. Default 20 seconds.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(20);
}
