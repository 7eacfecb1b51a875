using System.Collections.Immutable;

namespace CustomerService.Grains.Turns;

/// <summary>What came of one command: the new state, the answer, and what is to be done.</summary>
public readonly record struct Turn<TState>(TState State, Reply Reply, ImmutableArray<Effect> Effects);

/// <summary>Short ways to write a turn.</summary>
public static class Turn
{
    /// <summary>A turn that changes the state and wants the effects, in this order.</summary>
    public static Turn<TState> Of<TState>(TState state, Reply reply, params ImmutableArray<Effect> effects) =>
        new(state, reply, effects);

    /// <summary>A turn that changes nothing: a query, a refusal, a duplicate.</summary>
    public static Turn<TState> Unchanged<TState>(TState state, Reply reply) => new(state, reply, []);
}
