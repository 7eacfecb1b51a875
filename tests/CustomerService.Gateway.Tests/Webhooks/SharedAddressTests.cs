using System.Net;
using CustomerService.Channels.Tests.Vendors;

namespace CustomerService.Gateway.Tests.Webhooks;

/// <summary>An app of Meta's has one address for all its pages and numbers: each account takes what is its own.</summary>
public sealed class SharedAddressTests
{
    private const string StrangePage = "2067280970040000";

    [Fact]
    public async Task OneCallForSeveralPages_ReachesEachOfOurs_AndNobodyElses()
    {
        await using var shop = await SocialShop.OpenAsync();

        var answer = await shop.CallAsync(SocialShop.Call(
            SocialShop.Entry(SocialNetwork.PageId, Said("m1", SocialNetwork.PageId)),
            SocialShop.Entry(SocialShop.OtherPageId, Said("m2", SocialShop.OtherPageId)),
            SocialShop.Entry(StrangePage, Said("m3", StrangePage))));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["m1"], await shop.ReceivedAsync(SocialShop.ConversationWith()));
        Assert.Equal(["m2"], await shop.ReceivedAsync(SocialShop.ConversationWith(account: "page-two")));
        Assert.DoesNotContain("m3", string.Join('\n', (await shop.Gateway.World.ReadAllAsync(0, 1_000)).Select(entry => entry.Event.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherProductsOfTheApp_AreTakenAtTheSameAddress()
    {
        await using var shop = await SocialShop.OpenAsync();

        await shop.CallAsync(SocialNetwork.WhatsApp([SocialNetwork.WhatsAppText("wamid.1", "Hello")]));
        await shop.CallAsync(SocialNetwork.Page("instagram", SocialNetwork.InstagramId, Said("mi", SocialNetwork.InstagramId)));

        Assert.Equal(["wamid.1"], await shop.ReceivedAsync(SocialShop.ConversationWith("+4915112345678", "whatsapp")));
        Assert.Equal(["mi"], await shop.ReceivedAsync(SocialShop.ConversationWith(account: "insta")));
    }

    [Fact]
    public async Task ItsOwnAddress_StillHolds_AndTheSameMessageIsTakenOnce()
    {
        await using var shop = await SocialShop.OpenAsync();
        var body = SocialShop.Call(SocialShop.Entry(SocialShop.OtherPageId, Said("m2", SocialShop.OtherPageId)));

        Assert.Equal(HttpStatusCode.OK, (await shop.CallAsync(body, "page-two")).Status);
        Assert.Equal(HttpStatusCode.OK, (await shop.CallAsync(body)).Status);

        Assert.Equal(["m2"], await shop.ReceivedAsync(SocialShop.ConversationWith(account: "page-two")));
    }

    [Fact]
    public async Task ForgedCall_ReachesNone()
    {
        await using var shop = await SocialShop.OpenAsync();

        var answer = await shop.CallAsync(SocialShop.Call(SocialShop.Entry(SocialShop.OtherPageId, Said("m2", SocialShop.OtherPageId))), secret: "somebody else's");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Empty(await shop.Gateway.World.ReadAllAsync(0, 1));
    }

    private static object Said(string id, string page) => SocialNetwork.PageMessage(id, new { text = "Hello" }, SocialShop.Customer, page);
}
