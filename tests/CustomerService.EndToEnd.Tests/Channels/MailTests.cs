using System.Globalization;

namespace CustomerService.EndToEnd.Channels;

/// <summary>The whole way of a mail and its answer, through the real program and real mail servers.</summary>
public sealed class MailTests(MailServers servers) : IClassFixture<MailServers>
{
    [RequiresFact("mail-servers")]
    public async Task Question_ComesByTheMailboxAndItsAnswerReachesTheCustomersOwn()
    {
        await using var system = await ChannelSystem.StartAsync(
            $$"""
            shop-mail:
              kind: email
              address: support@shop.example
              imap: { host: 127.0.0.1, port: {{servers.ImapPort.ToString(CultureInfo.InvariantCulture)}}, user: support@shop.example, password_env: MAIL_PASSWORD, tls: none, read_back: 600s }
              smtp: { host: 127.0.0.1, port: {{servers.SmtpPort.ToString(CultureInfo.InvariantCulture)}}, tls: none }
            """,
            KeyValuePair.Create("MAIL_PASSWORD", MailServers.Password));

        await using var send = system.Command("send", "--channel", "email", "--from", "ada@customer.example", "--text", "What are your opening hours?", "--wait", "60");

        Assert.True(await send.ExitAsync() == 0, $"{send.Output}\n{system.Program.Output}");
        Assert.Contains("customer-service team is", send.Output, StringComparison.Ordinal);
        using var client = new MailKit.Net.Imap.ImapClient();
        await client.ConnectAsync("127.0.0.1", servers.ImapPort, MailKit.Security.SecureSocketOptions.None);
        await client.AuthenticateAsync("ada@customer.example", MailServers.Password);
        await client.Inbox.OpenAsync(MailKit.FolderAccess.ReadOnly);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (client.Inbox.Count == 0)
            await client.NoOpAsync(patience.Token);
        using var answer = await client.Inbox.GetMessageAsync(0);
        Assert.Equal("Re: A question", answer.Subject);
        Assert.Contains("customer-service team is", answer.TextBody, StringComparison.Ordinal);
        Assert.NotNull(answer.InReplyTo);
    }
}
