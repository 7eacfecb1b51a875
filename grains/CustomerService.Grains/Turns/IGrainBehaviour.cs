using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace CustomerService.Grains.Turns;

/// <summary>
/// How one kind of grain behaves: a pure function from state, command and time to a turn. It does no I/O, reads no
/// clock, throws only on a bug, and knows no host.
/// </summary>
/// <typeparam name="TState">The grain's whole state: immutable, small (tens of KB at most), stored as JSON.</typeparam>
public interface IGrainBehaviour<TState>
    where TState : class
{
    /// <summary>The kind's stored name. It is part of every address: never change it.</summary>
    static abstract string Kind { get; }

    /// <summary>The version of the stored shape. Raise it with an upgrade step and a golden file when the shape changes.</summary>
    static abstract int StateVersion { get; }

    /// <summary>How the state is written and read.</summary>
    static abstract JsonTypeInfo<TState> StateJson { get; }

    /// <summary>The state before the first command.</summary>
    static abstract TState Initial(string key);

    /// <summary>Decides one command.</summary>
    static abstract Turn<TState> Handle(TState state, Command command, DateTimeOffset now);

    /// <summary>Rewrites a stored state of version <paramref name="version"/> into the shape of version + 1.</summary>
    /// <exception cref="NotSupportedException">There is no step from that version.</exception>
    static virtual JsonObject Upgrade(JsonObject state, int version) =>
        throw new NotSupportedException($"A stored state of version {version} has no upgrade step.");
}

/// <summary>A behaviour that keeps part of what it knows as index entries beside its state.</summary>
public interface IIndexedBehaviour<TState> : IGrainBehaviour<TState>
    where TState : class
{
    /// <summary>Puts the stored entries back into the state. Called once, when the grain comes into memory.</summary>
    static abstract TState Restore(TState state, ImmutableArray<IndexEntry> entries);
}
