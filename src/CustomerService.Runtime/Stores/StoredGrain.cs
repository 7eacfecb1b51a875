using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.Turns;

namespace CustomerService.Runtime.Stores;

/// <summary>One grain as stored.</summary>
/// <param name="Version">Rises by one with each commit, from 1. A commit must name the version that it builds on.</param>
/// <param name="StateVersion">The version of the state's shape.</param>
/// <param name="State">The state as UTF-8 JSON.</param>
/// <param name="JournalSequence">How many events the grain's journal holds.</param>
/// <param name="Entries">The index entries, ordered by key; empty when they were not asked for.</param>
/// <param name="HasEffects">Whether some of its effects are not ticked off. Only a shared store says so.</param>
public sealed record StoredGrain(
    long Version, int StateVersion, ReadOnlyMemory<byte> State, long JournalSequence, ImmutableArray<IndexEntry> Entries, bool HasEffects = false);

/// <summary>The name of one committed effect: which grain wanted it, at which version, and its place in that commit.</summary>
/// <remarks>Written <c>kind/key@version.number</c>. A told command carries it as its <see cref="Command.Id"/>.</remarks>
public readonly record struct EffectId(GrainId Source, long Version, int Number)
{
    public override string ToString() => $"{Source}@{Version}.{Number}";

    /// <summary>Whether its grain wanted it earlier than another effect of the same grain.</summary>
    public bool IsBefore(EffectId later) => (Version, Number).CompareTo((later.Version, later.Number)) < 0;

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out EffectId effect)
    {
        effect = default;
        var (slash, at) = (text.IndexOf('/', StringComparison.Ordinal), text.LastIndexOf('@'));
        var dot = text.LastIndexOf('.');
        if (slash <= 0 || at <= slash + 1 || dot <= at
            || !long.TryParse(text.AsSpan(at + 1, dot - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || !int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        effect = new EffectId(new GrainId(text[..slash], text[(slash + 1)..at]), version, number);
        return true;
    }
}

/// <summary>An effect that was committed and not yet ticked off.</summary>
/// <param name="Body">The <see cref="Effect"/> as UTF-8 JSON.</param>
/// <param name="Owner">The host that carries it out; "" in a store that has one host.</param>
public readonly record struct StoredEffect(EffectId Id, ReadOnlyMemory<byte> Body, string Owner = "");

/// <summary>An alarm that waits for its time.</summary>
/// <param name="Version">The commit that set it, so that ticking off an old alarm never removes a new one of the same name.</param>
/// <param name="Body">The <see cref="Command"/> as UTF-8 JSON.</param>
public sealed record StoredAlarm(GrainId Grain, string Name, DateTimeOffset Due, long Version, ReadOnlyMemory<byte> Body);

/// <summary>One event as stored.</summary>
/// <param name="Body">The <see cref="Grains.Journal.JournalEvent"/> as UTF-8 JSON.</param>
public readonly record struct StoredEvent(long Position, GrainId Grain, long Sequence, DateTimeOffset At, ReadOnlyMemory<byte> Body);

/// <summary>How much is stored that is still to be done.</summary>
/// <param name="Effects">Effects that are not ticked off.</param>
/// <param name="AlarmsDue">Alarms whose time has come and that are not ticked off.</param>
/// <param name="AlarmsWaiting">Alarms that wait for their time.</param>
/// <param name="Parked">Commands and work that wait for an operator.</param>
public readonly record struct StoreCounts(long Effects, long AlarmsDue, long AlarmsWaiting, long Parked);
