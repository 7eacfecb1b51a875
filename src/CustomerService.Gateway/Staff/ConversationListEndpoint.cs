using System.Collections.Immutable;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains.Conversations;
using CustomerService.Reporting.Conversations;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Staff;

/// <summary>All conversations: filtered, searched, sorted, in pages.</summary>
internal static class ConversationListEndpoint
{
    private const int UsualLimit = 50;

    public static void Map(RouteGroupBuilder staff) => staff.MapGet("/conversations", ListAsync)
        .For(Permission.SeeAllConversations)
        .WithTags("Agents")
        .WithSummary("List and search conversations")
        .WithDescription(
            "Whatever is asked must hold of all: 'state', 'queue' and 'customer' take several, divided by commas; 'agent' holds it, 'lastAgent' has it or had it last; "
            + "'dueWithin' are seconds; 'from' and 'until' are about the last message; 'search' wants each of its words in one message or note, or in what the conversation is "
            + "known by. 'order' is newest, oldest, waiting, unanswered, due or snoozed; the last four leave out whom they are not about. 'cursor' leads to another page, of at "
            + "most 'limit' (1 to 500, usually 50). With 'counts=true' it says how many there are in each state.")
        .Produces<ConversationListing>()
        .WithExamples(null, Examples.ConversationListing)
        .Fails(400, 401, 403);

    private static async Task<IResult> ListAsync([AsParameters] ConversationListQuery query, IConversationList list, TimeProvider time, CancellationToken cancellation)
    {
        var filter = FilterOf(query, time.GetUtcNow());
        var order = query.Order is { } name ? Named("order", name, ListNames.Orders) : ConversationOrder.NewestMessage;
        var limit = query.Limit ?? UsualLimit;
        if (limit is < 1 or > IConversationList.MaxRows)
            throw Problems.InvalidField("limit", $"'limit' is {limit}; give 1 to {IConversationList.MaxRows}.");
        var page = await PageAsync(list, filter, order, query.Cursor, limit, cancellation);
        return Json.Ok(
            new ConversationListing(page.Rows, page.Previous, page.Next) { Counts = query.Counts == true ? await CountsAsync(list, filter, cancellation) : null },
            GatewayJson.Wire.ConversationListing);
    }

    private static ConversationFilter FilterOf(ConversationListQuery query, DateTimeOffset now) => new()
    {
        Statuses = [.. Several(query.State).Select(state => Named("state", state, ListNames.Statuses))],
        Queues = Several(query.Queue),
        AgentId = query.Agent,
        LastAgentId = query.LastAgent,
        OfferedTo = query.OfferedTo,
        Customers = Several(query.Customer),
        Channel = query.Channel,
        Language = query.Language,
        Tier = query.Tier,
        Intent = query.Intent,
        Unanswered = query.Unanswered,
        DueBefore = query.DueWithin is { } seconds ? now + TimeSpan.FromSeconds(seconds) : null,
        From = query.From,
        Until = query.Until,
        Text = query.Search,
    };

    private static async Task<ConversationPage> PageAsync(
        IConversationList list, ConversationFilter filter, ConversationOrder order, string? cursor, int limit, CancellationToken cancellation)
    {
        try
        {
            return await list.FindAsync(filter, order, cursor, limit, cancellation);
        }
        catch (FormatException fault)
        {
            throw Problems.InvalidField("cursor", fault.Message);
        }
    }

    private static async Task<ImmutableSortedDictionary<string, int>> CountsAsync(IConversationList list, ConversationFilter filter, CancellationToken cancellation) =>
        (await list.CountByStatusAsync(filter, cancellation)).ByStatus.ToImmutableSortedDictionary(each => ListNames.Of(each.Key), each => each.Value, StringComparer.Ordinal);

    private static ImmutableArray<string> Several(string? names) => [.. (names ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static T Named<T>(string field, string name, IReadOnlyDictionary<string, T> known) => known.TryGetValue(name, out var value)
        ? value
        : throw Problems.InvalidField(field, $"'{field}' can't be '{name}'; it can be {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}.");
}
