using System.Collections.Immutable;
using System.Diagnostics;
using CustomerService.Grains.Turns;

namespace CustomerService.Bench.Profile;

/// <summary>A kind of grain as it is, timed.</summary>
internal sealed class TimedKind(GrainKind inner, StageTimes times) : GrainKind
{
    public const string Deciding = "grains decide";
    public const string WritingState = "states to JSON";

    public override string Name => inner.Name;

    public override int StateVersion => inner.StateVersion;

    public override bool IsIndexed => inner.IsIndexed;

    public override object Initial(string key) => inner.Initial(key);

    public override UntypedTurn Handle(object state, Command command, DateTimeOffset now)
    {
        var started = Stopwatch.GetTimestamp();
        var turn = inner.Handle(state, command, now);
        times.AddSince(Deciding, started);
        return turn;
    }

    public override byte[] Write(object state)
    {
        var started = Stopwatch.GetTimestamp();
        var written = inner.Write(state);
        times.AddSince(WritingState, started);
        return written;
    }

    public override object Read(ReadOnlyMemory<byte> stored, int version) => inner.Read(stored, version);

    public override object Restore(object state, ImmutableArray<IndexEntry> entries) => inner.Restore(state, entries);
}
