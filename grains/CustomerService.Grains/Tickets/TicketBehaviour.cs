using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tickets;

/// <summary>A ticket: the ticketing system's record of a matter, opened by the first interaction logged on it.</summary>
public sealed class TicketBehaviour : IGrainBehaviour<TicketState>
{
    /// <summary>How many logged message ids are remembered, to know a repeated one.</summary>
    private const int RememberedIds = 64;

    private static readonly ImmutableArray<string> LoggedStatuses = ["open", "pending", "solved"];

    private TicketBehaviour()
    {
    }

    public static string Kind => GrainKinds.Ticket;

    public static int StateVersion => 2;

    public static JsonTypeInfo<TicketState> StateJson => GrainsJson.Default.TicketState;

    public static TicketState Initial(string key) => new() { Id = key };

    // 1 → 2: the outside system's id came in; older tickets have none.
    public static JsonObject Upgrade(JsonObject state, int version) =>
        version == 1 ? state : throw new NotSupportedException($"A stored ticket of version {version} has no upgrade step.");

    public static Turn<TicketState> Handle(TicketState state, Command command, DateTimeOffset now) => command switch
    {
        LogInteraction log => Log(state, log, now),
        CloseTicket close => Close(state, close.By, now),
        LinkTicket link => Link(state, link.ExternalId),
        EraseBeside => Erase(state),
        GetTicket => Turn.Unchanged(state, state.OpenedAt is null ? NoSuchTicket(state) : new TicketView(state)),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    private static Turn<TicketState> Log(TicketState state, LogInteraction log, DateTimeOffset now)
    {
        if (!LoggedStatuses.Contains(log.Status))
        {
            return Turn.Unchanged(state, Reply.Refuse(
                "unknown_status", $"'{Excerpt.Of(log.Status, 40)}' is not a ticket's status after an interaction. Give one of: {string.Join(", ", LoggedStatuses)}."));
        }

        if (state.Remembered.Contains(log.MessageId))
            return Turn.Unchanged(state, Reply.Done);

        var opens = state.OpenedAt is null;
        var logged = new Record(new InteractionLogged(log.MessageId, log.Status, log.ResolutionType, log.Metrics)
        {
            CustomerId = log.CustomerId,
            Message = log.Message,
        });
        ImmutableArray<Effect> effects = opens
            ? [new Record(new TicketOpened(log.ConversationId, log.CustomerId, log.Subject)), logged]
            : [logged];

        var next = state with
        {
            ConversationId = state.ConversationId ?? log.ConversationId,
            CustomerId = log.CustomerId,
            Subject = opens ? log.Subject : state.Subject,
            Status = log.Status,
            OpenedAt = state.OpenedAt ?? now,
            UpdatedAt = now,
            Interactions = state.Interactions + 1,
            Remembered = state.Remembered.AddWithin(log.MessageId, RememberedIds),
        };
        return Turn.Of(next, Reply.Done, effects);
    }

    private static Turn<TicketState> Close(TicketState state, string by, DateTimeOffset now) => state switch
    {
        { OpenedAt: null } => Turn.Unchanged(state, NoSuchTicket(state)),
        { Status: "closed" } => Turn.Unchanged(state, Reply.Done),
        _ => Turn.Of(state with { Status = "closed", UpdatedAt = now }, Reply.Done, new Record(new TicketClosed(by) { CustomerId = state.CustomerId })),
    };

    private static Turn<TicketState> Link(TicketState state, string externalId)
    {
        if (state.OpenedAt is null)
            return Turn.Unchanged(state, NoSuchTicket(state));
        return state.ExternalId == externalId
            ? Turn.Unchanged(state, Reply.Done)
            : Turn.Of(state with { ExternalId = externalId }, Reply.Done, new Record(new TicketLinked(externalId)));
    }

    /// <summary>The outside system knows the ticket by its own id, and has it again under that when something more is logged.</summary>
    private static Turn<TicketState> Erase(TicketState state) =>
        state.OpenedAt is null ? Turn.Unchanged(state, Reply.Done) : Turn.Of(Initial(state.Id) with { ExternalId = state.ExternalId }, Reply.Done, new EmptyJournal());

    private static Reply NoSuchTicket(TicketState state) =>
        Reply.Refuse("no_such_ticket", $"There is no ticket {state.Id}; a ticket opens with the first interaction logged on it.");
}
