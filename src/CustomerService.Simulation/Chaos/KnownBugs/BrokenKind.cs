using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Simulation.Chaos.KnownBugs;

/// <summary>A kind of grain that handles some commands wrongly.</summary>
/// <param name="handle">Given the kind, what to do.</param>
internal sealed class BrokenKind(GrainKind kind, Func<GrainKind, object, Command, DateTimeOffset, UntypedTurn> handle) : GrainKind
{
    public override string Name => kind.Name;

    public override int StateVersion => kind.StateVersion;

    public override bool IsIndexed => kind.IsIndexed;

    public override object Initial(string key) => kind.Initial(key);

    public override UntypedTurn Handle(object state, Command command, DateTimeOffset now) => handle(kind, state, command, now);

    public override byte[] Write(object state) => kind.Write(state);

    public override object Read(ReadOnlyMemory<byte> stored, int version) => kind.Read(stored, version);

    public override object Restore(object state, ImmutableArray<IndexEntry> entries) => kind.Restore(state, entries);
}
