using CustomerService.Runtime.Effects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace CustomerService.Grains.Orleans.Clustering;

/// <summary>The silos of the cluster as the hosts of the store that they share. A silo that was restarted is another host.</summary>
internal sealed class HostRoster(ILocalSiloDetails me, IClusterMembershipService membership, ILogger<HostRoster> logger)
    : IHostRoster, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private Task following = Task.CompletedTask;

    public event Action? Changed;

    public string Me { get; } = NameOf(me.SiloAddress);

    public IReadOnlyCollection<string> Living
    {
        get
        {
            // Whoever asks lives, also before its own row is in the table.
            var living = new HashSet<string>(StringComparer.Ordinal) { Me };
            living.UnionWith(membership.CurrentSnapshot.Members.Values.Where(member => member.Status != SiloStatus.Dead).Select(member => NameOf(member.SiloAddress)));
            return living;
        }
    }

    /// <summary>What the silo at this address is called in the store.</summary>
    public static string NameOf(SiloAddress silo) => silo.ToParsableString();

    public static void AddTo(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(HostRoster)))
            return;
        services.AddSingleton<HostRoster>();
        services.TryAddSingleton<IHostRoster>(provider => provider.GetRequiredService<HostRoster>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<HostRoster>());
    }

    public async ValueTask<bool> RefreshAsync(CancellationToken cancellation = default)
    {
        try
        {
            await membership.Refresh(default, cancellation);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            logger.LogDebug(fault, "The membership table can't be reached");
            return false;
        }
    }

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(HostRoster), ServiceLifecycleStage.RuntimeGrainServices,
        _ =>
        {
            following = FollowAsync(stopping.Token);
            return Task.CompletedTask;
        },
        async _ =>
        {
            await stopping.CancelAsync();
            await following;
        });

    /// <summary>May be called again: the container knows it under three names.</summary>
    public void Dispose() => stopping.Dispose();

    private async Task FollowAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var _ in membership.MembershipUpdates.WithCancellation(cancellation))
                Changed?.Invoke();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The silo stops.
        }
    }
}
