using System.Text.Json.Nodes;
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

    public static int StateVersion => 2;

    public static JsonTypeInfo<AddressState> StateJson => GrainsJson.Default.AddressState;

    public static AddressState Initial(string key) => new(key, LinkedTo: null);

    // 1 → 2: the site's word and the transcripts came in; of older addresses there was neither.
    public static JsonObject Upgrade(JsonObject state, int version) =>
        version == 1 ? state : throw new NotSupportedException($"A stored address of version {version} has no upgrade step.");

    public static Turn<AddressState> Handle(AddressState state, Command command, DateTimeOffset now) => command switch
    {
        ResolveAddress => Turn.Unchanged(state, new AddressOwner(state.LinkedTo ?? CustomerIds.ForKey(state.Address), state.LinkedTo is not null)
        {
            Vouched = state.Vouched is { } vouched && now < vouched.Until ? vouched : null,
        }),
        LinkAddress link => Link(state, link.CustomerId),
        Vouch vouch => state.Vouched == vouch.Customer ? Turn.Unchanged(state, Reply.Done) : Turn.Of(state with { Vouched = vouch.Customer }, Reply.Done),
        CountTranscript count => Count(state, count.Id, now),
        ForgetAddress => Turn.Of(Initial(state.Address), Reply.Done, new Vanish()),
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

    private static Turn<AddressState> Count(AddressState state, string id, DateTimeOffset now)
    {
        var recent = state.Transcripts.RemoveAll(each => now - each.At >= AddressState.TranscriptsWithin);
        if (recent.Any(each => each.Id == id))
            return Turn.Unchanged(state, Reply.Done);
        return recent.Length < AddressState.MaxTranscripts
            ? Turn.Of(state with { Transcripts = recent.Add(new CountedTranscript(id, now)) }, Reply.Done)
            : Turn.Unchanged(state, Reply.Refuse("too_many_transcripts", "Too many transcripts were mailed today; ask again tomorrow."));
    }
}
