using System.Collections.Frozen;
using System.Text.Json;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;
using Microsoft.Extensions.Logging;

namespace CustomerService.Runtime.Turns;

/// <summary>What every activation of a host shares.</summary>
public sealed class TurnEnvironment(
    IEnumerable<GrainKind> kinds,
    IGrainStore store,
    GrainFormat format,
    JournalFeed feed,
    TimeProvider time,
    ILogger logger)
{
    private readonly FrozenDictionary<string, GrainKind> byName = kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);
    private long conflicts;

    public IGrainStore Store => store;

    public GrainFormat Format => format;

    public JournalFeed Feed => feed;

    public TimeProvider Time => time;

    /// <summary>How soon the host's grains answer. The host counts each call there when it is answered.</summary>
    public CallFigures Calls { get; } = new(time);

    /// <summary>How many commits lost to another writer of the same grain since the host was made.</summary>
    public long Conflicts => Interlocked.Read(ref conflicts);

    /// <summary>
    /// Whether another activation of a grain may act elsewhere at the same time, as in a cluster for a short while after a failure. Then a
    /// turn that changes nothing, and so is not checked by the store, first makes sure that it looked at the latest state. Default false.
    /// </summary>
    public bool HasOtherHosts { get; init; }

    /// <summary>Set in a host that shares its store with others; then <see cref="HasOtherHosts"/> is to be true as well.</summary>
    public StoreSharing? Sharing { get; init; }

    internal ILogger Logger => logger;

    internal StepReached? Reached { get; init; }

    public bool Knows(string kind) => byName.ContainsKey(kind);

    /// <exception cref="ArgumentException">Nobody can be addressed by this id: the kind is unknown, or the key is empty, too long or has control characters.</exception>
    public GrainKind KindOf(GrainId id)
    {
        if (!byName.TryGetValue(id.Kind, out var kind))
            throw new ArgumentException($"There is no grain of kind '{id.Kind}'; known are {string.Join(", ", byName.Keys.Order(StringComparer.Ordinal))}.", nameof(id));
        if (string.IsNullOrEmpty(id.Key) || id.Key.Length > GrainId.MaxKeyLength)
            throw new ArgumentException($"A grain's key has 1 to {GrainId.MaxKeyLength} characters; this one has {id.Key?.Length ?? 0}.", nameof(id));
        foreach (var character in id.Key.EnumerateRunes())
        {
            if (System.Text.Rune.IsControl(character) || character == System.Text.Rune.ReplacementChar)
                throw new ArgumentException("A grain's key is readable text: it has no control characters and no broken ones.", nameof(id));
        }

        return kind;
    }

    internal void CountConflict()
    {
        RuntimeInstruments.Conflicts.Add(1);
        Interlocked.Increment(ref conflicts);
    }

    /// <summary>Keeps a command or work that failed for an operator.</summary>
    /// <exception cref="StoreUnavailableException">It could not be kept.</exception>
    /// <exception cref="NotSupportedException">It has no stored form.</exception>
    internal async ValueTask<ParkedItem> ParkAsync(GrainId grain, Effect effect, Exception fault)
    {
        var item = ParkedItem.Of(grain, format.Write(effect), $"{fault.GetType().Name}: {fault.Message}", time.GetUtcNow());
        await store.ParkAsync(item);
        RuntimeInstruments.ParkedTotal.Add(1);
        logger.LogError(fault, "Parked {ParkedId} of {Grain}: {Reason}", item.Id, grain, item.Reason);
        return item;
    }

    /// <summary>The effect, ready to be carried out; null (and logged) when this program can't read it. It stays stored then.</summary>
    internal PendingEffect? Read(StoredEffect stored)
    {
        try
        {
            return new PendingEffect(stored.Id, format.ReadEffect(stored.Body));
        }
        catch (JsonException fault)
        {
            logger.LogError(fault, "Effect {Effect} can't be read, and stays stored until a program that can is started", stored.Id);
            return null;
        }
    }
}
