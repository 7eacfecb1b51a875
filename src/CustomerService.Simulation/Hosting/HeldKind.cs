using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Simulation.Hosting;

/// <summary>A kind of grain whose states are held as objects. When one is read again, it is now and then really written as JSON and read back.</summary>
/// <param name="isRewritten">Decides, at each reading, whether it goes through JSON.</param>
internal sealed class HeldKind(GrainKind kind, HeldObjects held, Func<bool> isRewritten) : GrainKind
{
    public override string Name => kind.Name;

    public override int StateVersion => kind.StateVersion;

    public override bool IsIndexed => kind.IsIndexed;

    public override object Initial(string key) => kind.Initial(key);

    public override UntypedTurn Handle(object state, Command command, DateTimeOffset now) => kind.Handle(state, command, now);

    public override byte[] Write(object state) => held.Hold(state);

    public override object Read(ReadOnlyMemory<byte> stored, int version)
    {
        var state = held.Get(stored.Span);
        if (!isRewritten())
            return state;

        var written = kind.Write(state);
        var read = kind.Read(written, kind.StateVersion);
        return kind.Write(read).AsSpan().SequenceEqual(written)
            ? read
            : throw new InvalidOperationException($"A stored {kind.Name} changes when it is read and written again.");
    }

    public override object Restore(object state, ImmutableArray<IndexEntry> entries) => kind.Restore(state, entries);
}
