using System.Globalization;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;

namespace CustomerService.Simulation.Hosting;

// Alarms: they stay in the store; planned is one look at it, for when the earliest is due.
internal sealed partial class SimulatedCarrier
{
    private readonly HashSet<(GrainId Grain, string Name, long Version)> _ringing = [];
    private DateTimeOffset _armedFor = DateTimeOffset.MaxValue;

    public void AlarmSet(DateTimeOffset due)
    {
        if (due >= _armedFor)
            return;
        _armedFor = due;
        var wait = due - _environment.Time.GetUtcNow();
        _process.PlanInside(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Sweep);
    }

    public bool IsRinging(StoredAlarm alarm) => _ringing.Contains((alarm.Grain, alarm.Name, alarm.Version));

    /// <summary>Rings what is due, and plans the next look.</summary>
    private void Sweep()
    {
        _armedFor = DateTimeOffset.MaxValue;
        var now = _environment.Time.GetUtcNow();
        foreach (var alarm in AtOnce.Of(_environment.Store.ReadAlarmsAsync(now, null, int.MaxValue)))
        {
            if (_ringing.Add((alarm.Grain, alarm.Name, alarm.Version)))
            {
                // Read at once: when it rings the alarm may have been set anew.
                var command = _environment.Format.ReadCommand(alarm.Body) with { Id = string.Create(CultureInfo.InvariantCulture, $"{alarm.Name}@{alarm.Due:O}") };
                Pending++;
                _process.PlanInside(Trip(), () => Ring(alarm, command));
            }
        }

        if (AtOnce.Of(_environment.Store.NextAlarmAsync(now)) is { } next)
            AlarmSet(next);
    }

    private void Ring(StoredAlarm alarm, Command command)
    {
        for (var times = _faults?.Strikes(Fault.AlarmRepeated, alarm.Grain) == true ? 2 : 1; times > 0; times--)
        {
            if (Bring(alarm.Grain, new Ask(command)))
                continue;
            _process.PlanInside(PauseAfterFailure, () => Ring(alarm, command));
            return;
        }

        _environment.Reached?.Invoke(TurnStep.EffectCarriedOut, alarm.Grain);
        Pending--;
        _environment.Store.FinishAsync(alarm);
        if (_faults is null)
            _ringing.Remove((alarm.Grain, alarm.Name, alarm.Version));
    }
}
