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

    private readonly Dictionary<GrainId, Activation> _activations = [];
    private readonly Dictionary<GrainId, Activation> _seconds = [];
    private readonly HeldObjects _held = new();
    private readonly Agenda _agenda = new();
    private readonly SimulationSettings _settings;
    private readonly Faults? _faults;
    private readonly SimulatedStore _store;
    private readonly IGrainStore _aroundStore;
    private readonly TurnEnvironment _environment;
    private readonly SimulatedCarrier _carrier;
    private readonly IEffectCarrier _aroundCarrier;
    private int _atThisInstant;
    private bool _inTurn;

    public SimulatedHost(SimulationSettings settings)
    {
        _settings = settings;
        _faults = settings.Faults;
        Time = new VirtualTime(settings.Start);
        _store = new SimulatedStore(_held, settings.KeepsJournal);
        var around = settings.AroundStore(_store);
        _aroundStore = _faults is null ? around : new FaultyStore(around, _faults);

        Func<bool> isRewritten = _faults is { } faults ? () => faults.Strikes(Fault.Rewritten) : () => false;
        var feed = new JournalFeed(NullLogger.Instance);
        _environment = new TurnEnvironment(
            settings.Kinds.Select(kind => new HeldKind(kind, _held, isRewritten)), _aroundStore, new HeldFormat(_held, isRewritten), feed,
            settings.Clock(Time), NullLogger.Instance)
        {
            HasOtherHosts = _faults is not null && settings.KnowsOfOtherHosts,
            Reached = _faults is null ? null : _faults.At,
        };
        _carrier = new SimulatedCarrier(this, _environment, settings);
        _aroundCarrier = settings.AroundCarrier(_carrier, _aroundStore);
        Journal = new JournalReader(_aroundStore, _environment.Format, feed);
    }

    /// <summary>True time, and how wrong the wall clock is.</summary>
    public VirtualTime Time { get; }

    /// <summary>What the grains take for the time.</summary>
    public DateTimeOffset Now => _environment.Time.GetUtcNow();

    public IJournal Journal { get; }

    /// <summary>Whether <see cref="Journal"/> can be read, or only tells of events as they happen.</summary>
    public bool KeepsJournal => _settings.KeepsJournal;

    /// <summary>How many commands were handled so far.</summary>
    public long Turns { get; private set; }

    /// <summary>False between a crash and the start that follows it. Nothing is handled then.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>Called for each tell that arrived, with its answer (null: it was parked), before it is ticked off; again when it arrives again.</summary>
    public Action<PendingEffect, Reply?>? Arrived { get; set; }

    /// <summary>How many tells and how much work wait to be carried out.</summary>
    public int Pending => _carrier.Pending;

    /// <summary>Has the grain handle a command, now.</summary>
    /// <returns>Its answer; whatever the turn changed is stored.</returns>
    /// <exception cref="StoreUnavailableException">It could not be stored, or the host is down or went down. Send it again later under the same key.</exception>
    /// <exception cref="CommandParkedException">The grain can't handle this command.</exception>
    /// <exception cref="InvalidOperationException">A turn is being run: ask afterwards, by <see cref="After"/>.</exception>
    public Reply Ask(GrainId grain, Command command)
    {
        if (!IsUp)
            throw new StoreUnavailableException("The host is down.");
        var ask = new Ask(command);
        try
        {
            Run(grain, [ask]);
        }
        catch (SimulatedCrashException crash)
        {
            Crash();
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
    public IReadOnlyCollection<GrainId> Grains => _store.Grains;

    /// <summary>A grain's state as stored, read as after a start; its first state when it was never stored.</summary>
    public TState StateOf<TState>(GrainId grain)
        where TState : class
    {
        var kind = _environment.KindOf(grain);
        var stored = AtOnce.Of(_store.LoadAsync(grain, kind.IsIndexed));
        var state = stored is null ? kind.Initial(grain.Key) : _held.Get(stored.State.Span);
        return (TState)(kind.IsIndexed ? kind.Restore(state, stored?.Entries ?? []) : state);
    }

    /// <summary>Answers a query from what is stored, without a turn: for who watches a simulation and is no part of it.</summary>
    public Reply Look(GrainId grain, Query query) => _environment.KindOf(grain).Handle(StateOf<object>(grain), query, Now).Reply;

    /// <summary>The alarms that wait for their time.</summary>
    public IReadOnlyCollection<StoredAlarm> Alarms => _store.Alarms;

    /// <summary>What could not be handled.</summary>
    public IReadOnlyList<ParkedItem> Parked => AtOnce.Of(_store.ReadParkedAsync(int.MaxValue));

    /// <summary>Writes what waits for company, as the end of a group does.</summary>
    public void Flush() => AtOnce.Of(_aroundStore.FlushAsync());

    /// <summary>How many objects stand for stored bytes.</summary>
    internal int HeldObjects => _held.Count;

    /// <summary>The object that a stored body stands for.</summary>
    internal object Held(ReadOnlyMemory<byte> body) => _held.Get(body.Span);

    private bool Step(long until)
    {
        if (!_agenda.TryTake(until, out var at, out var action))
            return false;
        if (at > Time.Elapsed.Ticks)
            _atThisInstant = 0;
        else if (++_atThisInstant > MaxAtOneInstant)
            throw new InvalidOperationException("The grains never come to rest: too much happens at one instant.");
        Time.AdvanceTo(Math.Max(at, Time.Elapsed.Ticks));
        try
        {
            action();
        }
        catch (SimulatedCrashException)
        {
            Crash();
        }

        return true;
    }
}
