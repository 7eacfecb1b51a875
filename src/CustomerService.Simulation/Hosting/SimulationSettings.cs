using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;

namespace CustomerService.Simulation.Hosting;

/// <summary>What a simulated host is made of. As it stands: nothing goes wrong and everything is as quick as can be.</summary>
public sealed record SimulationSettings
{
    /// <summary>The wall clock at the start. Default: a Monday morning.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Default: the product's own grains.</summary>
    public ImmutableArray<GrainKind> Kinds { get; init; } = GrainCatalog.All;

    /// <summary>Who does which outside work, given the host. Work that nobody does is parked at once, as everywhere.</summary>
    public Func<SimulatedHost, IEnumerable<ISimulatedPerformer>> Performers { get; init; } = _ => [];

    /// <summary>Whether the journal can be read afterwards; the feed tells of events in either case. Default true.</summary>
    public bool KeepsJournal { get; init; } = true;

    /// <summary>How often outside work is tried before it is parked. Default 3.</summary>
    public int WorkAttempts { get; init; } = 3;

    /// <summary>How long one attempt at outside work may take. Default 60 seconds.</summary>
    public TimeSpan WorkTimeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What goes wrong; null: nothing does.</summary>
    public Faults? Faults { get; init; }

    /// <summary>How many processes share the store. Default 1. More than one need <see cref="Faults"/>, whose dice say where a grain is.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>Whether turns reckon with second activations, which only faults bring. Default true.</summary>
    public bool KnowsOfOtherHosts { get; init; } = true;

    /// <summary>The grains' clock, given the virtual time. Default: the virtual time itself.</summary>
    public Func<VirtualTime, TimeProvider> Clock { get; init; } = time => time;

    /// <summary>
    /// Puts something around the store of each process, within its faults. It must answer at once, and with several processes be a <see cref="StoreDecorator"/>.
    /// Default: nothing.
    /// </summary>
    public Func<IGrainStore, IGrainStore> AroundStore { get; init; } = store => store;

    /// <summary>Puts something between the turns and what carries out their effects. Default: nothing.</summary>
    public Func<IEffectCarrier, IGrainStore, IEffectCarrier> AroundCarrier { get; init; } = (carrier, _) => carrier;

    /// <summary>Puts something between each of several processes and what it knows of the others. Default: nothing.</summary>
    public Func<IHostRoster, IHostRoster> AroundRoster { get; init; } = roster => roster;
}
