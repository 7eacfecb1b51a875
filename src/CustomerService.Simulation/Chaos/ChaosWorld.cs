using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.Turns;
using CustomerService.Runtime;
using CustomerService.Runtime.Turns;
using CustomerService.Simulation.Chaos.Actors;
using CustomerService.Simulation.Chaos.Checking;
using CustomerService.Simulation.Chaos.KnownBugs;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Chaos;

/// <summary>A small contact centre on a hostile host, and the people who call it. Callers do not give up: they send again until they are answered.</summary>
internal sealed class ChaosWorld
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, CountedHours> _hours;
    private Action<string>? _tell;
    private int _keys;

    public ChaosWorld(Schedule schedule, KnownBug? bug)
    {
        Dice = new Dice((ulong)schedule.Seed);
        Faults = new Faults(Dice, schedule.Rates);
        Calendars = schedule.Hours;
        _hours = Cast.Queues.ToDictionary(queue => queue, queue => new CountedHours(Calendars.ByQueue.GetValueOrDefault(queue), Calendars.Start));
        Host = new SimulatedHost(new SimulationSettings
        {
            Start = Calendars.Start,
            Faults = Faults,
            Processes = schedule.Processes,
            Kinds = bug is null ? Grains.GrainCatalog.All : [.. Grains.GrainCatalog.All.Select(bug.Around)],
            Performers = _ => [new Pipeline(this)],
            AroundStore = store => bug is null ? new RecordingStore(store, this) : bug.Around(new RecordingStore(store, this), this),
            AroundCarrier = (carrier, store) => bug is null ? carrier : bug.Around(carrier, store),
            AroundRoster = roster => bug is null ? roster : bug.Around(roster),
            KnowsOfOtherHosts = bug is not { IgnoresOtherHosts: true },
            Clock = time => bug is { IgnoresClockJumps: true } ? time : new SteadyTime(time),
        })
        {
            Arrived = Arrived,
            WorkBegun = (work, livesElsewhere) => History.Beginnings.Add(new Beginning(Host!.Time.Elapsed, work, livesElsewhere)),
        };
    }

    public Dice Dice { get; }

    public Faults Faults { get; }

    public SimulatedHost Host { get; }

    public History History { get; } = new();

    public OpeningHours Calendars { get; }

    /// <summary>The agents' connections that are open, as the gateway would know them.</summary>
    public List<(string Agent, string Connection)> Connections { get; } = [];

    /// <summary>How many callers wait for an answer.</summary>
    public int Outstanding { get; private set; }

    /// <summary>A queue's business hours, counted by hand.</summary>
    public CountedHours HoursOf(string queue) => _hours[queue];

    /// <summary>A number that nobody got before.</summary>
    public int NextNumber() => ++_keys;

    /// <summary>A grain's view of itself, as stored; null when it refuses.</summary>
    public TView? View<TView>(GrainId grain, Query query)
        where TView : Reply => Host.Look(grain, query) as TView;

    /// <summary>Has a caller send a command until it is answered, under a key of its own.</summary>
    public void Send(GrainId grain, Command command, Action<Reply>? answered = null)
    {
        Outstanding++;
        Attempt(grain, command with { Id = $"key-{NextNumber()}" }, answered);
    }

    /// <summary>From now on somebody is told what happens, line by line; null: nobody listens.</summary>
    public void Narrate(Action<string>? tell)
    {
        _tell = tell;
        Faults.Happened = tell is null ? null : (fault, grain) => Tell($"      fault: {fault}{(grain is { } one ? $" at {one}" : "")}");
    }

    public void Tell(string line) => _tell?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{Host.Time.Elapsed:hh\\:mm\\:ss\\.fff}  {line}"));

    public void Note(Happened happened)
    {
        History.Add(happened);
        if (_tell is not null)
            Tell($"      {happened.Grain}: {InWords.Of(happened.Event)}");
    }

    private void Attempt(GrainId grain, Command command, Action<Reply>? answered)
    {
        try
        {
            var reply = Host.Ask(grain, command);
            if (!Faults.Strikes(Fault.ReplyLost, grain))
            {
                Outstanding--;
                History.Answers.Add(new Acknowledged(Host.Time.Elapsed, grain, command, reply));
                if (_tell is not null)
                    Tell($"    {grain} answers {InWords.Of(command)}: {InWords.Of(reply)}");
                answered?.Invoke(reply);
                return;
            }
        }
        catch (StoreUnavailableException)
        {
            // Perhaps done, perhaps not: the same again under the same key is safe.
        }

        Host.After(TimeSpan.FromMilliseconds(100) + Dice.UpTo(LongestRetry), () => Attempt(grain, command, answered));
    }

    private void Arrived(PendingEffect effect, Reply? reply)
    {
        History.Arrivals.Add(new Arrival(Host.Time.Elapsed, effect.Id, reply));
        if (_tell is not null)
            Tell($"      {effect.Id} arrives at {((Tell)effect.Effect).To}: {InWords.Of(((Tell)effect.Effect).Command)}{(reply is Done ? "" : $" → {(reply is null ? "parked" : InWords.Of(reply))}")}");
    }
}
