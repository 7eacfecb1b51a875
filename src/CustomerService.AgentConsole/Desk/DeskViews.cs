using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Reporting.Conversations;

namespace CustomerService.AgentConsole.Desk;

/// <summary>The lists of an agent's inbox. What lies on the desk itself is read from the desk; the others are asked of the list of conversations.</summary>
internal static class DeskViews
{
    public const string Mine = "mine";
    public const string Offered = "offered";
    public const string Waiting = "waiting";
    public const string Snoozed = "snoozed";
    public const string Team = "team";

    /// <summary>In their order; the digits 1 to 5 lead to them.</summary>
    public static ImmutableArray<string> All { get; } = [Mine, Offered, Waiting, Snoozed, Team];

    /// <summary>The view of that name; the first for any other.</summary>
    public static string Named(string? name) => name is not null && All.Contains(name) ? name : Mine;

    /// <summary>The view that a key leads to, after <c>g</c> its first letter, and always its digit; null: none.</summary>
    public static string? Of(string key, bool afterG) =>
        key is [>= '1' and <= '5' and var digit] ? All[digit - '1']
        : afterG ? All.FirstOrDefault(view => key.Length == 1 && view[0] == char.ToLowerInvariant(key[0]))
        : null;

    /// <summary>What the list is asked for; null: it is not, as the desk itself knows or nothing can be there.</summary>
    public static ConversationFilter? FilterOf(string view, AgentView desk) => view switch
    {
        Waiting => new ConversationFilter { AgentId = desk.Id, Unanswered = false, Statuses = [ConversationStatus.Assigned, ConversationStatus.OnHold] },
        Snoozed => new ConversationFilter { LastAgentId = desk.Id, Statuses = [ConversationStatus.Snoozed] },
        // No queue at all would ask for any.
        Team when !desk.Queues.IsDefaultOrEmpty => new ConversationFilter
        {
            Queues = desk.Queues,
            Statuses = [ConversationStatus.Queued, ConversationStatus.Offered, ConversationStatus.Assigned, ConversationStatus.OnHold, ConversationStatus.Snoozed],
        },
        _ => null,
    };

    public static ConversationOrder OrderOf(string view) => view == Snoozed ? ConversationOrder.SnoozedUntil : ConversationOrder.NewestMessage;

    /// <summary>What the desk itself says of a view.</summary>
    public static ImmutableArray<string> IdsOf(string view, AgentView desk) => view switch
    {
        Mine => [.. desk.Work.Select(held => held.ConversationId)],
        Offered => [.. desk.Offers.Select(offer => offer.ConversationId)],
        _ => [],
    };
}
