using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CustomerService.Channels.Files;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Tests;

public sealed class AttachmentRequestTests
{
    private static readonly byte[] Picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1, 2, 3];

    [Fact]
    public async Task A_customers_file_comes_back_to_them_and_to_agents_and_to_nobody_else()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var (mine, other) = ((await gateway.BeginSessionAsync()).Token, (await gateway.BeginSessionAsync()).Token);
        var uploaded = await UploadAsync(gateway, mine, "../my cup.png", "text/html", Picture);
        Assert.Equal("my cup.png", uploaded.Json["name"]!.GetValue<string>());

        var said = await SayAsync(gateway, mine, "c-1", "", uploaded.Json["ticket"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Accepted, said.Status);
        var file = (await gateway.ReadAsync(mine, "c-1")).Json["messages"]![0]!["attachments"]![0]!;
        var path = $"/api/conversations/c-1/attachments/{file["reference"]}";

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", mine);
        using var answer = await gateway.Http.SendAsync(request);
        Assert.Equal(Picture, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(("image/png", "inline"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal("default-src 'none'; sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(HttpMethod.Get, path, RunningGateway.AgentToken)).Status);
        (await gateway.SendAsync(HttpMethod.Get, path, other)).ShouldBe(404, "no_such_conversation");
        (await gateway.SendAsync(HttpMethod.Get, path)).ShouldBe(401, "token_missing");
    }

    [Theory]
    [InlineData("a.html", "text/html", "<script>alert(1)</script>")]
    [InlineData("a.svg", "image/svg+xml", "<svg onload='alert(1)'/>")]
    [InlineData("a.pdf", "application/pdf", "%PDF-1.7")]
    [InlineData("a.png", "image/png", "<script>")]
    public async Task Whatever_could_run_is_only_ever_saved(string name, string mediaType, string content)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;
        var ticket = (await UploadAsync(gateway, token, name, mediaType, Encoding.UTF8.GetBytes(content))).Json["ticket"]!.GetValue<string>();
        await SayAsync(gateway, token, "c-1", "look", ticket);
        var reference = (await gateway.ReadAsync(token, "c-1")).Json["messages"]![0]!["attachments"]![0]!["reference"];

        var answer = await gateway.SendAsync(HttpMethod.Get, $"/api/conversations/c-1/attachments/{reference}", token);

        Assert.StartsWith("attachment", answer.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.DoesNotMatch("html|svg|image", answer.MediaType!);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
    }

    [Fact]
    public async Task Only_whoever_uploaded_a_file_can_send_it()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var (mine, other) = ((await gateway.BeginSessionAsync()).Token, (await gateway.BeginSessionAsync()).Token);
        var ticket = (await UploadAsync(gateway, mine, "a.png", "image/png", Picture)).Json["ticket"]!.GetValue<string>();

        (await SayAsync(gateway, other, "c-2", "mine now", ticket)).ShouldBe(400, "invalid_field");
        (await SayAsync(gateway, mine, "c-1", "altered", (ticket[0] == 'A' ? "B" : "A") + ticket[1..])).ShouldBe(400, "invalid_field");
        (await SayAsync(gateway, mine, "c-1", "guessed", "sha256-" + new string('0', 64))).ShouldBe(400, "invalid_field");
        (await SayAsync(gateway, mine, "c-1", "too many", [.. Enumerable.Repeat(ticket, 11)])).ShouldBe(400, "invalid_field");
        (await gateway.SendAsync(HttpMethod.Get, "/api/conversations/c-1", mine)).ShouldBe(404, "no_such_conversation");
    }

    [Fact]
    public async Task A_file_can_be_sent_for_a_day_and_stays_when_it_was()
    {
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        await using var gateway = await RunningGateway.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        var files = gateway.Services.GetRequiredService<IAttachmentStore>();
        var token = (await gateway.BeginSessionAsync()).Token;
        var sent = (await UploadAsync(gateway, token, "a.png", "image/png", Picture)).Json["ticket"]!.GetValue<string>();
        var late = (await UploadAsync(gateway, token, "b.txt", "text/plain", "late"u8.ToArray())).Json["ticket"]!.GetValue<string>();

        clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(HttpStatusCode.Accepted, (await SayAsync(gateway, token, "c-1", "in time", sent)).Status);
        Assert.Equal(0, await files.SweepAsync(clock.GetUtcNow(), NobodyHas, default));
        clock.Advance(TimeSpan.FromHours(1));
        (await SayAsync(gateway, token, "c-1", "too late", late)).ShouldBe(400, "invalid_field");
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, await files.SweepAsync(clock.GetUtcNow(), NobodyHas, default));
        var reference = (await gateway.ReadAsync(token, "c-1")).Json["messages"]![0]!["attachments"]![0]!["reference"];
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(HttpMethod.Get, $"/api/conversations/c-1/attachments/{reference}", token)).Status);
        Assert.Empty(Directory.GetFiles(Path.Combine(gateway.World.Folder, "attachments", "unsent")));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_not_sent()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = (await gateway.BeginSessionAsync()).Token;
        var ticket = (await UploadAsync(gateway, token, "a.png", "image/png", Picture)).Json["ticket"]!.GetValue<string>();
        await gateway.Services.GetRequiredService<IAttachmentStore>().SweepAsync(DateTimeOffset.MaxValue, NobodyHas, default);

        Assert.Contains("Upload it again", (await SayAsync(gateway, token, "c-1", "look", ticket)).ShouldBe(400, "invalid_field")["detail"]!.GetValue<string>(), StringComparison.Ordinal);

        (await gateway.ReadAsync(token, "c-1")).ShouldBe(404, "no_such_conversation");
    }

    [Fact]
    public async Task An_agents_reply_takes_files_along()
    {
        await using var centre = await ContactCentre.OpenAsync();
        var customer = await centre.HeldAsync("c-1");
        var uploaded = await UploadAsync(centre.Gateway, RunningGateway.AgentToken, "label.pdf", "application/pdf", "%PDF-1.7"u8.ToArray(), "/api/attachments");
        var ticket = uploaded.Json["ticket"]!.GetValue<string>();

        await centre.ActAsync("c-1", "replies", new { agentId = "ada", attachments = new[] { ticket } });

        var last = (await centre.Gateway.MessagesAsync(customer, "c-1", 3))[2]!;
        Assert.Equal(("agent", "", "label.pdf"), (last["author"]!.GetValue<string>(), last["text"]!.GetValue<string>(), last["attachments"]![0]!["name"]!.GetValue<string>()));
        (await SayAsync(centre.Gateway, customer, "c-1", "an agent's ticket", ticket)).ShouldBe(400, "invalid_field");
        (await centre.Gateway.SendAsync(HttpMethod.Post, "/api/attachments?name=a", customer, "{}")).ShouldBe(403, "forbidden");
    }

    [Fact]
    public async Task Too_large_empty_nameless_and_too_many_files_are_refused()
    {
        await using var gateway = await RunningGateway.StartAsync(options: RunningGateway.Options with { UploadLimit = new RateLimit(3, 1) });
        var token = (await gateway.BeginSessionAsync()).Token;

        (await UploadAsync(gateway, token, "big.bin", "application/x-big", new byte[25_000_001])).ShouldBe(413, "body_too_large");
        (await UploadAsync(gateway, token, "empty.txt", "text/plain", [])).ShouldBe(400, "invalid_field");
        (await gateway.SendAsync(HttpMethod.Post, "/api/chat/attachments", token, "{}")).ShouldBe(400, "bad_request");
        (await UploadAsync(gateway, null, "a.txt", "text/plain", [1])).ShouldBe(401, "token_missing");
        Answer answer;
        do
            answer = await UploadAsync(gateway, token, "a.txt", "text/plain", [1]);
        while (answer.Status == HttpStatusCode.Created);
        answer.ShouldBe(429, "too_many_requests");
    }

    private static ValueTask<IReadOnlySet<string>> NobodyHas(IReadOnlyCollection<string> references, CancellationToken cancellation) => new(new HashSet<string>());

    private static async Task<Answer> UploadAsync(RunningGateway gateway, string? token, string name, string mediaType, byte[] bytes, string path = "/api/chat/attachments")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}?name={Uri.EscapeDataString(name)}") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return await gateway.SendAsync(request, token);
    }

    private static Task<Answer> SayAsync(RunningGateway gateway, string token, string conversation, string text, params string[] attachments) =>
        gateway.SendAsync(HttpMethod.Post, "/api/chat/messages", token, new { conversationId = conversation, text, attachments });
}
