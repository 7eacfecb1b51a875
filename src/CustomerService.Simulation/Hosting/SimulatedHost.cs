using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Simulation.Hosting;

/// <summary>
/// Runs the real grains by the real turn algorithm on one thread, in virtual time. Told commands, outside work and alarms are planned
/// on an agenda, so what happens follows from the settings and the seed of their dice alone: the same again is the same, event for event.
/// </summary>
#pragma warning disable CA1001 // Its store holds nothing but memory.
public sealed partial class SimulatedHost : IGrainClient
#pragma warning restore CA1001
{
    /// <summary>More than this at one instant means that grains keep telling each other without end.</summary>
    private const int MaxAtOneInstant = 5_000_000;

    private readonly HeldObjects _held = new();
    private readonly SimulatedTables _tables = new();
    private readonly Agenda _agenda = new();
    private readonly SimulationSettings _settings;
    private readonly Faults? _faults;
    private readonly SimulatedCluster? _cluster;
    private readonly SimulatedProcess? _only;
    private readonly SimulatedStore _store;
    private readonly TurnEnvironment _watcher;
    private int _atThisInstant;
    private bool _inTurn;

    /// <exception cref="ArgumentException">The settings can't work.</exception>
    public SimulatedHost(SimulationSettings settings)
    {
        if (settings.Processes < 1 || (settings.Processes > 1 && settings.Faults is null))
            throw new ArgumentException($"There is at least one process, and more than one need {nameof(settings.Faults)}, whose dice say where a grain is.", nameof(settings));
        _settings = settings;
        _faults = settings.Faults;
        Time = new VirtualTime(settings.Start);
        Clock = settings.Clock(Time);
        Func<bool> isRewritten = _faults is { } faults ? () => faults.Strikes(Fault.Rewritten) : () => false;
        Kinds = [.. settings.Kinds.Select(kind => new HeldKind(kind, _held, isRewritten))];
        Format = new HeldFormat(_held, isRewritten);
        Feed = new JournalFeed(NullLogger.Instance);
        _store = StoreOf("");
        if (settings.Processes == 1)
            _only = new SimulatedProcess(this, settings);
        else
            _cluster = new SimulatedCluster(this, settings);
        _watcher = _only?.Environment ?? new TurnEnvironment(Kinds, _store, Format, Feed, Clock, NullLogger.Instance);
        Journal = new JournalReader(_watcher.Store, Format, Feed);
    }

    /// <summary>True time, and how wrong the wall clock is.</summary>
    public VirtualTime Time { get; }

    /// <summary>What the grains take for the time.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();

    public IJournal Journal { get; }

    /// <summary>Whether <see cref="Journal"/> can be read, or only tells of events as they happen.</summary>
    public bool KeepsJournal => _settings.KeepsJournal;

    /// <summary>How many commands were handled so far.</summary>
    public long Turns { get; internal set; }

    /// <summary>
    /// False between a crash and the start that follows it; nothing is handled then. Of several processes: false while any is down, stands still or was
    /// given up.
    /// </summary>
    public bool IsUp => _only?.IsUp ?? _cluster!.IsUp;

    /// <summary>Called for each tell that arrived, with its answer (null: it was parked), before it is ticked off; again when it arrives again.</summary>
    public Action<PendingEffect, Reply?>? Arrived { get; set; }

    /// <summary>
    /// Called as one of several processes begins outside work that somebody began before, or not: true when the other still lives, false when it does not, null
    /// when there is none.
    /// </summary>
    public Action<EffectId, bool?>? WorkBegun { get; set; }

    /// <summary>How many tells and how much work wait to be carried out, by whomever, and how many alarms ring or should.</summary>
    public int Pending => _only?.Pending ?? (_cluster!.Processes.Sum(process => process.Pending) + Unattended());

    /// <summary>How many effects are not ticked off.</summary>
    public int Effects => _tables.Effects;

    /// <summary>Has the grain handle a command, now.</summary>
    /// <returns>Its answer; whatever the turn changed is stored.</returns>
    /// <exception cref="StoreUnavailableException">It could not be stored, or the host is down or went down. Send it again later under the same key.</exception>
    /// <exception cref="CommandParkedException">The grain can't handle this command.</exception>
    /// <exception cref="InvalidOperationException">A turn is being run: ask afterwards, by <see cref="After"/>.</exception>
    public Reply Ask(GrainId grain, Command command)
    {
        var ask = new Ask(command);
        if (_cluster is not null)
            return _cluster.Send(null, grain, [ask]) ? AtOnce.Of(ask.Task) : throw new StoreUnavailableException("Nobody answered.");
        if (!_only!.IsUp)
            throw new StoreUnavailableException("The host is down.");
        try
        {
            _only.Run(grain, [ask]);
        }
        catch (SimulatedCrashException crash)
        {
            _only.Crash();
            throw new StoreUnavailableException("The host went down before it answered.", crash);
        }

        return AtOnce.Of(ask.Task);
    }

    ValueTask<Reply> IGrainClient.AskAsync(GrainId grain, Command command, CancellationToken cancellation)
    {
        try
        {
            return new(Ask(grain, command));
        }
        catch (Exception fault) when (fault is StoreUnavailableException or CommandParkedException)
        {
            return ValueTask.FromException<Reply>(fault);
        }
    }

    /// <summary>Plans something after a time that truly passes. It happens also when the host is down then.</summary>
    public void After(TimeSpan delay, Action action) => Plan(delay, action);

    /// <summary>Lets time pass, and everything happen that is due until its end.</summary>
    public void RunFor(TimeSpan time)
    {
        var end = (Time.Elapsed + time).Ticks;
        while (Step(end))
        {
            // Each step is one thing that happens.
        }

        Time.AdvanceTo(end);
    }

    /// <summary>Lets everything be carried out that waits for it, and as much time pass as that takes. Alarms that are due later stay.</summary>
    /// <returns>False when something still waits after the limit.</returns>
    public bool RunToRest(TimeSpan limit)
    {
        var end = (Time.Elapsed + limit).Ticks;
        while (!IsUp || Pending > 0)
        {
            if (!Step(end))
                return false;
        }

        return true;
    }

    /// <summary>Every grain that is stored.</summary>
    public IReadOnlyCollection<GrainId> Grains => _tables.Rows.Keys;

    /// <summary>A grain's state as stored, read as after a start; its first state when it was never stored.</summary>
    public TState StateOf<TState>(GrainId grain)
        where TState : class
    {
        var kind = _watcher.KindOf(grain);
        var stored = AtOnce.Of(_store.LoadAsync(grain, kind.IsIndexed));
        var state = stored is null ? kind.Initial(grain.Key) : _held.Get(stored.State.Span);
        return (TState)(kind.IsIndexed ? kind.Restore(state, HeardTells.Without(stored?.Entries ?? [])) : state);
    }

    /// <summary>Answers a query from what is stored, without a turn: for who watches a simulation and is no part of it.</summary>
    public Reply Look(GrainId grain, Query query) => _watcher.KindOf(grain).Handle(StateOf<object>(grain), query, Now).Reply;

    /// <summary>The alarms that wait for their time.</summary>
    public IReadOnlyCollection<StoredAlarm> Alarms => _tables.Alarms;

    /// <summary>What could not be handled.</summary>
    public IReadOnlyList<ParkedItem> Parked => AtOnce.Of(_store.ReadParkedAsync(int.MaxValue));

    /// <summary>Writes what waits for company, as the end of a group does.</summary>
    public void Flush()
    {
        foreach (var process in _cluster?.Processes ?? [_only!])
            AtOnce.Of(process.Store.FlushAsync());
    }

    /// <summary>How many objects stand for stored bytes.</summary>
    internal int HeldObjects => _held.Count;

    /// <summary>The object that a stored body stands for.</summary>
    internal object Held(ReadOnlyMemory<byte> body) => _held.Get(body.Span);
}
