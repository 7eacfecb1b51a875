using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerService.Grains.Turns;

/// <summary>A turn whose state's type only its <see cref="GrainKind"/> knows.</summary>
public readonly record struct UntypedTurn(object State, Reply Reply, ImmutableArray<Effect> Effects);

/// <summary>One kind of grain as hosts see it: its behaviour with the state's type hidden.</summary>
public abstract class GrainKind
{
    public abstract string Name { get; }

    /// <summary>The version that <see cref="Write"/> writes.</summary>
    public abstract int StateVersion { get; }

    /// <summary>Whether index entries must be read before the first turn.</summary>
    public abstract bool IsIndexed { get; }

    public abstract object Initial(string key);

    public abstract UntypedTurn Handle(object state, Command command, DateTimeOffset now);

    public abstract byte[] Write(object state);

    /// <summary>Reads a stored state of this or any older version.</summary>
    /// <exception cref="JsonException">The stored text is not such a state.</exception>
    /// <exception cref="NotSupportedException">It was written by a newer program, or its version can't be upgraded.</exception>
    public abstract object Read(ReadOnlyMemory<byte> stored, int version);

    public abstract object Restore(object state, ImmutableArray<IndexEntry> entries);

    /// <summary>The kind with this behaviour.</summary>
    public static GrainKind Of<TBehaviour, TState>()
        where TBehaviour : IGrainBehaviour<TState>
        where TState : class =>
        new Plain<TBehaviour, TState>();

    /// <summary>The kind with this behaviour, which keeps an index.</summary>
    public static GrainKind OfIndexed<TBehaviour, TState>()
        where TBehaviour : IIndexedBehaviour<TState>
        where TState : class =>
        new Indexed<TBehaviour, TState>();

    private class Plain<TBehaviour, TState> : GrainKind
        where TBehaviour : IGrainBehaviour<TState>
        where TState : class
    {
        public override string Name => TBehaviour.Kind;

        public override int StateVersion => TBehaviour.StateVersion;

        public override bool IsIndexed => false;

        public override object Initial(string key) => TBehaviour.Initial(key);

        public override UntypedTurn Handle(object state, Command command, DateTimeOffset now)
        {
            var turn = TBehaviour.Handle((TState)state, command, now);
            return new UntypedTurn(turn.State, turn.Reply, turn.Effects.IsDefault ? [] : turn.Effects);
        }

        public override byte[] Write(object state) => JsonSerializer.SerializeToUtf8Bytes((TState)state, TBehaviour.StateJson);

        public override object Read(ReadOnlyMemory<byte> stored, int version)
        {
            if (version == StateVersion)
                return JsonSerializer.Deserialize(stored.Span, TBehaviour.StateJson) ?? throw Empty();
            if (version > StateVersion)
                throw new NotSupportedException($"A stored {Name} has version {version}; this program knows versions up to {StateVersion}. Run the newer program.");

            var node = JsonNode.Parse(stored.Span)?.AsObject() ?? throw Empty();
            for (var from = version; from < StateVersion; from++)
                node = TBehaviour.Upgrade(node, from);
            return node.Deserialize(TBehaviour.StateJson) ?? throw Empty();
        }

        public override object Restore(object state, ImmutableArray<IndexEntry> entries) => state;

        private JsonException Empty() => new($"A stored {Name} is empty.");
    }

    private sealed class Indexed<TBehaviour, TState> : Plain<TBehaviour, TState>
        where TBehaviour : IIndexedBehaviour<TState>
        where TState : class
    {
        public override bool IsIndexed => true;

        public override object Restore(object state, ImmutableArray<IndexEntry> entries) =>
            TBehaviour.Restore((TState)state, entries);
    }
}
