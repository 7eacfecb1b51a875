using System.Collections.Immutable;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Chaos.KnownBugs;

/// <summary>
/// A bug that somebody could make, put around the real parts. The checker is worth as much as the bugs that it finds: each of these must be
/// caught, and none is in the product's own code.
/// </summary>
/// <param name="Name">By which it is switched on.</param>
/// <param name="What">What is wrong then, in one sentence.</param>
public sealed record KnownBug(string Name, string What)
{
    /// <summary>Every known bug, by name.</summary>
    public static ImmutableArray<KnownBug> All { get; } =
    [
        new("drop-dedup", "A conversation does not know a message that comes again.") { Kind = BrokenKinds.ForgetsMessages },
        new("tick-before-send", "What is told is ticked off before it is sent.") { Carrier = (carrier, store) => new TicksBeforeSending(carrier, store) },
        new("reorder-tells", "What one turn tells is sent in another order.") { Carrier = (carrier, _) => new SendsBackwards(carrier) },
        new("skip-version-check", "The store writes whatever it is given, also on an old version.") { Store = (store, _) => new WritesOnAnyVersion(store) },
        new("answer-from-old-state", "A second activation says that there is nothing to do, by a state that has changed.") { IgnoresOtherHosts = true },
        new("reply-before-commit", "The store says that a commit is durable, and writes it later.") { Store = (store, _) => new WritesLater(store) },
        new("lose-alarm", "Alarms live in memory, and die with the process.") { Store = (store, world) => new LosesAlarms(store, world) },
        new("forget-capacity-on-timeout", "An agent does not get back the unit of an offer that was taken back.") { Kind = BrokenKinds.KeepsRescindedOffers },
        new("forget-place-on-return", "A conversation whose offer was not taken goes to the end of the line.") { Kind = BrokenKinds.ForgetsPlaces },
        new("double-claim", "A queue grants a claim that comes too late.") { Kind = BrokenKinds.GrantsLateClaims },
        new("drop-withdrawal", "A queue keeps a conversation that was taken from its line.") { Kind = BrokenKinds.IgnoresWithdrawals },
        new("lose-readiness", "A queue does not hear that an agent can take more.") { Kind = BrokenKinds.IgnoresReadiness },
        new("lose-connection-loss", "An agent's record does not hear that their connection is gone.") { Kind = BrokenKinds.IgnoresLostConnections },
        new("clock-counts-nights", "Promises count every hour, whatever the queue's business hours are.") { Kind = BrokenKinds.CountsNights },
        new("offers-when-closed", "An agent who has room is offered whoever waits, also while the queue is closed.") { Kind = BrokenKinds.OffersWhenClosed },
        new("sleeps-at-opening", "A queue does not wake up when it opens.") { Kind = BrokenKinds.SleepsAtOpening },
        new("take-over-steals-from-the-living", "Of several processes each takes all others for dead.") { Roster = roster => new KnowsOnlyItself(roster) },
        new("trust-an-old-roster", "A process that has not heard of another one yet takes it for dead without looking.") { Roster = roster => new NeverLooksAgain(roster) },
        new("forget-orphans", "Grains with unfinished effects of a dead process are not woken.") { Store = (store, _) => new ForgetsOrphans(store) },
        new("forget-own", "A process does not look for its own effects that nobody carries out, as after a lost answer.") { Store = (store, _) => new ForgetsOwn(store) },
        new("alarms-stay-with-the-dead", "Nobody takes over the alarms of a dead process.") { Store = (store, _) => new LeavesAlarms(store) },
        new("zombie-wins", "The store writes whatever a process gives it that was given up, also on an old version.") { Store = (store, world) => new LetsTheDeadWrite(store, world) },
        new("forget-what-was-heard", "A grain does not know a tell that comes again late, from a process that lost the telling grain.") { Store = (store, _) => new ForgetsWhatWasHeard(store) },
        new("adopt-out-of-order", "What was left of a grain is told behind what it tells anew.") { Carrier = (carrier, _) => new AdoptsLate(carrier) },
        new("trust-the-clock", "Grains take the wall clock as it is, jumps included.") { IgnoresClockJumps = true },
    ];

    internal Func<GrainKind, GrainKind>? Kind { private get; init; }

    internal Func<IGrainStore, ChaosWorld, IGrainStore>? Store { private get; init; }

    internal Func<IEffectCarrier, IGrainStore, IEffectCarrier>? Carrier { private get; init; }

    internal Func<IHostRoster, IHostRoster>? Roster { private get; init; }

    internal bool IgnoresClockJumps { get; init; }

    internal bool IgnoresOtherHosts { get; init; }

    /// <summary>The bug of that name; null when there is none.</summary>
    public static KnownBug? Find(string name) => All.FirstOrDefault(bug => bug.Name == name);

    internal GrainKind Around(GrainKind kind) => Kind?.Invoke(kind) ?? kind;

    internal IGrainStore Around(IGrainStore store, ChaosWorld world) => Store?.Invoke(store, world) ?? store;

    internal IHostRoster Around(IHostRoster roster) => Roster?.Invoke(roster) ?? roster;

    internal IEffectCarrier Around(IEffectCarrier carrier, IGrainStore store) => Carrier?.Invoke(carrier, store) ?? carrier;
}
