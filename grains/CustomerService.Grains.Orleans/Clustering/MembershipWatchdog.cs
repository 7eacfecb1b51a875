using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Clustering.Redis;
using Orleans.Runtime;

namespace CustomerService.Grains.Orleans.Clustering;

/// <summary>
/// Ends a silo that the membership table no longer knows, as after a Redis that came back without its file: no other silo would
/// find it, and it would go on alone for ever. Started again it joins as a new one. A table that can't be reached ends nobody.
/// </summary>
internal sealed class MembershipWatchdog : BackgroundService
{
    /// <summary>With what the process ends: neither a success nor wrong use, so that whoever watches starts it again.</summary>
    public const int ExitCode = 70;

    /// <summary>How often it looks. Two looks in a row must find the row gone: ends within 20 seconds.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly IMembershipTable table;
    private readonly ILocalSiloDetails me;
    private readonly IHostApplicationLifetime lifetime;
    private readonly Action<int> exit;
    private readonly TimeProvider time;
    private readonly ILogger<MembershipWatchdog> logger;
    private bool isReachable = true;
    private bool wasPresent;
    private bool wasLost;

    /// <param name="exit">Ends the process with a code, at once.</param>
    public MembershipWatchdog(
        IMembershipTable table, ILocalSiloDetails me, IHostApplicationLifetime lifetime, Action<int> exit, TimeProvider time, ILogger<MembershipWatchdog> logger)
    {
        this.table = table;
        this.me = me;
        this.lifetime = lifetime;
        this.exit = exit;
        this.time = time;
        this.logger = logger;
    }

    /// <summary>Looks once, and ends the process when the second look in a row finds the row gone that was there before.</summary>
    internal async Task LookAsync(CancellationToken cancellation)
    {
        SiloStatus status;
        try
        {
            var rows = await table.ReadRowAsync(me.SiloAddress, cancellation);
            status = rows.TryGet(me.SiloAddress) is { } row ? row.Item1.Status : SiloStatus.None;
        }
        catch (RedisClusteringException)
        {
            // Redis answers, and has no table at all.
            status = SiloStatus.None;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            if (isReachable)
                logger.LogWarning("The membership table can't be reached; this silo goes on with what it knows. {Reason}", fault.Message);
            isReachable = false;
            return;
        }

        isReachable = true;
        var isLost = status is SiloStatus.Dead || (status is SiloStatus.None && wasPresent); // Before it joins there is no row yet.
        wasPresent |= status is not SiloStatus.None;
        if (isLost && wasLost && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            logger.LogCritical(
                "The membership table holds {Row} for this silo, {Silo}: no other silo would find it. Ending with exit code {ExitCode}, to be started again.",
                status is SiloStatus.None ? "no row" : "the status Dead", me.SiloAddress, ExitCode);
            exit(ExitCode);
        }

        wasLost = isLost;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops in good order.
        }
    }
}
