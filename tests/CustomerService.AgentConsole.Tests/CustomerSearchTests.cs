using CustomerService.AgentConsole.Customers;
using CustomerService.Grains.Conversations;
using CustomerService.Reporting.Conversations;

namespace CustomerService.AgentConsole.Tests;

public sealed class CustomerSearchTests
{
    [Theory]
    [InlineData("zoe", "c-1")]
    [InlineData("Müller zoé", "c-1")]
    [InlineData("muller", "c-1")]
    [InlineData("ZOE@EXAMPLE", "c-1")]
    [InlineData("kettle", "")]
    [InlineData("v-9", "")]
    public void WhoSomebodyIs_Counts_AndNotWhatWasSaid(string text, string found)
    {
        var search = new CustomerSearch(text);

        search.Add([Row("c-1", "Zoé Müller", ChannelNames.Email, "zoe@example.com"), Row("c-2", null, ChannelNames.Chat, "v-9")]);

        Assert.Equal(found, string.Join(' ', search.Found.Select(each => each.Id)));
    }

    [Fact]
    public void SeveralConversations_AreOneCustomer_OverAllChannels()
    {
        var search = new CustomerSearch("zoe");

        search.Add([Row("c-1", null, ChannelNames.Email, "zoe@example.com"), Row("c-1", "Zoe", ChannelNames.Sms, "+49301234") with { Tier = "gold" }]);

        var zoe = Assert.Single(search.Found);
        Assert.Equal(("Zoe", "gold", 2, 2), (zoe.Name, zoe.Tier, zoe.Conversations, zoe.Channels.Length));
    }

    [Theory]
    [InlineData("Zoe@Example.com", "email:zoe@example.com")]
    [InlineData("+49 (30) 1234-5", "sms:+493012345 voice:+493012345")]
    [InlineData("1234", "")]
    [InlineData("order 1234567", "")]
    public void TextThatMayBeAnAddress_IsLookedUpAsOne(string text, string addresses) =>
        Assert.Equal(addresses, string.Join(' ', new CustomerSearch(text).Addresses.Select(address => address.Key)));

    private static ConversationRow Row(string customer, string? name, string channel, string address) => new()
    {
        Id = $"{customer}-{channel}",
        Status = ConversationStatus.Assigned,
        CustomerId = customer,
        CustomerName = name,
        Channel = channel,
        Address = address,
        LastText = "My kettle broke",
    };
}
