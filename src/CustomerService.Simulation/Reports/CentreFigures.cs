using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CustomerService.Simulation.Reports;

/// <summary>What a played centre comes to.</summary>
public sealed record CentreFigures
{
    /// <summary>The rules' file.</summary>
    public required string Policy { get; init; }

    /// <summary>The roster's file.</summary>
    public required string Roster { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset Until { get; init; }

    public required int AgentsOnRoster { get; init; }

    /// <summary>Who signed on at least once.</summary>
    public required int AgentsAtWork { get; init; }

    public required QueueFigures Total { get; init; }

    /// <summary>Of every queue that anybody stood in, in the order of their names.</summary>
    public required ImmutableArray<QueueFigures> Queues { get; init; }

    /// <summary>In the order of their names; queues of no tier are together under a dash.</summary>
    public required ImmutableArray<TierFigures> Tiers { get; init; }

    /// <summary>How long a step of a course over the day is, in minutes.</summary>
    public required int StepMinutes { get; init; }

    /// <summary>When the first step begins.</summary>
    public required DateTimeOffset FirstStep { get; init; }

    /// <summary>What stands out, each in a sentence.</summary>
    public required ImmutableArray<string> Remarks { get; init; }
}

/// <summary>What one queue comes to, or all together. A contact counts for the queue in which it was answered, or stood when it was not.</summary>
public sealed record QueueFigures
{
    public required string Queue { get; init; }

    public required int Contacts { get; init; }

    public required int Answered { get; init; }

    /// <summary>Answered within the promised time to a first response, in hours of business.</summary>
    public required int InTime { get; init; }

    public required int GaveUp { get; init; }

    /// <summary>Neither answered nor given up when the play ended.</summary>
    public required int StillWaiting { get; init; }

    /// <summary>Stood here and was answered elsewhere, or gave up there.</summary>
    public required int MovedOn { get; init; }

    public required int Escalations { get; init; }

    /// <summary>Went back into the line since their agent was gone.</summary>
    public required int Returns { get; init; }

    public required int CallbacksAsked { get; init; }

    /// <summary>Promises broken: of first responses and resolutions.</summary>
    public required int Breaches { get; init; }

    /// <summary>Of those who were answered; null: nobody was.</summary>
    public required WaitFigures? Wait { get; init; }

    /// <summary>Hours of undivided work.</summary>
    public required double WorkHours { get; init; }

    /// <summary>0…1: of the time in which agents of this queue were available, the part in which they served or wrapped up, whatever the queue; null: nobody was there.</summary>
    public required double? Occupancy { get; init; }

    /// <summary>0…1: the part of those answered and given up that was answered in time; null: nobody was either.</summary>
    public double? ServiceLevel => Answered + GaveUp > 0 ? InTime / (double)(Answered + GaveUp) : null;

    /// <summary>0…1: the part of those answered and given up that gave up.</summary>
    public double? Abandonment => Answered + GaveUp > 0 ? GaveUp / (double)(Answered + GaveUp) : null;

    /// <summary>The course over the day.</summary>
    public ImmutableArray<StepFigures> Course { get; init; } = [];
}

/// <summary>What happened in one step of the day.</summary>
/// <param name="Contacts">Who came in it.</param>
/// <param name="MeanWait">In seconds, of those who came in it and were answered; null: nobody.</param>
/// <param name="P90Wait">Likewise.</param>
/// <param name="Occupancy">0…1; null: nobody was available.</param>
public readonly record struct StepFigures(int Contacts, double? MeanWait, double? P90Wait, double? Occupancy)
{
    /// <summary>Of those who came in it, who was answered.</summary>
    [JsonIgnore]
    public int Answered { get; init; }

    /// <summary>Of those who came in it, who was answered within the promised time.</summary>
    [JsonIgnore]
    public int InTime { get; init; }

    /// <summary>Of those who came in it, who gave up.</summary>
    [JsonIgnore]
    public int GaveUp { get; init; }
}

/// <summary>The load of one tier.</summary>
/// <param name="Share">0…1, of all work.</param>
public sealed record TierFigures(string Tier, int Answered, double WorkHours, double Share);
