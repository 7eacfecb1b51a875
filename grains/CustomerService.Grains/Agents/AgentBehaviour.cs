using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Agents;

/// <summary>
/// A human agent. Each offer and each conversation takes one unit of their capacity, from the moment it reaches the desk, so that
/// no order of events puts more there than fits. Whatever changes what they can take is told to their queues at once.
/// </summary>
public sealed partial class AgentBehaviour : IGrainBehaviour<AgentState>
{
    public const int MaxCapacity = 100;

    private AgentBehaviour()
    {
    }

    public static string Kind => GrainKinds.Agent;

    public static int StateVersion => 1;

    public static JsonTypeInfo<AgentState> StateJson => GrainsJson.Default.AgentState;

    public static AgentState Initial(string key) => new() { Id = key };

    public static Turn<AgentState> Handle(AgentState state, Command command, DateTimeOffset now) => command switch
    {
        ConfigureAgent c => Configure(state, c),
        SetPresence c => SetPresence(state, c.Presence, now),
        ReceiveOffer c => Receive(state, c),
        AcceptOffer c => Accept(state, c.OfferId),
        RejectOffer c => Reject(state, c),
        ConfirmOffer c => Confirm(state, c.OfferId, now),
        RescindOffer c => Rescind(state, c.OfferId),
        ReleaseWork c => Release(state, c, now),
        GetAgent => Turn.Unchanged(state, state.Configured ? View(state) : NoSuchAgent(state)),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    private static Turn<AgentState> Configure(AgentState state, ConfigureAgent configure)
    {
        if (string.IsNullOrWhiteSpace(configure.Name))
            return Turn.Unchanged(state, Reply.Refuse("name_missing", "An agent needs a name."));
        if (configure.Capacity is < 0 or > MaxCapacity)
            return Turn.Unchanged(state, Reply.Refuse("capacity_out_of_range", $"An agent's capacity is 0 to {MaxCapacity} conversations at once."));

        var next = state with
        {
            Configured = true,
            Name = configure.Name.Trim(),
            Queues = configure.Queues.Tidy(),
            Skills = configure.Skills.Tidy(),
            Capacity = configure.Capacity,
        };
        var same = state.Configured && next.Name == state.Name && next.Capacity == state.Capacity
            && next.Queues.SequenceEqual(state.Queues) && next.Skills.SequenceEqual(state.Skills);
        if (same)
            return Turn.Unchanged(state, Reply.Done);

        // Offers of queues no longer served go back, and as many of the latest as do not fit any more. What was accepted stays.
        var excess = next.Offers.Length + next.Conversations.Length - next.Capacity;
        var returned = next.Offers.Where(offer => !offer.Claimed && !next.Queues.Contains(offer.Queue)).ToHashSet();
        returned.UnionWith(next.Offers.Where(offer => !offer.Claimed && !returned.Contains(offer)).Reverse().Take(Math.Max(0, excess - returned.Count)));
        return Changed(
            state, next, "no longer fits", returned, new Record(new AgentConfigured(next.Name, next.Queues, next.Skills, next.Capacity)));
    }

    private static Turn<AgentState> SetPresence(AgentState state, string presence, DateTimeOffset now)
    {
        if (!Presences.All.Contains(presence))
            return Turn.Unchanged(state, Reply.Refuse("unknown_presence", $"An agent is one of: {string.Join(", ", Presences.All)}."));
        if (!state.Configured)
            return Turn.Unchanged(state, NoSuchAgent(state));
        if (presence == state.Presence)
            return Turn.Unchanged(state, Reply.Done);

        var available = presence == Presences.Available;
        var next = state with { Presence = presence, IdleSince = available ? now : state.IdleSince };
        var returned = available ? [] : next.Offers.Where(offer => !offer.Claimed).ToHashSet();
        return Changed(state, next, $"the agent is {presence}", returned, new Record(new PresenceChanged(presence)));
    }

    private static AgentView View(AgentState state) => new(
        state.Id, state.Name, state.Presence, state.Capacity, state.FreeUnits, state.Queues, state.Skills, state.Offers,
        [.. state.Conversations.Select(held => held.ConversationId).Distinct()]);

    private static Reply NoSuchAgent(AgentState state) =>
        Reply.Refuse("no_such_agent", $"There is no agent {state.Id}; configure the agent first.");
}
