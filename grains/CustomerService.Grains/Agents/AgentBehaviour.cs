using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Agents;

/// <summary>
/// A human agent. Each offer and each conversation takes units of their capacity from the moment it reaches the desk until its
/// wrap-up is over, so that no order of events puts more there than fits. Whatever changes what they can take is told to their
/// queues at once.
/// </summary>
public sealed partial class AgentBehaviour : IGrainBehaviour<AgentState>
{
    public const int MaxCapacity = 100;

    private AgentBehaviour()
    {
    }

    public static string Kind => GrainKinds.Agent;

    public static int StateVersion => 3;

    public static JsonTypeInfo<AgentState> StateJson => GrainsJson.Default.AgentState;

    public static AgentState Initial(string key) => new() { Id = key };

    public static JsonObject Upgrade(JsonObject state, int version) => version switch
    {
        1 => WithDesk(state),
        2 => state, // no colleague had asked, no supervisor had set a presence or taken work over
        _ => throw new NotSupportedException($"A stored agent of version {version} has no upgrade step."),
    };

    private static JsonObject WithDesk(JsonObject state)
    {
        state["levels"] = new JsonObject();
        state["desk"] = JsonSerializer.SerializeToNode(new DeskPolicy(), GrainsJson.Default.DeskPolicy);
        state["connections"] = new JsonArray();
        return state;
    }

    public static Turn<AgentState> Handle(AgentState state, Command command, DateTimeOffset now) => command switch
    {
        ConfigureAgent c => Configure(state, c, now),
        SetPresence c => SetPresence(state, c, now),
        ConnectionOpened c => Open(state, c, now),
        ConnectionLost c => Lose(state, c.ConnectionId, now),
        Agents.SignOfLife => Live(state, now),
        ReviewPresence => Review(state, now),
        ReceiveOffer c => Receive(state, c, now),
        AcceptOffer c => Accept(state, c.OfferId, now),
        RejectOffer c => Reject(state, c, now),
        ConfirmOffer c => Confirm(state, c.OfferId, now),
        RescindOffer c => Rescind(state, c, now),
        ReleaseWork c => Release(state, c, now),
        TakeWork c => Take(state, c, now),
        ResumeWork c => Resume(state, c, now),
        CompleteWrapUp c => CompleteWrapUp(state, c, now),
        EndWrapUp c => EndWrapUp(state, c, now),
        ReceiveConsult c => Receive(state, c),
        DropConsult c => Drop(state, c),
        GetAgent => Turn.Unchanged(state, state.Configured ? View(state) : NoSuchAgent(state)),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    private static Turn<AgentState> Configure(AgentState state, ConfigureAgent configure, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(configure.Name))
            return Turn.Unchanged(state, Reply.Refuse("name_missing", "An agent needs a name."));
        if (configure.Capacity is < 0 or > MaxCapacity)
            return Turn.Unchanged(state, Reply.Refuse("capacity_out_of_range", $"An agent's capacity is 0 to {MaxCapacity} units at once."));

        var skills = configure.Skills.Tidy();
        var levels = configure.Levels ?? ImmutableDictionary<string, int>.Empty;
        if (levels.FirstOrDefault(level => level.Value is < 1 or > 5 || !skills.Contains(level.Key)).Key is { } skill)
            return Turn.Unchanged(state, Reply.Refuse("level_out_of_range", $"The level of {skill} must lie between 1 and 5 and belong to one of the agent's skills."));
        var desk = (configure.Desk ?? new DeskPolicy()).Tidy();
        if (desk.Fault() is { } fault)
            return Turn.Unchanged(state, Reply.Refuse("invalid_desk", fault));

        var next = state with
        {
            Configured = true,
            Name = configure.Name.Trim(),
            Queues = configure.Queues.Tidy(),
            Skills = skills,
            Levels = levels,
            Capacity = configure.Capacity,
            Desk = desk,
        };
        var same = state.Configured && next.Name == state.Name && next.Capacity == state.Capacity
            && next.Queues.SequenceEqual(state.Queues) && next.Skills.SequenceEqual(state.Skills)
            && DeskPolicy.Same(next.Levels, state.Levels) && next.Desk.Says(state.Desk);
        if (same)
            return Turn.Unchanged(state, Reply.Done);

        var configured = new AgentConfigured(next.Name, next.Queues, next.Skills, next.Capacity) { Levels = next.Levels, Desk = next.Desk };
        return Settled(state, next, Causes.Settings, now, new Record(configured));
    }

    private static AgentView View(AgentState state) => new(
        state.Id, state.Name, state.Presence, state.Capacity, state.FreeUnits, state.Queues, state.Skills, state.Offers,
        [.. state.Conversations.Where(held => held.WrappingSince is null).Select(held => held.ConversationId).Distinct()])
    {
        Activity = state.Activity,
        PresenceSince = state.PresenceSince,
        NextPresence = state.Next?.Activity ?? state.Next?.Presence,
        NotReady = Readiness.WhyNot(state),
        Connections = state.Connections.Length,
        Levels = state.Levels,
        Desk = state.Desk,
        PresenceBy = state.PresenceBy,
        TakenAway = state.TakenAway,
        Work = state.Conversations,
        Consults = state.Consults,
    };

    private static Reply NoSuchAgent(AgentState state) =>
        Reply.Refuse("no_such_agent", $"There is no agent {state.Id}; configure the agent first.");

    /// <summary>Who or what changed an agent's presence or readiness, as the journal names it.</summary>
    private static class Causes
    {
        public const string Agent = "agent";
        public const string Connection = "connection";
        public const string Idle = "idle";
        public const string MissedOffers = "missed_offers";
        public const string Settings = "settings";
        public const string WhenFree = "when_free";
        public const string Work = "work";
    }
}
