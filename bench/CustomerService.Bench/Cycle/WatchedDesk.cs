using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Turns;

namespace CustomerService.Bench.Cycle;

/// <summary>The agent's kind of grain as it is, telling of each offer that reached the desk: agents see theirs on a screen.</summary>
internal sealed class WatchedDesk(GrainKind inner, Action<AgentOffer, string> onOffer) : GrainKind
{
    public override string Name => inner.Name;

    public override int StateVersion => inner.StateVersion;

    public override bool IsIndexed => inner.IsIndexed;

    public override object Initial(string key) => inner.Initial(key);

    public override UntypedTurn Handle(object state, Command command, DateTimeOffset now)
    {
        var turn = inner.Handle(state, command, now);
        if (command is ReceiveOffer { OfferId: var id } && turn.State is AgentState desk && desk.Offers.FirstOrDefault(offer => offer.OfferId == id) is { } offer)
            onOffer(offer, desk.Id);
        return turn;
    }

    public override byte[] Write(object state) => inner.Write(state);

    public override object Read(ReadOnlyMemory<byte> stored, int version) => inner.Read(stored, version);

    public override object Restore(object state, ImmutableArray<IndexEntry> entries) => inner.Restore(state, entries);
}
