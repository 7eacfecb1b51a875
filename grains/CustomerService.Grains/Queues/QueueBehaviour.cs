using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues;

/// <summary>
/// A queue: people who wait, in order, and the agents who are ready for them. Whenever somebody waits and an agent has a free
/// unit, the first is offered to the agent; who claims the offer in time gets the conversation.
/// </summary>
public sealed partial class QueueBehaviour : IIndexedBehaviour<QueueState>
{
    /// <summary>How many of the first in line a view shows.</summary>
    public const int HeadLength = 20;

    /// <summary>A priority over this one counts as high.</summary>
    public const int NormalPriority = 5;

    private QueueBehaviour()
    {
    }

    public static string Kind => GrainKinds.Queue;

    public static int StateVersion => 1;

    public static JsonTypeInfo<QueueState> StateJson => GrainsJson.Default.QueueState;

    public static QueueState Initial(string key) => new() { Name = key };

    public static QueueState Restore(QueueState state, ImmutableArray<IndexEntry> entries)
    {
        var waiting = entries.OrEmpty().Select(Read);
        var offers = state.Offers.Select(offer => KeyValuePair.Create(offer.Value.ConversationId, offer.Key));
        return state with { Line = WaitingLine.Of(waiting, offers) };
    }

    public static Turn<QueueState> Handle(QueueState state, Command command, DateTimeOffset now) => command switch
    {
        Enqueue c => Join(state, c, now),
        Withdraw c => Leave(state, c.ConversationId, now),
        AgentReady c => Note(state, c, now),
        ClaimOffer c => Claim(state, c, now),
        DeclineOffer c => Decline(state, c, now),
        ExpireOffer c => Expire(state, c.OfferId, now),
        GetQueue => Turn.Unchanged(state, View(state)),
        GetPosition c => Turn.Unchanged(state, Position(state, c.ConversationId)),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    private static Turn<QueueState> Join(QueueState state, Enqueue enqueue, DateTimeOffset now)
    {
        var old = state.Line.Find(enqueue.ConversationId);
        var skills = enqueue.Skills.OrEmpty();
        var waiting = old is null
            ? new WaitingConversation(enqueue.ConversationId, enqueue.Priority, enqueue.Since, skills, Offers: 0)
            : old with { Priority = enqueue.Priority, Since = old.Since < enqueue.Since ? old.Since : enqueue.Since, Skills = skills };
        if (old is not null && old.Priority == waiting.Priority && old.Since == waiting.Since && old.Skills.OrEmpty().SequenceEqual(skills))
            return Turn.Unchanged(state, Reply.Done);

        var line = state.Line.Put(waiting);
        if (old is null)
            line = line.Put(waiting = waiting with { JoinedAtPlace = line.PlaceOf(waiting.ConversationId) });

        var effects = ImmutableArray.CreateBuilder<Effect>();
        effects.Add(Entry(waiting));
        effects.Add(new Record(new ConversationEnqueued(waiting.ConversationId, waiting.Priority)));
        return Matched(state with { Line = line }, effects, now);
    }

    private static Turn<QueueState> Leave(QueueState state, string conversationId, DateTimeOffset now)
    {
        if (state.Line.Find(conversationId) is null)
            return Turn.Unchanged(state, Reply.Done);

        var effects = ImmutableArray.CreateBuilder<Effect>();
        if (state.Line.OfferOf(conversationId) is { } offerId)
        {
            state = EndOffer(state, offerId, "rescinded", "the conversation left the line", effects);
            effects.Add(new CancelWake(AlarmOf(offerId)));
        }

        effects.Add(new RemoveEntry(conversationId));
        effects.Add(new Record(new ConversationWithdrawn(conversationId)));
        return Matched(state with { Line = state.Line.Remove(conversationId) }, effects, now);
    }

    private static Turn<QueueState> Note(QueueState state, AgentReady ready, DateTimeOffset now)
    {
        if (ready.FreeUnits <= 0)
        {
            return state.Agents.ContainsKey(ready.AgentId)
                ? Turn.Of(state with { Agents = state.Agents.Remove(ready.AgentId) }, Reply.Done)
                : Turn.Unchanged(state, Reply.Done);
        }

        var agent = new ReadyAgent(ready.FreeUnits, ready.Skills.OrEmpty(), ready.IdleSince, ready.SeenOffer);
        var known = state.Agents.GetValueOrDefault(ready.AgentId);
        var same = known is not null && known.Skills.OrEmpty().SequenceEqual(agent.Skills) && known == agent with { Skills = known.Skills };
        var next = same ? state : state with { Agents = state.Agents.SetItem(ready.AgentId, agent) };
        return Matched(next, ImmutableArray.CreateBuilder<Effect>(), now);
    }

    private static QueueView View(QueueState state)
    {
        var high = state.Line.CountOver(NormalPriority);
        var free = FreeUnits(state);
        return new QueueView(
            state.Name,
            state.Line.Count,
            ImmutableDictionary.CreateRange([KeyValuePair.Create("high", high), KeyValuePair.Create("normal", state.Line.Count - high)]),
            state.Line.OldestSince(),
            free.Count(agent => agent.Value > 0),
            free.Sum(agent => Math.Max(0, agent.Value)),
            WaitEstimate.ForPlace(state.EndedWaits, state.Line.Count + 1),
            state.Line.Head(HeadLength));
    }

    private static QueuePosition Position(QueueState state, string conversationId)
    {
        var place = state.Line.PlaceOf(conversationId);
        return new QueuePosition(place, state.Line.Count, WaitEstimate.ForPlace(state.EndedWaits, place));
    }

    private static PutEntry Entry(WaitingConversation waiting) =>
        new(waiting.ConversationId, JsonSerializer.Serialize(waiting, GrainsJson.Default.WaitingConversation));

    private static WaitingConversation Read(IndexEntry entry) =>
        JsonSerializer.Deserialize(entry.Payload, GrainsJson.Default.WaitingConversation)
        ?? throw new JsonException($"The index entry of {entry.Key} is empty.");
}
