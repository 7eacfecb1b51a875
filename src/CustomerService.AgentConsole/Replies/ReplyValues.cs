using CustomerService.AgentConsole.Layout;
using CustomerService.Gateway.Conversations;
using CustomerService.Grains.Customers;
using static CustomerService.AgentConsole.Replies.ReplyVariables;

namespace CustomerService.AgentConsole.Replies;

/// <summary>Finds order numbers in texts, as the order system in use writes them. The composition's; where there is none, agents fill them in.</summary>
public interface IOrderNumbers
{
    /// <returns>Null: the text has none.</returns>
    string? FindIn(string text);
}

/// <summary>What the variables of replies stand for in a conversation.</summary>
internal static class ReplyValues
{
    private const string OrderSource = "order:";

    public static IReadOnlyDictionary<string, string?> Of(ConversationPage page, CustomerProfile? customer, Me me, IOrderNumbers? orders) => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        [Named("customer", "name")] = customer?.Name,
        [Named("customer", "first_name")] = FirstName(customer?.Name),
        [Named("customer", "email")] = customer?.Email,
        [Named("agent", "name")] = me.Member.Name,
        [Named("agent", "first_name")] = FirstName(me.Member.Name),
        [Named("order", "id")] = OrderIn(page, orders),
        [Named("ticket", "id")] = page.Standing.TicketId,
        [Named("conversation", "id")] = page.Id,
    };

    /// <summary>Null where it can't be told from the family's, as without a space between them.</summary>
    internal static string? FirstName(string? name) => name?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : null;

    /// <summary>The order that the customer named last; else the one that the assistant's answer rested on.</summary>
    private static string? OrderIn(ConversationPage page, IOrderNumbers? orders) =>
        page.Messages.Where(message => message.Author == "customer").Reverse().Select(message => orders?.FindIn(message.Text)).FirstOrDefault(number => number is not null)
        ?? page.Internal?.Handoff?.Facts?.Sources.LastOrDefault(source => source.StartsWith(OrderSource, StringComparison.Ordinal))?[OrderSource.Length..];
}
