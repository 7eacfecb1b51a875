using System.Net;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Gateway.Tests;

/// <summary>What was said in a chat, asked for by mail.</summary>
public sealed class TranscriptRequestTests : IAsyncLifetime
{
    public const string Mailbox = """
        chat: { transcripts_by: support }
        accounts:
          support:
            kind: email
            address: support@shop.example
            imap: { host: imap.shop.example, user: me, password_env: KEY_MAIL }
            smtp: { host: smtp.shop.example, user: me, password_env: KEY_MAIL }
        """;

    private readonly GrainWorld _world = new() { Channels = Mailbox };
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync(_world);

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Customer_has_their_conversation_mailed_in_their_language_and_time_zone()
    {
        var token = await BegunAsync("c-1");
        Assert.True((await _gateway.ReadAsync(token, "c-1")).Json["standing"]!["mailsTranscript"]!.GetValue<bool>());

        var asked = await AskAsync(token, new { to = " Rosa@Example.COM ", requestId = "t-1", timeZone = "Europe/Madrid" }, query: "?language=es");
        var again = await AskAsync(token, new { to = "Rosa@example.com", requestId = "t-1", timeZone = "Europe/Madrid" });

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (asked.Status, again.Status));
        var waiting = Assert.Single((await DeliveriesAsync("c-1")).Waiting).Message;
        Assert.Equal(("support", "rosa@example.com"), (waiting.To!.Account, waiting.To.Address));
        Assert.Equal((new TranscriptCopy(2, "Europe/Madrid"), "es"), (waiting.Transcript, waiting.Language));
        var shown = (await _gateway.ReadAsync(RunningGateway.AgentToken, "c-1")).Json["internal"]!["deliveries"]![0]!;
        Assert.Equal(("transcript-1", "queued"), (shown["messageId"]!.GetValue<string>(), shown["status"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Fourth_time_is_an_agents()
    {
        var token = await BegunAsync("c-1");
        for (var number = 1; number <= 3; number++)
            Assert.Equal(HttpStatusCode.Accepted, (await AskAsync(token, new { to = $"rosa{number}@example.com" })).Status);

        (await AskAsync(token, new { to = "rosa4@example.com" })).ShouldBe(429, "too_many_transcripts");

        Assert.Null((await _gateway.ReadAsync(token, "c-1")).Json["standing"]!["mailsTranscript"]);
        (await AskAsync(RunningGateway.AgentToken, new { to = "rosa4@example.com" })).ShouldBe(400, "invalid_field");
        Assert.Equal(HttpStatusCode.Accepted, (await AskAsync(RunningGateway.AgentToken, new { to = "rosa4@example.com", by = "ada" })).Status);
        Assert.Equal(4, (await DeliveriesAsync("c-1")).Waiting.Length);
    }

    [Fact]
    public async Task Many_visitors_fill_nobodys_mailbox()
    {
        for (var number = 1; number <= AddressState.MaxTranscripts; number++)
            Assert.Equal(HttpStatusCode.Accepted, (await AskAsync(await BegunAsync($"c-{number}"), new { to = $"victim+{number}@example.com" }, $"c-{number}")).Status);

        (await AskAsync(await BegunAsync("c-next"), new { to = "victim@example.com" }, "c-next")).ShouldBe(429, "too_many_transcripts");

        Assert.Empty((await DeliveriesAsync("c-next")).Waiting);
    }

    [Fact]
    public async Task One_visitor_with_many_conversations_is_one_visitor()
    {
        var token = (await _gateway.BeginSessionAsync()).Token;
        for (var number = 1; number <= AddressState.MaxTranscripts + 1; number++)
            await SayAsync(token, $"c-{number}");
        for (var number = 1; number <= AddressState.MaxTranscripts; number++)
            Assert.Equal(HttpStatusCode.Accepted, (await AskAsync(token, new { to = $"victim{number}@example.com" }, $"c-{number}")).Status);

        (await AskAsync(token, new { to = "another@example.com" }, $"c-{AddressState.MaxTranscripts + 1}")).ShouldBe(429, "too_many_transcripts");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("rosa")]
    [InlineData("rosa@")]
    [InlineData("@example.com")]
    [InlineData("rosa@localhost")]
    [InlineData("rosa@[127.0.0.1]")]
    [InlineData("rosa@example.com, ben@example.com")]
    [InlineData("rosa@example.com;ben@example.com")]
    [InlineData("rosa@example.com\r\nBcc: all@example.com")]
    [InlineData("rosa@example.com\nSubject: x")]
    [InlineData("Rosa <rosa@example.com>")]
    [InlineData("<script>alert(1)</script>@example.com")]
    [InlineData("rosa@example.com<img src=x onerror=alert(1)>")]
    [InlineData("rosa\u0000@example.com")]
    [InlineData("\"a b\"@example.com")]
    [InlineData("rosa@exam_ple.com/../x")]
    public async Task What_is_no_address_of_one_person_is_refused(string? to)
    {
        var token = await BegunAsync("c-1");

        (await AskAsync(token, new { to })).ShouldBe(400, "invalid_field");

        Assert.Empty((await DeliveriesAsync("c-1")).Waiting);
    }

    [Fact]
    public async Task Nobody_mails_somebody_elses_conversation()
    {
        await BegunAsync("c-1");

        (await AskAsync((await _gateway.BeginSessionAsync()).Token, new { to = "thief@example.com" })).ShouldBe(404, "no_such_conversation");
        (await AskAsync(null, new { to = "thief@example.com" })).ShouldBe(401, "token_missing");

        Assert.Empty((await DeliveriesAsync("c-1")).Waiting);
    }

    [Fact]
    public async Task Without_a_mailbox_it_is_neither_offered_nor_taken()
    {
        await using var plain = await RunningGateway.StartAsync();
        var token = (await plain.BeginSessionAsync()).Token;
        await plain.SayAsync(token, "Hello", "c-1");

        Assert.Null((await plain.ReadAsync(token, "c-1")).Json["standing"]!["mailsTranscript"]);
        (await plain.SendAsync(HttpMethod.Post, "/api/conversations/c-1/transcript", token, new { to = "rosa@example.com" })).ShouldBe(409, "transcripts_not_offered");
    }

    [Fact]
    public async Task Unknown_time_zone_is_as_good_as_none()
    {
        var token = await BegunAsync("c-1");

        await AskAsync(token, new { to = "rosa@example.com", timeZone = "../../etc/passwd" });

        Assert.Null(Assert.Single((await DeliveriesAsync("c-1")).Waiting).Message.Transcript!.Zone);
    }

    private async Task<string> BegunAsync(string conversation)
    {
        var token = (await _gateway.BeginSessionAsync()).Token;
        await SayAsync(token, conversation);
        return token;
    }

    private async Task SayAsync(string token, string conversation)
    {
        await _gateway.SayAsync(token, "Where is my order?", conversation);
        await _gateway.MessagesAsync(token, conversation, 2);
    }

    private Task<Answer> AskAsync(string? token, object body, string conversation = "c-1", string query = "") =>
        _gateway.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/transcript{query}", token, body);

    private async Task<DeliveriesView> DeliveriesAsync(string conversation) =>
        Assert.IsType<DeliveriesView>(await _world.AskAsync(Grain.Delivery(conversation), new GetDeliveries()));
}
