using System.Collections.Immutable;
using CustomerService.Simulation.Reports;

namespace CustomerService.AgentConsole.WhatIf;

/// <summary>One hour of a played day.</summary>
/// <param name="Level">0…1: of those answered or gone, the part answered in the promised time; null: nobody was either.</param>
/// <param name="MeanWait">In seconds; null: nobody was answered.</param>
/// <param name="Occupancy">0…1; null: nobody was available.</param>
public readonly record struct HourFigures(int Contacts, double? Level, double? MeanWait, double? Occupancy)
{
    /// <summary>By hour of the day in that zone, 24 of them; what came later is left out.</summary>
    public static ImmutableArray<HourFigures> Of(CentreFigures figures, TimeZoneInfo zone)
    {
        var day = TimeZoneInfo.ConvertTime(figures.FirstStep, zone).Date;
        var steps = figures.Total.Course.Select((step, place) => (Step: step, At: TimeZoneInfo.ConvertTime(figures.FirstStep.AddMinutes((double)place * figures.StepMinutes), zone)))
            .Where(each => each.At.Date == day).ToLookup(each => each.At.Hour, each => each.Step);
        return [.. Enumerable.Range(0, TeamHours.Hours).Select(hour => Of([.. steps[hour]]))];
    }

    private static HourFigures Of(ImmutableArray<StepFigures> steps)
    {
        var (answered, over) = (steps.Sum(step => step.Answered), steps.Sum(step => step.Answered + step.GaveUp));
        var busy = steps.Where(step => step.Occupancy is not null).Select(step => step.Occupancy!.Value).ToList();
        return new HourFigures(
            steps.Sum(step => step.Contacts),
            over > 0 ? steps.Sum(step => step.InTime) / (double)over : null,
            answered > 0 ? steps.Sum(step => (step.MeanWait ?? 0) * step.Answered) / answered : null,
            busy.Count > 0 ? busy.Average() : null);
    }
}
