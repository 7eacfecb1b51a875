using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Queues.Matching;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues;

/// <summary>
/// A queue's index entries. A waiting conversation stands under its own id. All else stands under keys that begin with a control
/// character, which no id can have (see the gateway's check of ids), so that neither is ever taken for the other.
/// </summary>
internal static class QueueEntries
{
    private const char AgentMark = '\u001f';
    private const string PolicyKey = "\u001epolicy";

    public static PutEntry Of(WaitingConversation waiting) => new(waiting.ConversationId, Write(waiting, GrainsJson.Default.WaitingConversation));

    public static PutEntry Of(FloorAgent agent) => new(KeyOfAgent(agent.Id), Write(agent, GrainsJson.Default.FloorAgent));

    public static PutEntry Of(QueuePolicy policy) => new(PolicyKey, Write(policy, GrainsJson.Default.QueuePolicy));

    public static string KeyOfAgent(string agentId) => AgentMark + agentId;

    /// <summary>Puts the entries back into a state as it was stored.</summary>
    public static QueueState Restored(QueueState state, ImmutableArray<IndexEntry> entries)
    {
        var policy = QueuePolicy.Default;
        var waiting = new Dictionary<string, WaitingConversation>();
        var agents = new Dictionary<string, FloorAgent>();
        foreach (var entry in entries.OrEmpty())
        {
            if (entry.Key == PolicyKey)
                policy = Read(entry, GrainsJson.Default.QueuePolicy);
            else if (entry.Key[0] == AgentMark)
                agents[entry.Key[1..]] = Read(entry, GrainsJson.Default.FloorAgent);
            else
                waiting[entry.Key] = Read(entry, GrainsJson.Default.WaitingConversation);
        }

        if (state.Unmoved is { } unmoved)
            AddUnmoved(unmoved, waiting, agents);
        return state with
        {
            Policy = policy,
            Floor = Floor.Of(policy, waiting.Values, agents.Values),
            Leases = [.. waiting.Values.SelectMany(each => each.Pending).Select(Lease.Of)],
            OnOffer = waiting.Values.Count(each => !each.Pending.IsEmpty),
            AgentsThere = agents.Count,
        };
    }

    private static void AddUnmoved(UnmovedEntries unmoved, Dictionary<string, WaitingConversation> waiting, Dictionary<string, FloorAgent> agents)
    {
        foreach (var (id, agent) in unmoved.Agents)
            agents.TryAdd(id, agent with { Id = id });
        foreach (var (id, offer) in unmoved.Offers)
        {
            if (waiting.TryGetValue(offer.ConversationId, out var offered) && offered.Pending.IsEmpty)
                waiting[offer.ConversationId] = offered with { Pending = [new OpenOffer(id, offer.AgentId, offer.ExpiresAt)] };
        }
    }

    private static string Write<T>(T entry, JsonTypeInfo<T> json) => JsonSerializer.Serialize(entry, json);

    private static T Read<T>(IndexEntry entry, JsonTypeInfo<T> json) =>
        JsonSerializer.Deserialize(entry.Payload, json) ?? throw new JsonException($"The index entry of {entry.Key} is empty.");
}
