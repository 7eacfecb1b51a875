using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerService.Integrations.Crm;
using CustomerService.Integrations.Outbound;
using CustomerService.Integrations.Ticketing;
using CustomerService.Integrations.Webhooks;

namespace CustomerService.Integrations.Tests.Webhooks;

public sealed class WebhookTests
{
    private const string Secret = "a secret of enough length";

    private static readonly CrmActivity Activity = new(
        "m-1", "c-1", "conv-1", "T-1", "chat", "order_status", "automated", 0.25,
        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("response_time", "0.4"),
        new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Activity_ArrivesSignedAndKeyed()
    {
        using var receiver = new Receiver(answer => Write(answer, """{"id": "ext-9"}"""));

        var delivery = await Log(receiver.Address);

        Assert.Equal(new Delivery.Delivered("ext-9"), delivery);
        var request = Assert.Single(receiver.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("m-1", request.Headers["Idempotency-Key"]);
        Assert.Equal("activity.logged", request.Headers["X-CustomerService-Event"]);
        Assert.StartsWith("application/json", request.Headers["Content-Type"], StringComparison.Ordinal);
        using var body = JsonDocument.Parse(request.Text);
        Assert.Equal("order_status", body.RootElement.GetProperty("intent").GetString());
        Assert.Equal("0.4", body.RootElement.GetProperty("metrics").GetProperty("response_time").GetString());
        AssertSigned(request);
    }

    [Fact]
    public async Task Contact_AndTicket_ArriveAsTheirKind()
    {
        using var receiver = new Receiver(answer => Write(answer, """{"id": 17}"""));
        using var webhook = Webhook(receiver.Address);

        var contact = await webhook.SendAsync(new CrmContact("c-1", "Lena Berg", null, "gold", "en"), "k-1", default);
        var ticket = await webhook.SendAsync(
            new TicketSnapshot("T-1", "conv-1", "c-1", "Where is my order?", "open", Activity.At), "k-2", default);

        Assert.Equal(new Delivery.Delivered("17"), contact);
        Assert.Equal(new Delivery.Delivered("17"), ticket);
        Assert.Equal(["contact.upserted", "ticket.changed"], receiver.Requests.Select(request => request.Headers["X-CustomerService-Event"]));
        Assert.DoesNotContain("email", receiver.Requests[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("thanks")]
    [InlineData("[]")]
    [InlineData("{\"id\": null}")]
    [InlineData("{\"id\": \"\"}")]
    [InlineData("{\"id\": \"\\ud800\"}")]
    public async Task AnswerWithoutAnId_IsDeliveredToo(string text)
    {
        using var receiver = new Receiver(answer => Write(answer, text));

        Assert.Equal(new Delivery.Delivered(null), await Log(receiver.Address));
    }

    [Fact]
    public async Task OverlongId_IsNotKept()
    {
        using var receiver = new Receiver(answer => Write(answer, $$"""{"id": "{{new string('x', 201)}}"}"""));

        Assert.Equal(new Delivery.Delivered(null), await Log(receiver.Address));
    }

    [Fact]
    public async Task AnswerWithoutEnd_IsNotReadWhole()
    {
        using var receiver = new Receiver(answer => Write(answer, new string('x', 500_000)));

        Assert.Equal(new Delivery.Delivered(null), await Log(receiver.Address));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task AnswerThatSaysNo_IsRefused(int status)
    {
        using var receiver = new Receiver(answer => answer.StatusCode = status);

        var refused = Assert.IsType<Delivery.Refused>(await Log(receiver.Address));

        Assert.Contains(status.ToString(CultureInfo.InvariantCulture), refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task AnswerThatSaysLater_IsToBeRetried(int status)
    {
        using var receiver = new Receiver(answer =>
        {
            answer.StatusCode = status;
            answer.Headers["Retry-After"] = "7";
        });

        var retry = Assert.IsType<Delivery.Retry>(await Log(receiver.Address));

        Assert.Equal(TimeSpan.FromSeconds(7), retry.After);
    }

    [Fact]
    public async Task Redirect_IsRefusedAndNotFollowed()
    {
        using var elsewhere = new Receiver(_ => { });
        using var receiver = new Receiver(answer => answer.Redirect(elsewhere.Address.ToString()));

        var refused = Assert.IsType<Delivery.Refused>(await Log(receiver.Address));

        Assert.Contains("redirects are not followed", refused.Reason, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task NobodyThere_IsToBeRetried()
    {
        // Bound, so that nobody else takes the port, and not listening.
        using var bound = new Socket(SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));

        Assert.IsType<Delivery.Retry>(await Log(new Uri($"http://127.0.0.1:{((System.Net.IPEndPoint)bound.LocalEndPoint!).Port}/")));
    }

    [Fact]
    public async Task SilentReceiver_IsGivenUpAndToBeRetried()
    {
        using var silent = new TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var address = new Uri($"http://127.0.0.1:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}/");
        using var webhook = new SignedWebhook(new WebhookSettings(address, Secret) { Timeout = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);

        var retry = Assert.IsType<Delivery.Retry>(await webhook.SendAsync(Activity, "m-1", default));

        Assert.Contains("no answer", retry.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallerThatGivesUp_GetsACancellation()
    {
        using var webhook = Webhook(new Uri("http://127.0.0.1:9/"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            webhook.SendAsync(Activity, "m-1", new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("ftp://example.com/", Secret, "https://")]
    [InlineData("file:///etc/passwd", Secret, "https://")]
    [InlineData("/relative", Secret, "https://")]
    [InlineData("https://user:word@example.com/", Secret, "no user name")]
    [InlineData("https://example.com/", "short", "at least 16 characters")]
    public void UnusableSettings_AreRefusedWithTheFix(string address, string secret, string fix)
    {
        var error = Assert.Throws<ArgumentException>(() =>
            new SignedWebhook(new WebhookSettings(new Uri(address, UriKind.RelativeOrAbsolute), secret), TimeProvider.System));

        Assert.Contains(fix, error.Message, StringComparison.Ordinal);
    }

    private static SignedWebhook Webhook(Uri address) => new(new WebhookSettings(address, Secret), TimeProvider.System);

    private static async Task<Delivery> Log(Uri address)
    {
        using var webhook = Webhook(address);
        return await webhook.SendAsync(Activity, "m-1", default);
    }

    private static void Write(System.Net.HttpListenerResponse answer, string text)
    {
        try
        {
            answer.OutputStream.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (System.Net.HttpListenerException)
        {
            // The sender has read enough.
        }
    }

    // What a receiver does, written from the documentation rather than with our own code.
    private static void AssertSigned(Receiver.Received request)
    {
        var parts = request.Headers["X-CustomerService-Signature"]!.Split(',').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);
        var signed = Encoding.UTF8.GetBytes($"{parts["t"]}.{request.Text}");
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed)), parts["v1"]);
    }
}
