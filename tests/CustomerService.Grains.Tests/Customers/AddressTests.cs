using CustomerService.Grains.Customers;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Customers;

public sealed class AddressTests
{
    private readonly Subject<AddressBehaviour, AddressState> address = new(Grain.Address("email", "rosa@example.com").Key);

    [Fact]
    public void UnlinkedAddress_BelongsToACustomerOfItsOwn() =>
        Assert.Equal(new AddressOwner(CustomerIds.ForAddress("email", "rosa@example.com"), Linked: false), address.Ask<AddressOwner>(new ResolveAddress()));

    [Fact]
    public void LinkedAddress_BelongsToThatCustomer()
    {
        Assert.Equal("rosa", Assert.Single(address.Handle(new LinkAddress("rosa")).Effects.Recorded<AddressLinked>()).CustomerId);
        address.ChangesNothing(new LinkAddress("rosa"));

        Assert.Equal(new AddressOwner("rosa", Linked: true), address.Ask<AddressOwner>(new ResolveAddress()));
        address.Refuses("customer_missing", new LinkAddress(""));
    }

    [Fact]
    public void SitesWord_HoldsUntilItsEnd_AndTheNextReplacesIt()
    {
        var lena = new VouchedCustomer("lena_berg_1", "lena@example.com", address.Now, address.Now.AddHours(1));
        address.Handle(new Vouch(lena));
        address.ChangesNothing(new Vouch(lena));

        address.Now = address.Now.AddMinutes(59);
        Assert.Equal(lena, address.Ask<AddressOwner>(new ResolveAddress()).Vouched);
        address.Now = lena.Until;
        Assert.Null(address.Ask<AddressOwner>(new ResolveAddress()).Vouched);
        address.Now = lena.At;
        address.Handle(new Vouch(null));
        Assert.Null(address.Ask<AddressOwner>(new ResolveAddress()).Vouched);
    }

    [Fact]
    public void Transcripts_AreCountedOnceForEachWish_AndForADay()
    {
        for (var number = 0; number < AddressState.MaxTranscripts; number++)
        {
            address.Handle(new CountTranscript { Id = $"t-{number}" });
            address.ChangesNothing(new CountTranscript { Id = $"t-{number}" });
            address.Now = address.Now.AddHours(1);
        }

        address.Refuses("too_many_transcripts", new CountTranscript { Id = "t-next" });

        address.Now = Subject<AddressBehaviour, AddressState>.Start.AddDays(1);
        address.Handle(new CountTranscript { Id = "t-next" });
        address.Refuses("too_many_transcripts", new CountTranscript { Id = "t-another" });
    }

    [Fact]
    public void CustomerId_IsStableAndTellsAddressesAndChannelsApart()
    {
        Assert.Equal("c-841643f5646ec241", CustomerIds.ForAddress("chat", "visitor-1"));
        Assert.NotEqual(CustomerIds.ForAddress("chat", "visitor-1"), CustomerIds.ForAddress("chat", "visitor-2"));
        Assert.NotEqual(CustomerIds.ForAddress("chat", "visitor-1"), CustomerIds.ForAddress("sms", "visitor-1"));
    }

    [Fact]
    public void OverlongAddress_HasAKeyThatFits()
    {
        var overlong = new string('x', 400);

        var id = Grain.Address("email", overlong);

        Assert.InRange(id.Key.Length, 1, GrainId.MaxKeyLength);
        Assert.NotEqual(id, Grain.Address("email", overlong + "x"));
        Assert.Equal(
            new AddressOwner(CustomerIds.ForAddress("email", overlong), Linked: false),
            new Subject<AddressBehaviour, AddressState>(id.Key).Ask<AddressOwner>(new ResolveAddress()));
    }
}
