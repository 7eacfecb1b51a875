using System.Net;
using System.Text;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email;
using CustomerService.Channels.Email.Receiving;
using CustomerService.Channels.Email.Threads;
using CustomerService.Channels.Files;
using CustomerService.Channels.Intake;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Gateway.Tests;

/// <summary>What staff sees of mails: those that could not be taken in, and how one came.</summary>
public sealed class MailRequestTests
{
    private const string Good = "From: ada@customer.example\r\nTo: support@shop.example\r\nSubject: Hello\r\nMessage-Id: <q1@c>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>Where is <b>it</b>?</p>\r\n";
    private const string Nobodys = "To: support@shop.example\r\n\r\nHello\r\n";

    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Parked_mails_are_listed_read_tried_again_and_given_up()
    {
        var world = new GrainWorld();
        await using var gateway = await StartAsync(world);
        var mails = gateway.Services.GetRequiredService<IParkedMails>();
        var (good, nobodys) = (await ParkAsync(mails, Good), await ParkAsync(mails, Nobodys));

        var listed = (await AskAsync(gateway, HttpMethod.Get, "?account=support")).Json["mails"]!.AsArray();
        Assert.Equal(new[] { good.Id, nobodys.Id }.Order(), listed.Select(mail => mail!["id"]!.GetValue<string>()).Order());
        Assert.Equal(("support", "a bug"), (listed[0]!["account"]!.GetValue<string>(), listed[0]!["reason"]!.GetValue<string>()));
        Assert.Empty((await AskAsync(gateway, HttpMethod.Get, "?account=sales")).Json["mails"]!.AsArray());

        var read = await AskAsync(gateway, HttpMethod.Get, $"/support/{nobodys.Id}");
        AssertSavedOnly(read, Nobodys);

        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(gateway, HttpMethod.Post, $"/support/{good.Id}/retry")).Status);
        var problem = (await AskAsync(gateway, HttpMethod.Post, $"/support/{nobodys.Id}/retry")).ShouldBe(409, "mail_not_taken");
        Assert.Contains("it does not say who sent it", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(gateway, HttpMethod.Post, $"/support/{nobodys.Id}/drop")).Status);
        Assert.Empty((await AskAsync(gateway, HttpMethod.Get, "")).Json["mails"]!.AsArray());

        var page = await gateway.ReadAsync(RunningGateway.AgentToken, Conversation);
        Assert.Equal("Hello\n\nWhere is it?", page.Json["messages"]![0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_mail_is_shown_to_agents_as_a_page_where_nothing_runs_and_saved_as_it_came()
    {
        var world = new GrainWorld();
        await using var gateway = await StartAsync(world);
        var mail = await ParkAsync(gateway.Services.GetRequiredService<IParkedMails>(), Good);
        await AskAsync(gateway, HttpMethod.Post, $"/support/{mail.Id}/retry");

        var file = (await gateway.ReadAsync(RunningGateway.AgentToken, Conversation)).Json["messages"]![0]!["attachments"]![0]!;
        var page = await gateway.SendAsync(HttpMethod.Get, $"/api/conversations/{Conversation}/attachments/{file["reference"]}", RunningGateway.AgentToken);
        Assert.Contains("<b>it</b>", page.Text, StringComparison.Ordinal);
        Assert.Equal("text/html; charset=utf-8", page.Headers["Content-Type"]);
        Assert.StartsWith("inline", page.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Equal(("default-src 'none'; sandbox", "nosniff"), (page.Headers["Content-Security-Policy"], page.Headers["X-Content-Type-Options"]));

        AssertSavedOnly(await gateway.SendAsync(HttpMethod.Get, $"/api/conversations/{Conversation}/messages/1/source", RunningGateway.AgentToken), Good);
        (await gateway.SendAsync(HttpMethod.Get, $"/api/conversations/{Conversation}/messages/2/source", RunningGateway.AgentToken)).ShouldBe(404, "no_such_source");
    }

    [Fact]
    public async Task What_a_visitor_says_that_their_message_came_as_is_nothing_of_ours()
    {
        var world = new GrainWorld();
        await using var gateway = await StartAsync(world);
        var kept = await gateway.Services.GetRequiredService<IAttachmentStore>().KeepAsync("secret.txt", "text/plain", new MemoryStream("secret"u8.ToArray()), CancellationToken.None);
        var token = (await gateway.BeginSessionAsync()).Token;
        var said = await gateway.SendAsync(HttpMethod.Post, "/api/chat/messages", token, new { conversationId = "c-1", text = "Hello", metadata = new { source = kept.Reference } });
        Assert.Equal(HttpStatusCode.Accepted, said.Status);

        (await gateway.SendAsync(HttpMethod.Get, "/api/conversations/c-1/messages/1/source", RunningGateway.AgentToken)).ShouldBe(404, "no_such_source");
        (await gateway.SendAsync(HttpMethod.Get, "/api/conversations/c-1/messages/1/source", token)).ShouldBe(403, "forbidden");
    }

    private static string Conversation => ConversationIds.BegunBy(ChannelNames.Email, "support", "ada@customer.example\nq1@c");

    private static void AssertSavedOnly(Answer answer, string content)
    {
        Assert.Equal((HttpStatusCode.OK, "message/rfc822", content), (answer.Status, answer.MediaType, answer.Text));
        Assert.StartsWith("attachment", answer.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Equal(("default-src 'none'; sandbox", "nosniff"), (answer.Headers["Content-Security-Policy"], answer.Headers["X-Content-Type-Options"]));
    }

    private static Task<ParkedMail> ParkAsync(IParkedMails mails, string mail) => mails.ParkAsync("support", Encoding.ASCII.GetBytes(mail), "a bug", Morning, CancellationToken.None);

    private static Task<Answer> AskAsync(RunningGateway gateway, HttpMethod method, string path) =>
        gateway.SendAsync(method, $"/api/operations/parked-mails{path}", RunningGateway.OperatorToken);

    private static Task<RunningGateway> StartAsync(GrainWorld world) => RunningGateway.StartAsync(world, services: services => services.AddSingleton(provider =>
    {
        var files = provider.GetRequiredService<IAttachmentStore>();
        var parts = new MailParts(new GrainMailThreads(() => world), new FilePositions(Path.Combine(world.Folder, "mailboxes")), provider.GetRequiredService<IParkedMails>()) { Journal = () => world };
        var settings = Channels.Settings.ChannelSettings.Parse(
            """
            accounts:
              support:
                kind: email
                address: support@shop.example
                imap: { host: 127.0.0.1, user: me, password_env: PASSWORD, tls: none }
                smtp: { host: 127.0.0.1, tls: none }
            """,
            "channels.yaml",
            _ => "secret");
        return new ChannelAccounts(
            settings, now => new AccountParts(new HttpClient(), TimeProvider.System, NullLoggerFactory.Instance, files, now.PublicUrl) { Mail = parts }, NullLogger<ChannelAccounts>.Instance);
    }));
}
