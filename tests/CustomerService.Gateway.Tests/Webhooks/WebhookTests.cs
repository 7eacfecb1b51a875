using System.Net;
using System.Text;
using CustomerService.Channels.Twilio;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Gateway.Tests.Webhooks;

/// <summary>What comes through: once, whatever the network repeats or turns round.</summary>
public sealed class WebhookTests
{
    [Fact]
    public async Task GenuineMessage_IsThereWhenItIsAnswered()
    {
        await using var shop = await TextingShop.OpenAsync();

        var answer = await shop.PostAsync(TextingShop.Text("SM1", "Hello"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("text/xml", answer.MediaType);
        Assert.Equal(["SM1"], await shop.ReceivedAsync());
    }

    [Fact]
    public async Task SameMessageAgain_IsAnsweredAlikeAndTakenOnce()
    {
        await using var shop = await TextingShop.OpenAsync();
        var first = await shop.PostAsync(TextingShop.Text("SM1", "Hello"));

        var again = await shop.PostAsync(TextingShop.Text("SM1", "Hello"));

        Assert.Equal((HttpStatusCode.OK, first.Text), (again.Status, again.Text));
        Assert.Equal(["SM1"], await shop.ReceivedAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task EverythingFiveTimesInAnyOrderAndAtOnce_IsTakenOnce(int seed)
    {
        await using var shop = await TextingShop.OpenAsync();
        var posts = Enumerable.Range(1, 20).SelectMany(number => Enumerable.Repeat(number, 5)).ToArray();
        new Random(seed).Shuffle(posts);

        await Parallel.ForEachAsync(posts, new ParallelOptions { MaxDegreeOfParallelism = 10 }, async (number, _) =>
            Assert.Equal(HttpStatusCode.OK, (await shop.PostAsync(TextingShop.Text($"SM{number}", $"Message {number}"))).Status));

        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"SM{number}").Order(), (await shop.ReceivedAsync()).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task ReportsFiveTimesInAnyOrder_TellTheFurthestAndEachStepOnce(int seed)
    {
        await using var shop = await TextingShop.OpenAsync();
        await shop.PostAsync(TextingShop.Text("SM1", "Hello"));
        await shop.Gateway.MessagesAsync(RunningGateway.AgentToken, TextingShop.ConversationWith(), 2);
        var sent = (string)(await shop.DeliveriesAsync())[0]!["messageId"]!;
        await shop.Gateway.World.AskAsync(Grain.Delivery(TextingShop.ConversationWith()), new BeginAttempt(sent, 1, "run"));
        var reports = ((string[])["queued", "sent", "delivered", "read"]).SelectMany(word => Enumerable.Repeat(word, 5)).ToArray();
        new Random(seed).Shuffle(reports);

        foreach (var word in reports)
        {
            var path = $"own/status?conversation={TextingShop.ConversationWith()}&message={Uri.EscapeDataString(sent)}&part=1&parts=1";
            var report = new Dictionary<string, string> { ["MessageSid"] = "SM9", ["MessageStatus"] = word, ["AccountSid"] = TextingShop.OwnSid };
            Assert.Equal(HttpStatusCode.OK, (await shop.PostAsync(report, path)).Status);
        }

        Assert.Equal("read", (string?)Assert.Single(await shop.DeliveriesAsync())!["status"]);
        var steps = (await shop.Gateway.World.ReadAllAsync(0, 1_000)).Select(entry => entry.Event).OfType<Grains.Conversations.DeliveryReported>().Select(step => step.Status).ToList();
        Assert.Equal(steps.Distinct(), steps);
    }

    [Fact]
    public async Task OneSendersFlood_IsPutOffAndOthersGoOn()
    {
        await using var shop = await TextingShop.OpenAsync(RunningGateway.Options with { VisitorLimit = new RateLimit(5, 1) });
        Answer answer;
        var number = 0;
        do
        {
            answer = await shop.PostAsync(TextingShop.Text($"SM{++number}", "again and again"));
        }
        while (answer.Status == HttpStatusCode.OK && number < 1_000);

        answer.ShouldBe(429, "too_many_requests");
        Assert.True(int.Parse(answer.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.Equal(HttpStatusCode.OK, (await shop.PostAsync(TextingShop.Text("SM-other", "Hello", from: "+4915187654321"))).Status);
        Assert.Equal(["SM-other"], await shop.ReceivedAsync("+4915187654321"));
        // What was put off is not lost: the provider brings it again.
        Assert.Equal(number - 1, (await shop.ReceivedAsync()).Count);
    }

    [Fact]
    public async Task BehindAProxy_TheSignatureCoversTheAddressThatTheProviderCalled()
    {
        const string Called = "https://support.shop.example/api/channels/own";
        await using var shop = await TextingShop.OpenAsync(publicUrl: "https://support.shop.example/");

        var right = await shop.PostAsync(TextingShop.Text("SM1", "Hello"), signedFor: Called);
        var inside = await shop.PostAsync(TextingShop.Text("SM2", "Hello"));
        var elsewhere = await shop.PostAsync(TextingShop.Text("SM3", "Hello"), signedFor: "https://evil.example/api/channels/own");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (right.Status, inside.Status, elsewhere.Status));
        Assert.Equal(["SM1"], await shop.ReceivedAsync());
    }

    [Fact]
    public async Task LargeBody_IsRefusedBeforeItIsReadToItsEnd()
    {
        await using var shop = await TextingShop.OpenAsync();
        var address = new Uri(shop.Gateway.Address, "/api/channels/own");
        using var said = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(new byte[4_000_000]) };
        // Without a length: only counting tells.
        using var streamed = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes(new string('a', 4_000_000)))) };
        streamed.Headers.TransferEncodingChunked = true;

        (await shop.Gateway.SendAsync(said)).ShouldBe(413, "body_too_large");
        (await shop.Gateway.SendAsync(streamed)).ShouldBe(413, "body_too_large");
        Assert.True(await shop.IsUntouchedAsync());
    }

    [Fact]
    public async Task BusySystem_PutsTheProviderOffAndTakesItThen()
    {
        await using var shop = await TextingShop.OpenAsync();
        shop.Gateway.World.Fault = (_, _) => new Grains.Turns.StoreUnavailableException("the disk is full");
        var busy = await shop.PostAsync(TextingShop.Text("SM1", "Hello"));
        shop.Gateway.World.Fault = (_, _) => null;
        var again = await shop.PostAsync(TextingShop.Text("SM1", "Hello"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (busy.Status, again.Status));
        Assert.Equal(["SM1"], await shop.ReceivedAsync());
    }
}
