using System.Collections.Immutable;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;

namespace CustomerService.Runtime.Turns;

/// <summary>What the turns of one batch add up to, until it is committed.</summary>
internal sealed class TurnDraft(GrainId grain, object state, long version, long sequence, DateTimeOffset now)
{
    private readonly List<PendingEffect> effects = [];
    private readonly List<byte[]> effectBodies = [];
    private readonly List<JournalEvent> events = [];
    private readonly List<byte[]> eventBodies = [];
    private readonly Dictionary<string, AlarmChange> alarms = [];
    private readonly Dictionary<string, EntryChange> entries = [];

    private readonly List<EffectId> tells = [];

    public object State { get; private set; } = state;

    /// <summary>When the turns run.</summary>
    public DateTimeOffset At => now;

    /// <summary>The last of each other grain's tells that these turns handle, where that is kept.</summary>
    public IReadOnlyCollection<EffectId> Heard => tells;

    public bool HasChanges { get; private set; }

    /// <summary>What the turn does away with of what was stored before it; such a turn is alone in its draft.</summary>
    public Erasure Erases { get; private set; }

    public long NewVersion => version + 1;

    public ReadOnlySpan<PendingEffect> Effects => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(effects);

    public IEnumerable<DateTimeOffset> AlarmTimes => alarms.Values.Where(alarm => alarm.Body is not null).Select(alarm => alarm.Due);

    public int EventCount => events.Count;

    /// <summary>Whether these turns handle this tell of another grain, or a later one.</summary>
    public bool Knows(EffectId tell) => tells.Exists(other => other.Source == tell.Source && !other.IsBefore(tell));

    /// <summary>Adds one turn, or throws and adds nothing of it.</summary>
    /// <param name="tell">The other grain's tell that it handles, if it is to be known.</param>
    public void Add(UntypedTurn turn, TurnEnvironment environment, EffectId? tell)
    {
        if (turn.Effects.IsEmpty && ReferenceEquals(turn.State, State))
            return;

        if (turn.Effects.Length > 1 && turn.Effects.Any(effect => effect is Vanish))
            throw new InvalidOperationException($"A turn of {grain} vanishes and wants something else besides; nothing would be left that wants it.");

        // Everything that can fail (a command that has no stored form, a grain that can't exist) comes first.
        var written = new byte[]?[turn.Effects.Length];
        for (var index = 0; index < written.Length; index++)
            written[index] = Write(turn.Effects[index], environment);

        for (var index = 0; index < written.Length; index++)
            Add(turn.Effects[index], written[index]);
        State = turn.State;
        HasChanges = true;
        if (tell is not { } handled)
            return;
        tells.RemoveAll(other => other.Source == handled.Source);
        tells.Add(handled);
    }

    public GrainCommit ToCommit(GrainKind kind, HeardTells? heard) => new(
        grain, version, kind.StateVersion, kind.Write(State), sequence, now,
        [.. eventBodies], [.. effectBodies], [.. alarms.Values], [.. entries.Values, .. heard?.Changes(tells, now) ?? []])
    {
        Erases = Erases,
    };

    public IEnumerable<JournalEntry> Entries(long firstPosition)
    {
        for (var index = 0; index < events.Count; index++)
            yield return new JournalEntry(firstPosition + index, grain, sequence + 1 + index, StoredTime.Cut(now), events[index]);
    }

    private static byte[]? Write(Effect effect, TurnEnvironment environment)
    {
        switch (effect)
        {
            case Tell tell:
                _ = environment.KindOf(tell.To);
                return environment.Format.Write(effect);
            case Perform:
                return environment.Format.Write(effect);
            case Wake wake:
                return environment.Format.Write(wake.Command);
            case Record record:
                return environment.Format.Write(record.Event);
            default:
                return null;
        }
    }

    private void Add(Effect effect, byte[]? body)
    {
        switch (effect)
        {
            case Tell or Perform:
                effects.Add(new PendingEffect(new EffectId(grain, NewVersion, effects.Count), effect));
                effectBodies.Add(body!);
                break;
            case Wake wake:
                alarms[wake.Alarm] = new AlarmChange(wake.Alarm, StoredTime.NotBefore(wake.At), body);
                break;
            case CancelWake cancel:
                alarms[cancel.Alarm] = new AlarmChange(cancel.Alarm, default, null);
                break;
            case Record record:
                events.Add(record.Event);
                eventBodies.Add(body!);
                break;
            case PutEntry put:
                entries[put.Key] = new EntryChange(put.Key, put.Payload);
                break;
            case RemoveEntry remove:
                entries[remove.Key] = new EntryChange(remove.Key, null);
                break;
            case EmptyJournal:
                Erases = Erasure.Journal;
                break;
            case Vanish:
                Erases = Erasure.Grain;
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"An effect of type {effect.GetType().Name} has no place in a commit.");
        }
    }
}
