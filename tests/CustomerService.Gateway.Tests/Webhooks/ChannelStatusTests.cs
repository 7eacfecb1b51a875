using System.Net;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Gateway.Tests.Support;

namespace CustomerService.Gateway.Tests.Webhooks;

public sealed class ChannelStatusTests
{
    [Fact]
    public async Task Operators_SeeEachAccount_WithWhatCameAndWhatWasNotLetIn()
    {
        await using var shop = await SocialShop.OpenAsync();
        await shop.CallAsync(SocialNetwork.WhatsApp([SocialNetwork.WhatsAppText("wamid.1", "Hello")]));
        await shop.CallAsync(SocialNetwork.WhatsApp([SocialNetwork.WhatsAppText("wamid.2", "Hello")]), secret: "somebody else's");

        var accounts = (await AskAsync(shop, RunningGateway.OperatorToken)).Json["accounts"]!.AsArray();

        Assert.Equal(["insta", "page", "page-two", "whatsapp"], accounts.Select(account => (string)account!["account"]!));
        Assert.Equal(["whatsapp"], accounts.Where(account => account!["lastReceivedAt"] is not null).Select(account => (string)account!["account"]!));
        var refused = Assert.Single(accounts, account => account!["lastRefusedRequest"] is not null)!;
        Assert.Equal("page", (string)refused["account"]!);
        Assert.StartsWith("401: the X-Hub-Signature-256 is missing or wrong", (string)refused["lastRefusedRequest"]!["reason"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agents_DoNotSeeIt()
    {
        await using var shop = await SocialShop.OpenAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(shop, null)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(shop, RunningGateway.AgentToken)).Status);
    }

    private static Task<Answer> AskAsync(SocialShop shop, string? token) => shop.Gateway.SendAsync(HttpMethod.Get, "/api/operations/channels", token);
}
