using System.Text.Json.Serialization;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Journal;

/// <summary>Something that happened, in the past tense, never changed afterwards but by being erased. Each grain's folder adds its own events.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(Emptied), "runtime.emptied")]
public abstract partial record JournalEvent;

/// <summary>Something happened here, and what it was is erased.</summary>
public sealed record Emptied : JournalEvent;

/// <summary>One event in the journal.</summary>
/// <param name="Position">Its place in the whole journal, from 1, rising, perhaps with gaps.</param>
/// <param name="Grain">The grain that it happened to.</param>
/// <param name="Sequence">Its place in that grain's own journal, from 1, without gaps.</param>
/// <param name="At">When the turn ran.</param>
/// <param name="Event">What happened.</param>
public sealed record JournalEntry(long Position, GrainId Grain, long Sequence, DateTimeOffset At, JournalEvent Event);
