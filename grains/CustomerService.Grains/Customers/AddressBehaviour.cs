using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Customers;

/// <summary>The customer directory, one grain per address (key <c>channel:address</c>): which customer is behind it.</summary>
public sealed class AddressBehaviour : IGrainBehaviour<AddressState>
{
    private AddressBehaviour()
    {
    }

    public static string Kind => GrainKinds.Address;

    public static int StateVersion => 1;

    public static JsonTypeInfo<AddressState> StateJson => GrainsJson.Default.AddressState;

    public static AddressState Initial(string key) => new(key, LinkedTo: null);

    public static Turn<AddressState> Handle(AddressState state, Command command, DateTimeOffset now) => command switch
    {
        ResolveAddress => Turn.Unchanged(state, new AddressOwner(state.LinkedTo ?? CustomerIds.ForKey(state.Address), state.LinkedTo is not null)),
        LinkAddress link => Link(state, link.CustomerId),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    private static Turn<AddressState> Link(AddressState state, string customerId)
    {
        if (string.IsNullOrWhiteSpace(customerId))
            return Turn.Unchanged(state, Reply.Refuse("customer_missing", "An address is linked to a customer: give the customer's id."));

        return customerId == state.LinkedTo
            ? Turn.Unchanged(state, Reply.Done)
            : Turn.Of(state with { LinkedTo = customerId }, Reply.Done, new Record(new AddressLinked(customerId)));
    }
}
