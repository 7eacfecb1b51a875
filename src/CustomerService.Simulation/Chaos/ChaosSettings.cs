namespace CustomerService.Simulation.Chaos;

/// <summary>Which schedules a chaos run plays.</summary>
public sealed record ChaosSettings
{
    public const int MaxProcesses = 8;

    /// <summary>How many schedules, one a seed. Default 1000.</summary>
    public int Seeds { get; init; } = 1_000;

    /// <summary>The first seed; the others follow. Default 1.</summary>
    public long FirstSeed { get; init; } = 1;

    /// <summary>How many things people do in each schedule. Default 100.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>How many processes share the store in each schedule. Default null: the seed says; every second schedule has one, the others two to four.</summary>
    public int? Processes { get; init; }

    /// <summary>The known bug that is put in, by its name (see <see cref="KnownBugs.KnownBug.All"/>); null: none.</summary>
    public string? Bug { get; init; }

    /// <summary>Whether a failing schedule is made as short as can be before its story is told; that takes some hundred more plays. Default true.</summary>
    public bool Shrinks { get; init; } = true;

    /// <summary>Whether the report has <see cref="ChaosReport.JournalHash"/>, which takes about as long as the play itself. Default false.</summary>
    public bool HashesJournals { get; init; }

    /// <summary>How many schedules are played at the same time. Each has a host of its own, so nothing else depends on it. Default: one a processor.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Refuses what can't work.</summary>
    /// <exception cref="ArgumentException">A value is out of its range, or there is no such bug; the message says which there are.</exception>
    public void Validate()
    {
        if (Seeds < 1 || Steps < 1 || Parallelism < 1)
            throw new ArgumentException("Seeds, steps and parallelism are at least 1.");
        if (Processes is < 1 or > MaxProcesses)
            throw new ArgumentException($"There are 1 to {MaxProcesses} processes.");
        if (Bug is { } bug && KnownBugs.KnownBug.Find(bug) is null)
            throw new ArgumentException($"There is no known bug called '{bug}'; there are: {string.Join(", ", KnownBugs.KnownBug.All.Select(known => known.Name))}.");
    }
}
