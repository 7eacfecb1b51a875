using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues;

/// <summary>
/// A queue: people who wait, in order, and the agents who are there. Whatever happens (somebody joins, an agent is free, an offer ends, time
/// passes), it asks its <see cref="Matching.Floor"/> who gets whom, and offers that; who claims an offer in time gets the conversation.
/// </summary>
public sealed partial class QueueBehaviour : IIndexedBehaviour<QueueState>
{
    private QueueBehaviour()
    {
    }

    public static string Kind => GrainKinds.Queue;

    public static int StateVersion => 2;

    public static JsonTypeInfo<QueueState> StateJson => GrainsJson.Default.QueueState;

    public static QueueState Initial(string key) => new() { Name = key };

    // 1 → 2: agents and offers became index entries, and the last waits one record of what they taught.
    public static JsonObject Upgrade(JsonObject state, int version)
    {
        if (version != 1)
            throw new NotSupportedException($"A stored queue of version {version} has no upgrade step.");

        var lastWait = state["endedWaits"]?.AsArray().LastOrDefault()?["seconds"]?.GetValue<double>();
        return new JsonObject
        {
            ["name"] = state["name"]?.DeepClone(),
            ["lastOffer"] = state["lastOffer"]?.DeepClone(),
            ["waits"] = new JsonObject { ["lastWait"] = lastWait },
            ["unmoved"] = new JsonObject
            {
                ["agents"] = state["agents"]?.DeepClone() ?? new JsonObject(),
                ["offers"] = state["offers"]?.DeepClone() ?? new JsonObject(),
            },
        };
    }

    public static QueueState Restore(QueueState state, ImmutableArray<IndexEntry> entries) => QueueEntries.Restored(state, entries);

    public static Turn<QueueState> Handle(QueueState state, Command command, DateTimeOffset now)
    {
        var turn = new QueueTurn(state, now);
        switch (command)
        {
            case Enqueue c: Join(turn, c); break;
            case Withdraw c: Leave(turn, c.ConversationId); break;
            case AgentReady c: Note(turn, c); break;
            case ClaimOffer c: Claim(turn, c); break;
            case DeclineOffer c: Decline(turn, c); break;
            case ExpireOffer c: Expire(turn, c.OfferId); break;
            case ReviewLine: Review(turn); break;
            case FindColleagues c: FindFor(turn, c); break;
            case ConfigureQueue c: return Configure(turn, c.Policy);
            case PauseQueue c: Pause(turn, c); break;
            case ResumeQueue c: Resume(turn, c); break;
            case GetQueue: return Turn.Unchanged(state, View(state, now));
            case GetPosition c: return Turn.Unchanged(state, Position(state, c.ConversationId, now));
            case GetPositions c: return Turn.Unchanged(state, Positions(state, c.ConversationIds, now));
            case ExplainMatch c: return Turn.Unchanged(state, Explain(state, c.ConversationId, now));
            default: return Refusals.UnknownCommand(state, Kind, command);
        }

        return turn.End();
    }
}
