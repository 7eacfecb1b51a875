using System.Collections.Immutable;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Turns;

namespace CustomerService.Simulation.Hosting;

// What its processes share, and how things come to happen in it.
public sealed partial class SimulatedHost
{
    /// <summary>How long an alarm may be due before somebody should be ringing it.</summary>
    private static readonly TimeSpan Punctuality = TimeSpan.FromSeconds(1);

    internal ImmutableArray<GrainKind> Kinds { get; }

    internal GrainFormat Format { get; }

    internal JournalFeed Feed { get; }

    internal TimeProvider Clock { get; }

    /// <summary>How many commands share the commit that is being made.</summary>
    internal int CommandsInTurn { get; private set; }

    /// <summary>The store as one process sees it.</summary>
    internal SimulatedStore StoreOf(string process) => new(_tables, _held, _settings.KeepsJournal, process);

    internal void BeginTurn(int commands)
    {
        if (_inTurn)
            throw new InvalidOperationException($"A turn is being run; plan the next by {nameof(After)}.");
        (_inTurn, CommandsInTurn) = (true, commands);
    }

    internal void EndTurn() => _inTurn = false;

    internal void Plan(TimeSpan delay, Action action) =>
        _agenda.Add((Time.Elapsed + delay).Ticks, _faults is null ? 0 : (uint)_faults.Dice.Below(int.MaxValue), action);

    /// <summary>Every process dies. After a while they start again.</summary>
    internal void Crash()
    {
        _only?.Crash();
        _cluster?.CrashAll();
    }

    /// <summary>Whether a process is taken for dead.</summary>
    internal bool IsGivenUp(string process) => _cluster?.Table.Contains(process) == false;

    private bool Step(long until)
    {
        if (!_agenda.TryTake(until, out var at, out var action))
            return false;
        if (at > Time.Elapsed.Ticks)
            _atThisInstant = 0;
        else if (++_atThisInstant > MaxAtOneInstant)
            throw new InvalidOperationException("The grains never come to rest: too much happens at one instant.");
        Time.AdvanceTo(Math.Max(at, Time.Elapsed.Ticks));
        action();
        return true;
    }

    /// <summary>What several processes have stored and none of them carries out yet.</summary>
    private int Unattended()
    {
        var effects = _tables.Effects == 0 ? 0
            : _tables.Rows.Values.Sum(row => row.Effects.Count(effect => !_cluster!.Processes.Any(process => process.IsUnderWay(effect.Id))));
        var due = Now - Punctuality;
        return effects + _tables.AlarmsByOwner.Values.Sum(alarms => alarms.TakeWhile(alarm => alarm.Due < due).Count(alarm => !_cluster!.Processes.Any(process => process.IsRinging(alarm))));
    }
}
