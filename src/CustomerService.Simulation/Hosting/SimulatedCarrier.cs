using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;

namespace CustomerService.Simulation.Hosting;

/// <summary>
/// Carries out effects on the host's agenda. What one grain tells arrives in order and at least once; what different grains tell, work and
/// alarms overtake each other freely when things go wrong.
/// </summary>
internal sealed partial class SimulatedCarrier : IEffectCarrier
{
    private static readonly TimeSpan LongestTrip = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<GrainId, Lane> _lanes = [];
    private readonly SimulatedHost _host;
    private readonly SimulatedProcess _process;
    private readonly HashSet<EffectId>? _underWay;
    private readonly TurnEnvironment _environment;
    private readonly SimulationSettings _settings;
    private readonly Faults? _faults;
    private readonly Dictionary<Type, ISimulatedPerformer> _performers;

    public SimulatedCarrier(SimulatedHost host, SimulatedProcess process, SimulationSettings settings)
    {
        (_host, _process, _environment, _settings, _faults) = (host, process, process.Environment, settings, settings.Faults);
        _underWay = _environment.Sharing is null ? null : [];
        _performers = settings.Performers(host).ToDictionary(performer => performer.Handles);
    }

    /// <summary>How many tells and how much work are not carried out yet, and how many alarms are ringing.</summary>
    public int Pending { get; private set; }

    public void Carry(ReadOnlySpan<PendingEffect> effects)
    {
        foreach (var effect in effects)
        {
            Pending++;
            _underWay?.Add(effect.Id);
            if (effect.Effect is Tell)
            {
                Add(effect);
                continue;
            }

            _process.WorkBegins(effect.Id);
            Begin(effect, attempts: 0, TimeSpan.Zero);
        }
    }

    public void Adopt(ReadOnlySpan<PendingEffect> effects)
    {
        foreach (var effect in effects)
        {
            if (!IsUnderWay(effect.Id))
                Carry([effect]);
        }
    }

    public bool IsUnderWay(EffectId effect) => _underWay?.Contains(effect) == true;

    public bool HasPendingTells(GrainId grain) => _lanes.TryGetValue(grain, out var lane) && lane.Tells.Count > 0;

    /// <summary>The process died.</summary>
    public void Forget()
    {
        _lanes.Clear();
        _ringing.Clear();
        _underWay?.Clear();
        _armedFor = DateTimeOffset.MaxValue;
        Pending = 0;
    }

    /// <summary>The process starts: what was committed and not ticked off is carried out, again perhaps.</summary>
    public void TakeUp(IEffectCarrier carrier)
    {
        foreach (var stored in AtOnce.Of(_environment.Store.ReadEffectsAsync(null, int.MaxValue)))
        {
            if (_environment.Read(stored) is { } pending)
                carrier.Carry([pending]);
        }

        Sweep();
    }

    private void Add(PendingEffect tell)
    {
        if (!_lanes.TryGetValue(tell.Id.Source, out var lane))
        {
            _lanes.Add(tell.Id.Source, lane = new Lane(Deliver));
        }

        lane.Tells.Enqueue(tell);
        if (lane.Tells.Count == 1)
            PlanDelivery(lane, Trip());
    }

    private void PlanDelivery(Lane lane, TimeSpan delay)
    {
        if (_faults is null)
        {
            _host.Plan(delay, lane.Deliver);
            return;
        }

        var trip = ++lane.Trip;
        _process.PlanInside(delay, () =>
        {
            if (lane.Trip == trip)
                lane.Deliver();
        });
    }

    private void Deliver(Lane lane)
    {
        Lane[] together = [lane];
        var to = ((Tell)lane.Tells.Peek().Effect).To;
        if (_faults?.Strikes(Fault.Batched, to) == true)
            together = [lane, .. _lanes.Values.Where(other => other != lane && other.Tells.TryPeek(out var next) && ((Tell)next.Effect).To == to)];

        var outcome = Bring(to, together);
        foreach (var each in together)
        {
            if (!outcome)
            {
                PlanDelivery(each, PauseAfterFailure);
                continue;
            }

            var told = each.Tells.Peek().Id;
            _environment.Reached?.Invoke(TurnStep.EffectCarriedOut, told.Source);
            each.Tells.Dequeue();
            each.Trip++;
            Pending--;
            Finish(told);
            if (each.Tells.Count > 0)
                PlanDelivery(each, Trip());
        }
    }

    /// <returns>False when it has to be brought again.</returns>
    private bool Bring(GrainId to, Lane[] lanes)
    {
        var asks = new Ask[lanes.Length];
        for (var times = _faults?.Strikes(Fault.TellRepeated, to) == true ? 2 : 1; times > 0; times--)
        {
            for (var index = 0; index < asks.Length; index++)
            {
                var next = lanes[index].Tells.Peek();
                asks[index] = new Ask(((Tell)next.Effect).Command with { Id = next.Id.ToString() });
            }

            if (!Bring(to, asks))
                return false;
            if (_host.Arrived is not { } arrived)
                continue;
            for (var index = 0; index < asks.Length; index++)
                arrived(lanes[index].Tells.Peek(), asks[index].Task.IsFaulted ? null : AtOnce.Of(asks[index].Task));
        }

        return true;
    }

    /// <returns>False when the store failed, or nobody answered. A parked command counts as brought.</returns>
    private bool Bring(GrainId to, params Ask[] asks)
    {
        if (!_process.Send(to, asks))
            return false;
        var isBrought = true;
        foreach (var ask in asks)
        {
            if (ask.Task.Exception?.InnerException is { } fault and not CommandParkedException)
                isBrought = fault is StoreUnavailableException ? false : throw new InvalidOperationException($"{to} could not be told {ask.Command}: {fault.Message}", fault);
        }

        return isBrought;
    }

    private void Finish(EffectId effect)
    {
        var ticked = _environment.Store.FinishAsync(effect);
        if (_underWay is { } underWay)
            _ = ticked.ContinueWith(_ => underWay.Remove(effect), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>How long a tell is under way.</summary>
    private TimeSpan Trip() =>
        _faults is null ? TimeSpan.Zero
        : _faults.Strikes(Fault.TellDelayed) ? _faults.Dice.UpTo(LongestDelay)
        : _faults.Dice.UpTo(LongestTrip);

    /// <summary>What one grain tells, in order. The first is under way.</summary>
    private sealed class Lane
    {
        public Lane(Action<Lane> deliver) => Deliver = () => deliver(this);

        public Queue<PendingEffect> Tells { get; } = new(2);

        public Action Deliver { get; }

        /// <summary>Which of the planned deliveries counts.</summary>
        public int Trip { get; set; }
    }
}
