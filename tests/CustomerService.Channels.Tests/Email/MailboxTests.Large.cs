using CustomerService.Channels.Email;
using CustomerService.Channels.Tests.Vendors;
using MimeKit;

namespace CustomerService.Channels.Tests.Email;

/// <summary>Mails that are too large to be read.</summary>
public sealed partial class MailboxTests
{
    [RequiresFact("mail-servers")]
    public async Task MailThatIsTooLarge_IsToldToItsSenderOnce()
    {
        using var desk = new MailDesk();
        var settings = Settings("large") with { MaxMegabytes = 1 };
        var file = Path.Combine(desk.Folder, "large.bin");
        await File.WriteAllBytesAsync(file, new byte[1_500_000]);
        await using (await FollowAsync(desk, settings with { Imap = settings.Imap with { ReadBack = TimeSpan.FromDays(1) } }))
        {
            await servers.SwaksAsync("babbage@customer.example", "large@shop.example", "--h-Subject", "Big", "--attach", $"@{file}", "--body", "with a file");
            await servers.SwaksAsync("bot@customer.example", "large@shop.example", "--header", "Auto-Submitted: auto-generated", "--attach", $"@{file}", "--body", "with a file");
            await SendAsync("large", 1);
            await desk.MessageAsync("mail 1.");
            var told = await ReadAsync("babbage", mail => mail.Subject == "Re: Big");
            Assert.Contains("too large", told.TextBody, StringComparison.Ordinal);
            Assert.Equal("auto-replied", told.Headers[HeaderId.AutoSubmitted]);
        }

        await servers.StopImapAsync();
        servers.Renumber("large");
        await servers.StartImapAsync();
        await using (await FollowAsync(desk, settings, known: true))
        {
            await desk.MessageAsync("mail 1.");
            await SendAsync("large", 2); // Before this one is looked for, whoever is to be told has been.
            await desk.MessageAsync("mail 2.");
        }

        Assert.Equal(1, await CountAsync("babbage"));
        Assert.Equal(0, await CountAsync("bot"));
    }

    [RequiresFact("mail-servers")]
    public async Task NoticeThatCouldNotGoOut_GoesOutLater_OnceAndAlsoAfterAStart()
    {
        using var desk = new MailDesk();
        await using var smtp = new SmtpStandIn { Fault = SmtpFault.RecipientLater };
        var settings = WithSmtp(Settings("later"), smtp);
        await using (await FollowAsync(desk, settings))
        {
            await SendLargeAsync(desk, "later", "first");
            await smtp.Connections.ReadAsync();
            await SendAsync("later", 1);
            await desk.MessageAsync("mail 1."); // By now the refusal was noted.
        }

        smtp.Fault = SmtpFault.None;
        var clock = new ShiftedTime();
        await using (await FollowAsync(desk, settings, known: true, clock))
        {
            Assert.Contains("Subject: Re: first", await smtp.Mails.ReadAsync(), StringComparison.Ordinal);

            smtp.Fault = SmtpFault.MailLater;
            await SendLargeAsync(desk, "later", "second");
            await smtp.Connections.ReadAsync(); // of the first
            await smtp.Connections.ReadAsync();
            await SendAsync("later", 2);
            await desk.MessageAsync("mail 2.");
            smtp.Fault = SmtpFault.None;
            clock.Shift = TimeSpan.FromMinutes(2);
            Assert.Contains("Subject: Re: second", await smtp.Mails.ReadAsync(), StringComparison.Ordinal);

            await SendAsync("later", 3);
            await desk.MessageAsync("mail 3.");
        }

        Assert.False(smtp.Mails.TryRead(out _));
    }

    /// <summary>The process ended after the mail server had the notice and before that was noted: nobody can tell, so nobody is told twice.</summary>
    [RequiresFact("mail-servers")]
    public async Task NoticeThatMayHaveGoneOut_IsNotSentAgain()
    {
        using var desk = new MailDesk();
        await using var smtp = new SmtpStandIn { Fault = SmtpFault.RecipientLater };
        var settings = WithSmtp(Settings("broken"), smtp);
        await using (await FollowAsync(desk, settings))
        {
            await SendLargeAsync(desk, "broken", "first");
            await smtp.Connections.ReadAsync();
            await SendAsync("broken", 1);
            await desk.MessageAsync("mail 1.");
        }

        smtp.Fault = SmtpFault.None;
        var positions = desk.Parts().Mail!.Positions;
        var position = await positions.ReadAsync("broken", CancellationToken.None);
        await positions.WriteAsync("broken", position! with { Untold = [], Telling = Assert.Single(position.Untold) }, CancellationToken.None);
        await using (await FollowAsync(desk, settings, known: true))
        {
            await SendLargeAsync(desk, "broken", "second");
            Assert.Contains("Subject: Re: second", await smtp.Mails.ReadAsync(), StringComparison.Ordinal);
            await SendAsync("broken", 2); // It is read after that was noted.
            await desk.MessageAsync("mail 2.");
        }

        // Nor if it comes to light once more.
        await servers.StopImapAsync();
        servers.Renumber("broken");
        await servers.StartImapAsync();
        await using (await FollowAsync(desk, settings, known: true))
        {
            await SendLargeAsync(desk, "broken", "third");
            Assert.Contains("Subject: Re: third", await smtp.Mails.ReadAsync(), StringComparison.Ordinal);
        }
    }

    private static EmailSettings WithSmtp(EmailSettings settings, SmtpStandIn smtp) =>
        settings with { MaxMegabytes = 1, Smtp = settings.Smtp with { Port = smtp.Port, User = "me", Password = "x" } };

    private async Task SendLargeAsync(MailDesk desk, string to, string subject)
    {
        var file = Path.Combine(desk.Folder, "large.bin");
        await File.WriteAllBytesAsync(file, new byte[1_500_000]);
        await servers.SwaksAsync("babbage@customer.example", $"{to}@shop.example", "--h-Subject", subject, "--h-Message-Id", $"<{to}-{subject}@customer.example>", "--attach", $"@{file}", "--body", "with a file");
    }

    /// <summary>The machine's clock, which goes ahead when told to; its timers know nothing of that.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
