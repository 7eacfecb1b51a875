namespace CustomerService.Runtime.InProcess;

/// <summary>Bounds of the in-process host. Each has a default that suits one machine.</summary>
public sealed record InProcessOptions
{
    /// <summary>A grain that was not asked for so long leaves memory. Default 2 minutes.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Above so many grains in memory, those that were idle longest leave early. Default 200,000.</summary>
    public int MaxActivations { get; init; } = 200_000;

    /// <summary>How many commands from outside may be under way; more are refused. Default 5,000.</summary>
    public int MaxAsks { get; init; } = 5_000;

    /// <summary>How many commands may wait for one grain before more from outside are refused. Default 1,000.</summary>
    public int MaxWaitingCommands { get; init; } = 1_000;

    /// <summary>How much outside work may wait before commands (not queries) from outside are refused. Default 10,000.</summary>
    public int MaxWorkBacklog { get; init; } = 10_000;

    /// <summary>How much outside work is done at the same time. Default: four for each processor.</summary>
    public int Workers { get; init; } = 4 * Environment.ProcessorCount;

    /// <summary>How often outside work is tried before it is parked. Default 3.</summary>
    public int WorkAttempts { get; init; } = 3;

    /// <summary>How long one attempt at outside work may take. Default 60 seconds.</summary>
    public TimeSpan WorkTimeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a stop waits for the work that runs. Default 20 seconds.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Refuses what can't work.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it, the range and the value.</exception>
    public void Validate()
    {
        AtLeast(nameof(IdleTime), IdleTime, TimeSpan.FromSeconds(1));
        AtLeast(nameof(MaxActivations), MaxActivations, 1);
        AtLeast(nameof(MaxAsks), MaxAsks, 1);
        AtLeast(nameof(MaxWaitingCommands), MaxWaitingCommands, 1);
        AtLeast(nameof(MaxWorkBacklog), MaxWorkBacklog, 1);
        AtLeast(nameof(Workers), Workers, 1);
        AtLeast(nameof(WorkAttempts), WorkAttempts, 1);
        AtLeast(nameof(WorkTimeLimit), WorkTimeLimit, TimeSpan.FromMilliseconds(1));
        AtLeast(nameof(DrainLimit), DrainLimit, TimeSpan.Zero);
    }

    private static void AtLeast<T>(string name, T value, T least)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0)
            throw new ArgumentException($"{name} must be at least {least}; it is {value}.");
    }
}
