using System.Collections.Immutable;
using CustomerService.Grains.Orleans.Roster;
using CustomerService.Grains.Turns;
using Orleans;
using Orleans.Runtime;

namespace CustomerService.Grains.Orleans.Figures;

/// <summary>What every silo of the cluster does, asked of each at the same time.</summary>
public sealed class ClusterFigures(IGrainFactory grains, TimeProvider time)
{
    /// <summary>How long a silo may take to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>All silos that are not dead, by name.</summary>
    /// <exception cref="StoreUnavailableException">No silo says who belongs to the cluster.</exception>
    public async ValueTask<ImmutableArray<SiloReport>> LookAsync(CancellationToken cancellation = default)
    {
        var roster = await RosterAsync(cancellation);
        var present = roster.Members.Where(member => member.Status != nameof(SiloStatus.Dead));
        var reports = await Task.WhenAll(present.Select(async member => new SiloReport(member.Name, member.Silo, member.Status, await FiguresOfAsync(member, cancellation))));
        return [.. reports.OrderBy(report => report.Name, StringComparer.Ordinal).ThenBy(report => report.Address, StringComparer.Ordinal)];
    }

    private async Task<ClusterRoster> RosterAsync(CancellationToken cancellation)
    {
        for (var way = 0; ; way++)
        {
            try
            {
                return await grains.GetGrain<IRosterGrain>(way).Look().WaitAsync(Patience / 2, time, cancellation);
            }
            catch (Exception fault) when (fault is TimeoutException or OrleansException)
            {
                // Another key leads through another silo's gateway: the first may be that of one that hangs.
                if (way == 2)
                    throw new StoreUnavailableException($"No silo of the cluster answers. {fault.Message}", fault);
            }
        }
    }

    private async Task<SiloFigures?> FiguresOfAsync(RosterMember member, CancellationToken cancellation)
    {
        if (member.Status != nameof(SiloStatus.Active))
            return null; // It has not begun to take grains, or does so no more.
        try
        {
            return await grains.GetGrain<ISiloFiguresGrain>(member.Silo).Look().WaitAsync(Patience, time, cancellation);
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            return null;
        }
    }
}

/// <summary>One silo of the cluster.</summary>
/// <param name="Name">What its operators call it.</param>
/// <param name="Address">Its address and when it started, as other silos write it.</param>
/// <param name="Status">As Orleans calls it: Joining, Active, ShuttingDown, Stopping.</param>
/// <param name="Figures">Null when it does not answer.</param>
public sealed record SiloReport(string Name, string Address, string Status, SiloFigures? Figures);
