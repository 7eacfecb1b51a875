using System.Collections.Concurrent;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Runtime.InProcess;

/// <summary>Runs every grain in this process. Whoever opened the store closes it, after <see cref="StopAsync"/>.</summary>
public sealed class InProcessHost : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<GrainId, Mailbox> mailboxes = new();
    private readonly TaskTracker underWay = new();
    private readonly InProcessOptions options;
    private readonly TurnEnvironment environment;
    private readonly EffectCarrier carrier;
    private readonly Door door;
    private readonly IdleSweep sweep;
    private readonly Action<GrainId, Ask[]> answered;
    private int activations;
    private int stopped;
    private int disposed;

    /// <param name="kinds">The kinds of grains that exist.</param>
    /// <param name="performers">Who does which outside work, given the way to ask grains (which never refuses for load).</param>
    /// <param name="random">Spreads the pauses between attempts.</param>
    /// <exception cref="ArgumentException">An option can't work.</exception>
    public InProcessHost(
        IEnumerable<GrainKind> kinds,
        IGrainStore store,
        Func<IGrainClient, IEnumerable<IWorkPerformer>>? performers = null,
        InProcessOptions? options = null,
        GrainFormat? format = null,
        TimeProvider? time = null,
        ILogger<InProcessHost>? logger = null,
        Random? random = null)
        : this(kinds, store, performers, options, format, time, logger, random, reached: null)
    {
    }

    internal InProcessHost(
        IEnumerable<GrainKind> kinds,
        IGrainStore store,
        Func<IGrainClient, IEnumerable<IWorkPerformer>>? performers,
        InProcessOptions? options,
        GrainFormat? format,
        TimeProvider? time,
        ILogger? logger,
        Random? random,
        StepReached? reached)
    {
        this.options = options ?? new InProcessOptions();
        this.options.Validate();
        logger ??= NullLogger.Instance;
        var feed = new JournalFeed(logger);
        environment = new TurnEnvironment(kinds, store, format ?? GrainFormat.Default, feed, time ?? TimeProvider.System, logger) { Reached = reached };
        Inside = new Corridor(this);
        answered = Answered;
        var limits = new WorkLimits(this.options.Workers, this.options.WorkAttempts, this.options.WorkTimeLimit);
        carrier = new EffectCarrier(Inside, environment, performers?.Invoke(Inside) ?? [], limits, random ?? Random.Shared);
        door = new Door(this, this.options);
        Journal = new JournalReader(store, environment.Format, feed);
        Parked = new ParkedItems(environment, carrier, Inside);
        sweep = new IdleSweep(this, this.options, environment.Time);
    }

    /// <summary>How the outside asks grains: refused at once, with <see cref="HostBusyException"/>, when there is too much to do.</summary>
    public IGrainClient Door => door;

    /// <summary>How performers and the system's own parts ask grains: never refused for load.</summary>
    public IGrainClient Inside { get; }

    public IJournal Journal { get; }

    /// <summary>What failed and waits for an operator.</summary>
    public ParkedItems Parked { get; }

    /// <summary>How many grains are in memory.</summary>
    public int Activations => Volatile.Read(ref activations);

    /// <summary>How much outside work waits for a worker or for its next attempt.</summary>
    public int WorkBacklog => carrier.WorkBacklog;

    /// <summary>How much outside work runs now.</summary>
    public int WorkRunning => carrier.WorkRunning;

    /// <summary>How many commands grains told one another that have not arrived yet.</summary>
    public int PendingTells => carrier.PendingTells;

    /// <summary>How soon grains answer.</summary>
    public CallFigures Calls => environment.Calls;

    /// <summary>How many commits lost to another writer of the same grain since the host was made.</summary>
    public long Conflicts => environment.Conflicts;

    /// <summary>How many grains are in memory, by kind. It looks at each of them.</summary>
    public IReadOnlyDictionary<string, int> ActivationsByKind() =>
        mailboxes.CountBy(mailbox => mailbox.Key.Kind).ToDictionary(StringComparer.Ordinal);

    /// <summary>Takes up what was committed and not carried out, and opens the door.</summary>
    /// <exception cref="StoreUnavailableException">The store can't be read.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await carrier.StartAsync(cancellationToken);
        sweep.Start();
        door.Open();
    }

    /// <summary>
    /// Closes the door, lets what was accepted end (work, within <see cref="InProcessOptions.DrainLimit"/>), and makes all
    /// of it durable. What is left is taken up at the next start.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref stopped, 1) != 0)
            return;
        door.Close();
        await carrier.StopAsync(options.DrainLimit);
        await underWay.WhenIdleAsync();
        sweep.Stop();
        try
        {
            await environment.Store.FlushAsync();
        }
        catch (StoreUnavailableException)
        {
            // Only ticks were left to write; those effects are carried out again.
        }
    }

    public void Dispose()
    {
        // A container that knows it under two types disposes of it twice.
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        sweep.Dispose();
        carrier.Dispose();
        RuntimeInstruments.Activations.Add(-Interlocked.Exchange(ref activations, 0));
        mailboxes.Clear();
    }

    /// <summary>How many commands wait for a grain.</summary>
    internal int WaitingFor(GrainId grain) => mailboxes.TryGetValue(grain, out var mailbox) ? mailbox.Unanswered : 0;

    /// <summary>Puts a command into its grain's mailbox, bringing the grain into memory if need be.</summary>
    /// <param name="settled">Called when the outcome is known, also when the caller has stopped waiting.</param>
    internal ValueTask<Reply> PostAsync(GrainId grain, Command command, Action? settled, CancellationToken cancellation)
    {
        var ask = new Ask(command) { Settled = settled, Arrived = environment.Time.GetTimestamp() };
        Enter();
        try
        {
            while (!MailboxOf(grain).TryPost(ask))
            {
                // It has just left memory; the next look-up finds or makes another.
            }
        }
        catch
        {
            Leave(1);
            settled?.Invoke();
            throw;
        }

        return new ValueTask<Reply>(cancellation.CanBeCanceled ? ask.Task.WaitAsync(cancellation) : ask.Task);
    }

    /// <summary>Lets grains leave memory that nobody has asked since a timestamp.</summary>
    /// <returns>How many left.</returns>
    internal int Collect(Func<Mailbox, bool> isIdle)
    {
        var left = 0;
        foreach (var (grain, mailbox) in mailboxes)
        {
            if (!isIdle(mailbox) || carrier.HasPendingTells(grain) || !mailbox.TryRetire())
                continue;
            mailboxes.TryRemove(KeyValuePair.Create(grain, mailbox));
            Interlocked.Decrement(ref activations);
            RuntimeInstruments.Activations.Add(-1);
            left++;
        }

        return left;
    }

    /// <summary>When each grain in memory was last asked, as timestamps.</summary>
    internal List<long> LastAsked() => [.. mailboxes.Values.Select(mailbox => mailbox.LastAsked)];

    private void Enter()
    {
        underWay.Enter();
        RuntimeInstruments.Waiting.Add(1);
    }

    private void Leave(int asks)
    {
        underWay.Leave(asks);
        RuntimeInstruments.Waiting.Add(-asks);
    }

    private void Answered(GrainId grain, Ask[] asks)
    {
        foreach (var ask in asks)
            environment.Calls.Answered(grain.Kind, ask.Arrived);
        Leave(asks.Length);
    }

    private Mailbox MailboxOf(GrainId grain)
    {
        if (mailboxes.TryGetValue(grain, out var mailbox))
            return mailbox;
        var made = new Mailbox(new Activation(grain, environment, carrier), answered);
        mailbox = mailboxes.GetOrAdd(grain, made);
        if (mailbox == made)
        {
            RuntimeInstruments.Activations.Add(1);
            sweep.Added(Interlocked.Increment(ref activations));
        }

        return mailbox;
    }
}
