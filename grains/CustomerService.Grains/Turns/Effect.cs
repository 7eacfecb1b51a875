using System.Text.Json.Serialization;
using CustomerService.Grains.Journal;

namespace CustomerService.Grains.Turns;

/// <summary>
/// What a turn wants done beyond its own state. Effects are data; they are committed together with the state and
/// carried out afterwards, at least once, so whatever receives them is idempotent.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(Tell), "tell")]
[JsonDerivedType(typeof(Perform), "perform")]
[JsonDerivedType(typeof(Wake), "wake")]
[JsonDerivedType(typeof(CancelWake), "cancel_wake")]
[JsonDerivedType(typeof(Record), "record")]
[JsonDerivedType(typeof(PutEntry), "put_entry")]
[JsonDerivedType(typeof(RemoveEntry), "remove_entry")]
[JsonDerivedType(typeof(EmptyJournal), "empty_journal")]
[JsonDerivedType(typeof(Vanish), "vanish")]
public abstract record Effect;

/// <summary>Tell another grain. Told commands from one grain arrive in the order in which they were told.</summary>
public sealed record Tell(GrainId To, Command Command) : Effect;

/// <summary>Do outside work (run the pipeline, call a CRM). Its result comes back as a command to this grain.</summary>
/// <param name="Work">What to do.</param>
/// <param name="Priority">Higher goes first where workers are scarce; 0 is normal.</param>
public sealed record Perform(Work Work, int Priority = 0) : Effect;

/// <summary>Wake this grain with a command at a time, across restarts. A second wake of the same name replaces the first.</summary>
public sealed record Wake(string Alarm, DateTimeOffset At, Command Command) : Effect;

/// <summary>Forget the named alarm; nothing happens when there is none.</summary>
public sealed record CancelWake(string Alarm) : Effect;

/// <summary>Append an event to this grain's journal.</summary>
public sealed record Record(JournalEvent Event) : Effect;

/// <summary>
/// Put an entry into this grain's own index, or replace the one with the same key. The index holds what can grow without
/// bound (a queue's waiting line), so that the state that each turn rewrites stays small.
/// </summary>
/// <param name="Key">Unique within the grain.</param>
/// <param name="Payload">The entry as JSON, read back by <see cref="IIndexedBehaviour{TState}.Restore"/>.</param>
public sealed record PutEntry(string Key, string Payload) : Effect;

/// <summary>Remove an entry from this grain's own index; nothing happens when there is none.</summary>
public sealed record RemoveEntry(string Key) : Effect;

/// <summary>
/// Empty this grain's journal: of what was recorded before this turn, each event becomes <see cref="Emptied"/>. Positions, sequences and times stay, so that no
/// reader stumbles and no place is given twice. What this turn records stays.
/// </summary>
public sealed record EmptyJournal : Effect;

/// <summary>
/// Leave nothing of this grain, not even its key: for grains whose key tells who somebody is. State, entries and alarms go; its events become
/// <see cref="Emptied"/> of no grain. The next command finds it as if it had never been.
/// </summary>
/// <remarks>
/// The turn may want nothing else. Only kinds that tell nobody, want no outside work and set no alarms may vanish: their versions begin anew, and effects and
/// alarms are known by their versions.
/// </remarks>
public sealed record Vanish : Effect;

/// <summary>One entry of a grain's index, as stored.</summary>
public readonly record struct IndexEntry(string Key, string Payload);

/// <summary>Outside work that a grain asks for. Who does it is found by type, in the runtime's table of performers.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
public abstract partial record Work;
