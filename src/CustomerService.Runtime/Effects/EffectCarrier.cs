using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;

namespace CustomerService.Runtime.Effects;

/// <summary>Carries out what turns want done, while its host runs. Any host that can ask grains can use it.</summary>
public sealed class EffectCarrier : IEffectCarrier, IDisposable
{
    private const int RecoveryPage = 1000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource abandoned = new();
    private readonly TurnEnvironment environment;
    private readonly EffectsUnderWay? underWay;
    private readonly Outbox outbox;
    private readonly WorkPool work;
    private readonly AlarmClock alarms;

    /// <param name="inside">How grains are asked, by a way that never refuses for load: what was committed must go on.</param>
    /// <param name="random">Spreads the pauses between attempts.</param>
    public EffectCarrier(IGrainClient inside, TurnEnvironment environment, IEnumerable<IWorkPerformer> performers, WorkLimits limits, Random random)
    {
        this.environment = environment;
        underWay = environment.Sharing is null ? null : new EffectsUnderWay();
        var courier = new Courier(inside, new Backoff(FirstPause, LongestPause, random), stopping.Token) { Environment = environment, UnderWay = underWay };
        outbox = new Outbox(courier);
        work = new WorkPool(performers, courier, limits, abandoned.Token);
        alarms = new AlarmClock(courier);
    }

    /// <summary>How much outside work waits for a worker or for its next attempt.</summary>
    public int WorkBacklog => work.Backlog;

    /// <summary>How much outside work runs now.</summary>
    public int WorkRunning => work.Running;

    /// <summary>How many told commands have not arrived yet.</summary>
    public int PendingTells => outbox.Pending;

    public void Carry(ReadOnlySpan<PendingEffect> effects)
    {
        foreach (var effect in effects)
        {
            underWay?.Add(effect.Id);
            Begin(effect);
        }
    }

    public void Adopt(ReadOnlySpan<PendingEffect> effects)
    {
        foreach (var effect in effects)
        {
            if (underWay?.Add(effect.Id) != false)
                Begin(effect);
        }
    }

    /// <summary>Whether this host is carrying the effect out. Only a host that shares its store knows.</summary>
    public bool IsUnderWay(EffectId effect) => underWay?.Contains(effect) == true;

    public void AlarmSet(DateTimeOffset due) => alarms.Set(due);

    /// <summary>Whether the grain has told something that has not arrived yet.</summary>
    public bool HasPendingTells(GrainId grain) => outbox.HasPending(grain);

    /// <summary>Begins to carry out, in a host that shares its store: what was left is taken up grain by grain (see <see cref="OrphanWatch"/>).</summary>
    public void Open()
    {
        outbox.Open();
        work.Open();
        alarms.Open();
    }

    /// <summary>
    /// In a host that has its store to itself: takes up what was committed before the last stop or crash, then begins to carry out. Only that is
    /// read, no grain.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        // All of it is noted before anything is carried out: a grain that acts anew must find its older tells before it in line.
        EffectId? last = null;
        IReadOnlyList<StoredEffect> page;
        do
        {
            page = await environment.Store.ReadEffectsAsync(last, RecoveryPage, cancellation);
            foreach (var stored in page)
            {
                if (environment.Read(stored) is { } pending)
                    Carry([pending]);
                last = stored.Id;
            }
        }
        while (page.Count == RecoveryPage);
        Open();
    }

    /// <summary>
    /// Begins nothing new, lets the work that runs end within the limit, and then lets the tells under way end. What is left
    /// stays stored, for the next start.
    /// </summary>
    public async Task StopAsync(TimeSpan limit)
    {
        alarms.Close();
        work.Close();
        try
        {
            await work.WhenIdleAsync().WaitAsync(limit, environment.Time);
        }
        catch (TimeoutException)
        {
            // The rest is told to end now, and is done again after the next start.
        }

        await abandoned.CancelAsync();
        await stopping.CancelAsync();
        await Task.WhenAll(work.WhenIdleAsync(), outbox.WhenIdleAsync(), alarms.WhenIdleAsync());
    }

    /// <summary>Does work once, for an operator who tries parked work again, and brings its result.</summary>
    internal async Task PerformOnceAsync(GrainId origin, Work parked, IGrainClient inside, CancellationToken cancellation)
    {
        if (await work.PerformAsync(origin, parked, cancellation) is { } result)
            await inside.AskAsync(origin, result, cancellation);
    }

    private void Begin(PendingEffect effect)
    {
        if (effect.Effect is Tell)
            outbox.Add(effect);
        else
            work.Add(effect);
    }

    public void Dispose()
    {
        stopping.Cancel();
        abandoned.Cancel();
        alarms.Dispose();
        stopping.Dispose();
        abandoned.Dispose();
    }
}
