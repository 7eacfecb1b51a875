using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.AgentConsole.Tests;

/// <summary>What a journal tells, at minutes of a day.</summary>
internal static class Told
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    /// <param name="minutes">Before noon where it is negative.</param>
    public static JournalEntry At(double minutes, GrainId grain, JournalEvent happened) => new(1, grain, 1, Noon.AddMinutes(minutes), happened);
}
