using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.WhatIf;

/// <summary>What is to be played, and beside what.</summary>
internal sealed record WhatIfSettings
{
    public string? Preset { get; init; }

    public string? From { get; init; }

    public string? Policy { get; init; }

    public string? Roster { get; init; }

    public string? PresentPolicy { get; init; }

    public string? PresentRoster { get; init; }

    public long Seed { get; init; } = 1;

    public string? Patience { get; init; }

    public string? Json { get; init; }

    public string? Plot { get; init; }

    public required string Data { get; init; }

    public required ContentFolder Content { get; init; }

    /// <summary>The preset's own files for whatever was not named.</summary>
    /// <exception cref="CommandFailedException">Something needed is neither named nor in a preset.</exception>
    public WhatIfSettings Complete()
    {
        if (Preset is not null)
        {
            return this with
            {
                From = From ?? Shipped("traffic.yaml"),
                PresentPolicy = PresentPolicy ?? Shipped("routing.yaml"),
                PresentRoster = PresentRoster ?? Shipped("roster.yaml"),
                Plot = Plot ?? $"{Preset}.svg",
            };
        }

        if (From is null)
            throw Missing("--from: name the traffic, 'journal' or a file, or a --preset");
        if (Roster is null && PresentRoster is null)
            throw Missing("--roster: name who works");
        return this with { PresentPolicy = PresentPolicy ?? Content.Routing, PresentRoster = PresentRoster ?? Roster };
    }

    /// <summary>Whether anything differs from how it is at present.</summary>
    public bool Compares => (Policy is not null && Policy != PresentPolicy) || (Roster is not null && Roster != PresentRoster);

    private static CommandFailedException Missing(string what) => new($"'simulate' needs {what}. See --help.", SiloCommandLine.WrongUse);

    private string Shipped(string file)
    {
        var own = Path.Combine(Content.Path, "simulate", Preset!, file);
        return File.Exists(own) ? own : Path.Combine(AppContext.BaseDirectory, "content", "simulate", Preset!, file);
    }
}
