using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Runtime.Stores;

/// <summary>Everything that one or more turns of a grain change, to be written whole or not at all.</summary>
/// <param name="ExpectedVersion">The version that the turns were handled on; 0 when the grain was never stored.</param>
/// <param name="StateVersion">The version of the state's shape.</param>
/// <param name="State">The state after the last turn, as UTF-8 JSON.</param>
/// <param name="JournalSequence">The number of events in the grain's journal before this commit.</param>
/// <param name="Events">Events to append, as UTF-8 JSON, in order.</param>
/// <param name="At">When the turns ran.</param>
/// <param name="Effects">Effects to carry out, as UTF-8 JSON; the effect at index n is <see cref="EffectId"/> number n.</param>
/// <param name="Alarms">Alarms to set (or, with no body, to forget), at most one per name.</param>
/// <param name="Entries">Index entries to put (or, with no payload, to remove), at most one per key.</param>
public sealed record GrainCommit(
    GrainId Grain,
    long ExpectedVersion,
    int StateVersion,
    ReadOnlyMemory<byte> State,
    long JournalSequence,
    DateTimeOffset At,
    ImmutableArray<byte[]> Events,
    ImmutableArray<byte[]> Effects,
    ImmutableArray<AlarmChange> Alarms,
    ImmutableArray<EntryChange> Entries)
{
    /// <summary>What of the grain goes that was stored before. All of it is in this commit: it is gone when the commit is durable, and there when it is not.</summary>
    public Erasure Erases { get; init; }

    /// <summary>The grain's version once committed.</summary>
    public long NewVersion => ExpectedVersion + 1;

    /// <summary>About how many bytes it writes, by which stores bound their groups.</summary>
    public long Size => State.Length + Events.Sum(e => (long)e.Length) + Effects.Sum(e => (long)e.Length);
}

/// <summary>What a commit does away with of what its grain had stored.</summary>
public enum Erasure
{
    None,

    /// <summary>
    /// The body of each event up to <see cref="GrainCommit.JournalSequence"/> becomes <see cref="ErasedEvents.Body"/>; its position, sequence and time stay.
    /// </summary>
    Journal,

    /// <summary>
    /// Everything: state, effects, alarms, entries. Each event becomes one of <see cref="ErasedEvents.Grain"/>, its sequence being its position. The commit has nothing else, and is of a
    /// grain that was stored.
    /// </summary>
    Grain,
}

/// <param name="Body">The <see cref="Command"/> as UTF-8 JSON; null forgets the alarm.</param>
public readonly record struct AlarmChange(string Name, DateTimeOffset Due, byte[]? Body);

/// <param name="Payload">JSON; null removes the entry.</param>
public readonly record struct EntryChange(string Key, string? Payload);

/// <summary>What came of a commit.</summary>
/// <param name="IsCommitted">False when the grain's stored version was another: nothing was written; load again.</param>
/// <param name="FirstPosition">The first event's place in the whole journal; the others follow without gaps. 0 when there were none.</param>
public readonly record struct CommitOutcome(bool IsCommitted, long FirstPosition)
{
    public static CommitOutcome Conflict => default;

    public static CommitOutcome Committed(long firstPosition) => new(true, firstPosition);
}
