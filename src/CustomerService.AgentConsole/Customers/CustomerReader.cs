using System.Collections.Immutable;
using CustomerService.AgentConsole.Layout;
using CustomerService.Gateway.Errors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Reporting.Conversations;

namespace CustomerService.AgentConsole.Customers;

/// <summary>Reads what is known about a customer, for whoever may see conversations.</summary>
internal sealed class CustomerReader(IStaffDoor door, IConversationList list)
{
    /// <summary>So many conversations are shown, the newest first.</summary>
    public const int MostConversations = 50;

    /// <summary>So many of them are asked themselves, for tickets, consent and who the customer proved to be.</summary>
    public const int MostAsked = 20;

    public async ValueTask<KnownCustomer> ReadAsync(Me me, string id, CancellationToken cancellation = default)
    {
        var view = await door.ReadAsync<CustomerView>(me.Member, Grain.Customer(id), new GetCustomer(), cancellation);
        var found = await list.FindAsync(new ConversationFilter { Customers = [id] }, limit: MostConversations, cancellation: cancellation);
        return new KnownCustomer(id, view, found.Rows);
    }

    /// <summary>The newest conversations as they stand.</summary>
    public async ValueTask<ImmutableArray<ConversationView>> ConversationsAsync(Me me, KnownCustomer customer, CancellationToken cancellation = default)
    {
        var views = ImmutableArray.CreateBuilder<ConversationView>();
        foreach (var row in customer.Conversations.Take(MostAsked))
            views.Add(await door.ReadAsync<ConversationView>(me.Member, Grain.Conversation(row.Id), new GetConversation(), cancellation));
        return views.DrainToImmutable();
    }

    /// <summary>Customers whom a name, address or id leads to, those who wrote last first.</summary>
    public async ValueTask<ImmutableArray<FoundCustomer>> SearchAsync(Me me, string text, CancellationToken cancellation = default)
    {
        await door.RequireAsync(me.Member, Permission.SeeConversations, "customers", cancellation);
        var search = new CustomerSearch(text);
        string? cursor = null;
        do
        {
            var page = await list.FindAsync(new ConversationFilter { Text = text }, ConversationOrder.NewestMessage, cursor, IConversationList.MaxRows, cancellation);
            search.Add(page.Rows);
            cursor = page.Next;
        }
        while (cursor is not null && !search.IsEnough);
        foreach (var address in search.Addresses)
        {
            if (await door.ReadAsync<AddressOwner>(me.Member, address, new ResolveAddress(), cancellation) is { Linked: true } owner)
                search.Add(owner.CustomerId, await ReadAsync(me, owner.CustomerId, cancellation));
        }

        return search.Found;
    }
}

/// <summary>A customer: their record, and their conversations over all channels, the newest first.</summary>
public sealed record KnownCustomer(string Id, CustomerView View, ImmutableArray<ConversationRow> Conversations)
{
    /// <summary>The name in the record, else the newest that a channel gave.</summary>
    public string? Name => View.Profile.Name ?? Conversations.Select(row => row.CustomerName).FirstOrDefault(name => name is not null);

    /// <summary>Where they wrote from, the last first.</summary>
    public IEnumerable<(string Channel, string Address)> Addresses => Conversations.Select(row => (row.Channel, row.Address)).Distinct();

    /// <summary>Mail addresses that are theirs: in the record, and those that they wrote from.</summary>
    public ImmutableArray<string> Emails =>
    [
        .. Conversations.Where(row => row.Channel == ChannelNames.Email).Select(row => row.Address).Prepend(View.Profile.Email ?? "")
            .Where(email => email.Contains('@', StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase),
    ];
}
