using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Bench.Simulation;

/// <summary>Keeps every command that its grains handle, so that the same can be handled again without a runtime.</summary>
internal sealed class RecordingKind(GrainKind kind, List<HandledCommand> handled) : GrainKind
{
    public override string Name => kind.Name;

    public override int StateVersion => kind.StateVersion;

    public override bool IsIndexed => kind.IsIndexed;

    public override object Initial(string key) => new Keyed(key, kind.Initial(key));

    public override UntypedTurn Handle(object state, Command command, DateTimeOffset now)
    {
        var (key, inner) = (Keyed)state;
        handled.Add(new HandledCommand(kind, key, command, now));
        var turn = kind.Handle(inner, command, now);
        return turn with { State = ReferenceEquals(turn.State, inner) ? state : new Keyed(key, turn.State) };
    }

    public override byte[] Write(object state) => kind.Write(((Keyed)state).State);

    public override object Read(ReadOnlyMemory<byte> stored, int version) => throw new NotSupportedException("Grains of this run stay in memory.");

    public override object Restore(object state, ImmutableArray<IndexEntry> entries) => state;

    private sealed record Keyed(string Key, object State);
}

/// <summary>One command that a grain handled, and when.</summary>
internal readonly record struct HandledCommand(GrainKind Kind, string Key, Command Command, DateTimeOffset Now);
