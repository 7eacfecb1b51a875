using System.Globalization;
using System.Text;
using CustomerService.Channels.Tests.Vendors;
using MimeKit;

namespace CustomerService.EndToEnd.Channels;

/// <summary>The whole way of a chat's transcript, through the real program, with a mail server in trouble and a program that is killed.</summary>
public sealed class TranscriptTests
{
    [Fact]
    public async Task Transcript_OutlivesTheProgramAndTheMailServersTrouble_AndComesOnce()
    {
        await using var server = new SmtpStandIn { Fault = SmtpFault.Busy };
        await using var system = await ChannelSystem.StartWithChatAsync(
            "{ transcripts_by: shop-mail }",
            $$"""
            shop-mail:
              kind: email
              address: support@shop.example
              display_name: The Shop
              imap: { host: 127.0.0.1, port: {{SiloProgram.FreePort().ToString(CultureInfo.InvariantCulture)}}, user: support, password_env: MAIL_PASSWORD, tls: none }
              smtp: { host: 127.0.0.1, port: {{server.Port.ToString(CultureInfo.InvariantCulture)}}, tls: none }
            """,
            KeyValuePair.Create("MAIL_PASSWORD", "secret"));
        using var http = system.Customers();
        var customer = await ChatClient.OpenAsync(http, "c-mailed");
        await customer.TrySendAsync("m-1", "What are your opening hours?");
        await customer.ReplyToAsync("m-1");

        await customer.MailTranscriptAsync("rosa@customer.example", "t-1");
        // Between two attempts: a program that dies within one can't tell whether the server has the mail.
        await system.UntilAsync("c-mailed", "tried, and to be tried again in a while", page =>
            page["internal"]!["deliveries"]![0]!["nextAttemptAt"] is { } next && next.GetValue<DateTimeOffset>() > TimeProvider.System.GetUtcNow().AddSeconds(3));
        await system.KillAndRestartAsync();
        server.Fault = SmtpFault.None;
        await customer.MailTranscriptAsync("rosa@customer.example", "t-1"); // The page asks again: nobody had answered it.

        using var mail = await MimeMessage.LoadAsync(new MemoryStream(Encoding.Latin1.GetBytes(await server.Mails.ReadAsync())));
        await system.UntilAsync("c-mailed", "sent", page => ChannelSystem.Statuses(page).SequenceEqual(["sent"]));
        Assert.False(server.Mails.TryRead(out _));
        Assert.Equal(("Your conversation with The Shop", "rosa@customer.example"), (mail.Subject, Assert.Single(mail.To.Mailboxes).Address));
        Assert.Contains("You\nWhat are your opening hours?", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("customer-service team is", mail.TextBody, StringComparison.Ordinal);
    }
}
