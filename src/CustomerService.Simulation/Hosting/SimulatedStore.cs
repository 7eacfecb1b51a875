using System.Collections.Immutable;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;

namespace CustomerService.Simulation.Hosting;

/// <summary>Keeps grains in memory and answers at once, on the caller's thread. It fails never; faults are put around it.</summary>
/// <param name="keepsJournal">Whether events can be read again. What they tell as they happen does not depend on it.</param>
/// <param name="owner">The process that commits by it; "" when there is one.</param>
internal sealed partial class SimulatedStore(SimulatedTables tables, HeldObjects held, bool keepsJournal, string owner = "") : ISharedGrainStore
{
    public string Owner => owner;

    public ValueTask<CommitOutcome> CommitAsync(GrainCommit commit)
    {
        var row = tables.Rows.GetValueOrDefault(commit.Grain);
        if ((row?.Version ?? 0) != commit.ExpectedVersion)
        {
            LetGo(commit);
            return new(CommitOutcome.Conflict);
        }

        if (commit.Erases != Erasure.None)
            Empty(commit.Grain, vanishes: commit.Erases == Erasure.Grain);
        if (commit.Erases == Erasure.Grain)
        {
            held.LetGo(commit.State.Span);
            Remove(commit.Grain, row!);
            return new(CommitOutcome.Committed(0));
        }

        if (row is null)
            tables.Rows.Add(commit.Grain, row = new SimulatedRow());
        else
            held.LetGo(row.State.Span);
        (row.Version, row.StateVersion, row.State) = (commit.NewVersion, commit.StateVersion, commit.State);
        row.JournalSequence += commit.Events.Length;
        for (var number = 0; number < commit.Effects.Length; number++)
            row.Effects.Add(new StoredEffect(new EffectId(commit.Grain, commit.NewVersion, number), commit.Effects[number], owner));
        tables.Effects += commit.Effects.Length;
        foreach (var change in commit.Alarms)
            Change(row, commit, change);
        foreach (var (key, payload) in commit.Entries)
        {
            row.Entries ??= new SortedDictionary<string, string>(StringComparer.Ordinal);
            if (payload is null)
                row.Entries.Remove(key);
            else
                row.Entries[key] = payload;
        }

        return new(CommitOutcome.Committed(Append(commit)));
    }

    public Task FinishAsync(EffectId effect)
    {
        if (!tables.Rows.TryGetValue(effect.Source, out var row))
            return Task.CompletedTask;
        var effects = row.Effects;
        var index = effects.FindIndex(stored => stored.Id == effect);
        if (index >= 0)
        {
            held.LetGo(effects[index].Body.Span);
            effects.RemoveAt(index);
            tables.Effects--;
        }

        return Task.CompletedTask;
    }

    public Task FinishAsync(StoredAlarm alarm)
    {
        if (tables.Rows.TryGetValue(alarm.Grain, out var row) && row.Alarms.TryGetValue(alarm.Name, out var stored) && stored.Alarm.Version == alarm.Version)
            Remove(row, stored);
        return Task.CompletedTask;
    }

    public Task ParkAsync(ParkedItem item)
    {
        // Parked things are for people to read, so here they are always JSON.
        var body = Runtime.Turns.GrainFormat.Default.Write((Effect)held.Get(item.Body.Span));
        var parked = ParkedItem.Of(item.Grain, body, item.Reason, item.At);
        held.LetGo(item.Body.Span);
        tables.Parked.RemoveAll(other => other.Id == parked.Id);
        tables.Parked.Add(parked);
        return Task.CompletedTask;
    }

    public Task UnparkAsync(string id)
    {
        tables.Parked.RemoveAll(item => item.Id == id);
        return Task.CompletedTask;
    }

    public Task FlushAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Forgets what a commit that was not written brought along.</summary>
    internal void LetGo(GrainCommit commit)
    {
        held.LetGo(commit.State.Span);
        foreach (var body in commit.Effects)
            held.LetGo(body);
        foreach (var body in commit.Events)
            held.LetGo(body);
        foreach (var alarm in commit.Alarms)
        {
            if (alarm.Body is { } body)
                held.LetGo(body);
        }
    }

    private long Append(GrainCommit commit)
    {
        if (commit.Events.IsEmpty)
            return 0;
        var first = tables.Position + 1;
        var sequence = commit.JournalSequence;
        foreach (var body in commit.Events)
        {
            tables.Position++;
            if (keepsJournal)
                tables.Journal.Add(new StoredEvent(tables.Position, commit.Grain, ++sequence, StoredTime.Cut(commit.At), body));
            else
                held.LetGo(body);
        }

        return first;
    }

    private void Change(SimulatedRow row, GrainCommit commit, AlarmChange change)
    {
        if (row.Alarms.TryGetValue(change.Name, out var old))
            Remove(row, old);
        if (change.Body is not { } body)
            return;
        var alarm = new StoredAlarm(commit.Grain, change.Name, change.Due, commit.NewVersion, body);
        row.Alarms.Add(change.Name, (alarm, owner));
        tables.AlarmsOf(owner).Add(alarm);
    }

    private void Remove(SimulatedRow row, (StoredAlarm Alarm, string Owner) stored)
    {
        held.LetGo(stored.Alarm.Body.Span);
        row.Alarms.Remove(stored.Alarm.Name);
        tables.AlarmsOf(stored.Owner).Remove(stored.Alarm);
    }
}
