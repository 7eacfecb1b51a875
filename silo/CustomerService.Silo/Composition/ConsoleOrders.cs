using CustomerService.AgentConsole.Customers;
using CustomerService.Grains.Turns;
using CustomerService.Integrations.Orders;

namespace CustomerService.Silo.Composition;

/// <summary>The order system as the console's pages see it.</summary>
internal sealed class ConsoleOrders(StoredOrders orders) : ICustomerOrders
{
    public async ValueTask<ShopAccount?> FindAsync(string? shopCustomerId, IReadOnlyCollection<string> emails, CancellationToken cancellation)
    {
        try
        {
            return await FindCustomerAsync(shopCustomerId, emails, cancellation) is { } customer
                ? new ShopAccount(
                    customer.Id, $"{customer.FirstName} {customer.LastName}", customer.Email, customer.Tier,
                    [.. (await orders.OrdersOfAsync(customer.Id, cancellation)).Select(OrderOf)])
                : null;
        }
        catch (OrderSystemException fault)
        {
            throw new StoreUnavailableException(fault.Message, fault);
        }
    }

    private async ValueTask<ShopCustomer?> FindCustomerAsync(string? id, IEnumerable<string> emails, CancellationToken cancellation)
    {
        if (id is not null && await orders.FindCustomerAsync(id, cancellation) is { } proven)
            return proven;
        foreach (var email in emails)
        {
            if (await orders.FindCustomerByEmailAsync(email, cancellation) is { } found)
                return found;
        }

        return null;
    }

    private static ShopOrder OrderOf(Order order) => new(
        order.Id, order.Status, order.Lines.Sum(line => line.Price), order.Payments.Where(payment => payment.Kind == "refund").Sum(payment => payment.Amount),
        [.. order.Lines.Select(line => new ShopOrderLine(line.Name, string.Join(", ", line.Options.Select(option => $"{option.Key}: {option.Value}")), line.Price))],
        [.. order.Fulfillments.SelectMany(parcel => parcel.TrackingIds)], order.CancelReason);
}
