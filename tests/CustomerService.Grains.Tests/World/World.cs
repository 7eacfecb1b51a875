using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.World;

/// <summary>
/// All grains together, with nothing between them but what a host promises: a turn's state and effects are one atomic write; told
/// commands of one grain arrive in order, at least once; outside work and alarms happen at least once; grains are stored and read again.
/// </summary>
internal sealed class World
{
    private readonly Dictionary<GrainId, object> states = [];
    private readonly Dictionary<GrainId, Dictionary<string, string>> entries = [];
    private readonly Dictionary<GrainId, Outbox> outboxes = [];

    public DateTimeOffset Now { get; set; } = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Every event in the order of commits.</summary>
    public List<(GrainId Grain, JournalEvent Event)> Journal { get; } = [];

    /// <summary>Outside work asked for and not ticked off.</summary>
    public List<(GrainId Origin, Work Work)> Works { get; } = [];

    public Dictionary<(GrainId Grain, string Alarm), (DateTimeOffset At, Command Command)> Alarms { get; } = [];

    /// <summary>The grains that have something to tell.</summary>
    public IReadOnlyList<GrainId> Tellers => [.. outboxes.Where(each => each.Value.Delivered < each.Value.Tells.Count).Select(each => each.Key)];

    public IEnumerable<GrainId> Grains => states.Keys;

    public TState State<TState>(GrainId id) => (TState)StateOf(id);

    public IEnumerable<TState> All<TState>() => states.Values.OfType<TState>();

    public Reply Ask(GrainId id, Command command)
    {
        var before = StateOf(id);
        var turn = GrainCatalog.Find(id.Kind).Handle(before, command, Now);
        states[id] = turn.State;
        foreach (var effect in turn.Effects)
            Commit(id, effect);
        if (before is AgentState agentBefore && turn.State is AgentState agentAfter)
            WorldInvariants.CapacityHolds(agentBefore, agentAfter);
        return turn.Reply;
    }

    /// <summary>Delivers the next command that the grain tells.</summary>
    public void Deliver(GrainId teller)
    {
        var outbox = outboxes[teller];
        var (tell, number) = (outbox.Tells[outbox.Delivered], outbox.Delivered);
        outbox.Delivered++;
        var reply = Ask(tell.To, tell.Command with { Id = $"{teller}#{number}" });
        Assert.False(reply is Refused, $"{tell.To} refused {tell.Command}: {reply}");
    }

    /// <summary>What was delivered is durably ticked off.</summary>
    public void Tick(GrainId teller) => outboxes[teller].Ticked = outboxes[teller].Delivered;

    /// <summary>The grain's host dies: what is not ticked off is told again, and the grain is read from the store.</summary>
    public void Crash(GrainId id)
    {
        if (outboxes.TryGetValue(id, out var outbox))
            outbox.Delivered = outbox.Ticked;
        var kind = GrainCatalog.Find(id.Kind);
        var stored = kind.Read(kind.Write(StateOf(id)), kind.StateVersion);
        states[id] = kind.Restore(stored, [.. entries.GetValueOrDefault(id, []).Select(entry => new IndexEntry(entry.Key, entry.Value))]);
    }

    /// <summary>Fires the alarms that are due, each <paramref name="times"/> times.</summary>
    public void FireDueAlarms(int times)
    {
        foreach (var (key, alarm) in Alarms.Where(each => each.Value.At <= Now).OrderBy(each => each.Value.At).ToList())
        {
            Alarms.Remove(key);
            for (var i = 0; i < times; i++)
                Ask(key.Grain, alarm.Command);
        }
    }

    private object StateOf(GrainId id)
    {
        if (!states.TryGetValue(id, out var state))
            states[id] = state = GrainCatalog.Find(id.Kind).Initial(id.Key);
        return state;
    }

    private void Commit(GrainId id, Effect effect)
    {
        switch (effect)
        {
            case Tell tell:
                if (!outboxes.TryGetValue(id, out var outbox))
                    outboxes[id] = outbox = new Outbox();
                outbox.Tells.Add(tell);
                break;
            case Perform perform:
                Works.Add((id, perform.Work));
                break;
            case Wake wake:
                Alarms[(id, wake.Alarm)] = (wake.At, wake.Command);
                break;
            case CancelWake cancel:
                Alarms.Remove((id, cancel.Alarm));
                break;
            case Record record:
                Journal.Add((id, record.Event));
                break;
            case PutEntry put:
                if (!entries.TryGetValue(id, out var index))
                    entries[id] = index = [];
                index[put.Key] = put.Payload;
                break;
            case RemoveEntry remove:
                entries[id].Remove(remove.Key);
                break;
            default:
                throw new NotSupportedException($"The world does not know {effect}.");
        }
    }

    private sealed class Outbox
    {
        public List<Tell> Tells { get; } = [];

        public int Delivered { get; set; }

        public int Ticked { get; set; }
    }
}
