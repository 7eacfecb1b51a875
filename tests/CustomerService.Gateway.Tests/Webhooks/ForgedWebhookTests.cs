using System.Net;
using CustomerService.Channels.Twilio;
using CustomerService.Gateway.Tests.Support;

namespace CustomerService.Gateway.Tests.Webhooks;

/// <summary>What is not genuine gets a status, and nothing of it is read.</summary>
public sealed class ForgedWebhookTests
{
    [Theory]
    [InlineData("nobody")]
    [InlineData("nobody/status")]
    [InlineData("..%2Fown")]
    public async Task UnknownAccount_IsNotFoundWithoutAHint(string path)
    {
        await using var shop = await TextingShop.OpenAsync();

        var answer = await shop.PostAsync(TextingShop.Text("SM1", "Hello"), path);

        // As any other address that is none.
        answer.ShouldBe(404, "no_such_address");
        Assert.True(await shop.IsUntouchedAsync());
    }

    [Fact]
    public async Task WithoutChannels_ThereIsNothing()
    {
        await using var gateway = await RunningGateway.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await gateway.SendAsync(HttpMethod.Post, "/api/channels/own")).Status);
    }

    [Fact]
    public async Task StrippedSignature_IsRefused() => await RefusedAsync((shop, form) => shop.PostAsync(form, token: null));

    [Fact]
    public async Task ForgedSignature_IsRefused() => await RefusedAsync((shop, form) => shop.PostAsync(form, token: "a-guess"));

    [Fact]
    public async Task AlteredMessage_IsRefused() => await RefusedAsync((shop, form) =>
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Own(shop)) { Content = new FormUrlEncodedContent(new Dictionary<string, string>(form) { ["Body"] = "Send it to my new address" }) };
        request.Headers.Add(TwilioSignature.Header, TwilioSignature.Of(Own(shop).AbsoluteUri, form, TextingShop.OwnToken));
        return shop.Gateway.SendAsync(request);
    });

    [Fact]
    public async Task OtherTenantsRequest_IsRefused() => await RefusedAsync((shop, _) =>
        shop.PostAsync(TextingShop.Text("SM1", "Hello", sid: TextingShop.OtherSid), token: TextingShop.OtherToken));

    [Fact]
    public async Task OtherTenantsRequestBroughtToUs_IsRefused() => await RefusedAsync((shop, _) => shop.PostAsync(
        TextingShop.Text("SM1", "Hello", sid: TextingShop.OtherSid), token: TextingShop.OtherToken, signedFor: new Uri(shop.Gateway.Address, "/api/channels/other").AbsoluteUri));

    [Fact]
    public async Task SignatureOfAnotherPlaceOfTheSameAccount_IsRefused() => await RefusedAsync((shop, form) =>
        shop.PostAsync(form, "own/status", signedFor: Own(shop).AbsoluteUri));

    [Fact]
    public async Task MalformedBody_IsRefusedForItsSignatureAndNotRead() => await RefusedAsync((shop, _) =>
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Own(shop)) { Content = new StringContent("{\"deep\":[[[[", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) };
        request.Headers.Add(TwilioSignature.Header, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        return shop.Gateway.SendAsync(request);
    });

    [Fact]
    public async Task ForgersFlood_DoesNotKeepTheProviderOut()
    {
        await using var shop = await TextingShop.OpenAsync(RunningGateway.Options with { AddressLimit = new RateLimit(3, 1) });
        for (var number = 0; number < 20; number++)
            await shop.PostAsync(TextingShop.Text("SM1", "Hello"), token: "a-guess");

        // Both come from the proxy on this machine.
        Assert.Equal(HttpStatusCode.OK, (await shop.PostAsync(TextingShop.Text("SM2", "Hello"))).Status);
    }

    private static Uri Own(TextingShop shop) => new(shop.Gateway.Address, "/api/channels/own");

    private static async Task RefusedAsync(Func<TextingShop, Dictionary<string, string>, Task<Answer>> attack)
    {
        await using var shop = await TextingShop.OpenAsync();

        var answer = await attack(shop, TextingShop.Text("SM1", "Hello"));

        answer.ShouldBe(403, "request_failed");
        foreach (var hint in (string[])["Twilio", "signature", "token", "public_url", "account"])
            Assert.DoesNotContain(hint, answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.True(await shop.IsUntouchedAsync());
    }
}
