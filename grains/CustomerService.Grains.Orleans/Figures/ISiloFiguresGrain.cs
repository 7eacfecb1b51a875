using System.Collections.Immutable;
using CustomerService.Grains.Orleans.Wire;
using Orleans;
using Orleans.Statistics;

namespace CustomerService.Grains.Orleans.Figures;

/// <summary>One for each silo, named after it and living in it: it says what the silo does.</summary>
[Alias(WireAliases.SiloFiguresGrain)]
public interface ISiloFiguresGrain : IGrainWithStringKey
{
    [Alias(WireAliases.Look)]
    Task<SiloFigures> Look();
}

[InSiloOfItsName]
internal sealed class SiloFiguresGrain(SiloTurns turns, IEnvironmentStatisticsProvider machine, IEnumerable<IProcessReport> reports) : global::Orleans.Grain, ISiloFiguresGrain
{
    private const double Megabyte = 1024 * 1024;

    public Task<SiloFigures> Look()
    {
        var calls = turns.Calls.LastMinute();
        return Task.FromResult(new SiloFigures
        {
            Since = turns.Since,
            Activations = turns.Activations.Where(kind => kind.Value > 0).ToImmutableSortedDictionary(StringComparer.Ordinal),
            CallsPerSecond = calls.PerSecond,
            P50Milliseconds = calls.P50Milliseconds,
            P99Milliseconds = calls.P99Milliseconds,
            WorkRunning = turns.WorkRunning,
            WorkBacklog = turns.WorkBacklog,
            PendingTells = turns.PendingTells,
            VersionConflicts = turns.Conflicts,
            CpuPercent = machine.GetEnvironmentStatistics().FilteredCpuUsagePercentage,
            MemoryMegabytes = Environment.WorkingSet / Megabyte,
            Report = reports.FirstOrDefault()?.Write(),
        });
    }
}
