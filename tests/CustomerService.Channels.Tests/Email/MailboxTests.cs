using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email;
using CustomerService.Channels.Email.Threads;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Turns;
using MailKit;
using MailKit.Net.Imap;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;

namespace CustomerService.Channels.Tests.Email;

/// <summary>Mailboxes on a real Dovecot, with a real Postfix, each test with mailboxes of its own.</summary>
public sealed partial class MailboxTests(MailServers servers) : IClassFixture<MailServers>
{
    [RequiresFact("mail-servers")]
    public async Task Mail_IsAnswered_AndItsAnswerComesToTheSameConversation()
    {
        using var desk = new MailDesk();
        await using var open = await FollowAsync(desk, Settings("threads") with { PlusAddress = true });
        await servers.SwaksAsync("ada@customer.example", "threads@shop.example", "--h-From", "Ada Byron <ada@customer.example>", "--h-Subject", "Where is order 4711?", "--h-Message-Id", "<q1@customer.example>", "--body", "It should be here.");
        var first = await desk.MessageAsync("It should be here.");

        Assert.Equal("Where is order 4711?\n\nIt should be here.", first.Interaction.Content);
        Assert.Equal("ada@customer.example", first.Interaction.Address);
        var answer = MailDesk.Answer(first.ConversationId, "It is on its way.", account: "threads", metadata: [.. first.Interaction.ChannelMetadata.Select(each => (each.Key, each.Value))]);
        Assert.IsType<SendOutcome.Accepted>(await open.Account.SendAsync(answer, CancellationToken.None));

        var read = await ReadAsync("ada", mail => mail.From.Mailboxes.Single().Address == "threads@shop.example");
        Assert.Equal("Re: Where is order 4711?", read.Subject);
        Assert.Equal("q1@customer.example", read.InReplyTo);
        Assert.Equal(["q1@customer.example"], read.References);
        Assert.Equal("auto-replied", read.Headers[HeaderId.AutoSubmitted]);
        var replyTo = read.ReplyTo.Mailboxes.Single().Address;
        Assert.NotNull(ThreadToken.In(replyTo));

        // By the header alone, by the address alone, and by the first mail alone.
        await servers.SwaksAsync("ada@customer.example", "threads@shop.example", "--header", $"In-Reply-To: <{read.MessageId}>", "--body", "by header");
        Assert.Equal(first.ConversationId, (await desk.MessageAsync("by header")).ConversationId);
        await servers.SwaksAsync("ada@customer.example", replyTo, "--body", "by address");
        Assert.Equal(first.ConversationId, (await desk.MessageAsync("by address")).ConversationId);
        await servers.SwaksAsync("ada@customer.example", "threads@shop.example", "--header", "References: <rewritten@mta> <q1@customer.example>", "--body", "by reference");
        Assert.Equal(first.ConversationId, (await desk.MessageAsync("by reference")).ConversationId);

        // Somebody else who knows all of it still has a conversation of their own.
        await servers.SwaksAsync("mallory@customer.example", replyTo, "--header", $"In-Reply-To: <{read.MessageId}>", "--header", "References: <q1@customer.example>", "--body", "by somebody else");
        var other = await desk.MessageAsync("by somebody else");
        Assert.NotEqual(first.ConversationId, other.ConversationId);
        Assert.Equal(first.ConversationId, other.Interaction.ChannelMetadata[MailMetadata.Related]);
    }

    [RequiresFact("mail-servers")]
    public async Task MailboxThatCouldNotBeRead_IsReadOn_WhateverCameMeanwhile()
    {
        using var desk = new MailDesk();
        var settings = Settings("outage");
        await using (await FollowAsync(desk, settings))
        {
            await SendAsync("outage", 0);
            await desk.MessageAsync("mail 0.");
            await servers.StopImapAsync();
            for (var number = 1; number <= 5; number++)
                await SendAsync("outage", number);
            await SendManyAsync("outage", 6, 80);
            await servers.StartImapAsync();
            for (var number = 1; number <= 5; number++)
                Assert.Contains($"mail {number}.", Assert.IsType<ChannelEvent.Message>(await desk.NextAsync()).Interaction.Content, StringComparison.Ordinal);
            var rest = new List<string>();
            while (rest.Count < 75)
                rest.Add(Assert.IsType<ChannelEvent.Message>(await desk.NextAsync()).Interaction.Content.Trim());
            Assert.Equal(Enumerable.Range(6, 75).Select(number => $"mail {number}."), rest.OrderBy(text => int.Parse(text[5..^1], System.Globalization.CultureInfo.InvariantCulture)));
        }

        // The program itself was away.
        await SendAsync("outage", 81);
        await using var again = await FollowAsync(desk, settings, known: true);
        Assert.Contains("mail 81.", Assert.IsType<ChannelEvent.Message>(await desk.NextAsync()).Interaction.Content, StringComparison.Ordinal);
    }

    /// <summary>A mailbox that was in use before: by default nobody gets an answer to what was long settled.</summary>
    [RequiresFact("mail-servers")]
    public async Task MailboxWithMailsInIt_IsReadFromNowOn_OrAsFarBackAsAskedFor()
    {
        foreach (var days in (int[])[20, 6, 1])
            await AppendAsync("older", $"mail of {days} days ago.", TimeProvider.System.GetUtcNow().AddDays(-days));
        var settings = Settings("older");

        using var usual = new MailDesk();
        await using (await FollowAsync(usual, settings))
        {
            await SendAsync("older", 1);
            Assert.Contains("mail 1.", Assert.IsType<ChannelEvent.Message>(await usual.NextAsync()).Interaction.Content, StringComparison.Ordinal);
        }

        using var asked = new MailDesk();
        await using (await FollowAsync(asked, settings with { Imap = settings.Imap with { ReadBack = TimeSpan.FromDays(7) } }))
        {
            foreach (var expected in (string[])["mail of 6 days ago.", "mail of 1 days ago.", "mail 1."])
                Assert.Contains(expected, Assert.IsType<ChannelEvent.Message>(await asked.NextAsync()).Interaction.Content, StringComparison.Ordinal);
        }
    }

    [RequiresFact("mail-servers")]
    public async Task MailboxNumberedAnew_LosesNothing_AndBeginsNothingTwice()
    {
        using var desk = new MailDesk();
        var settings = Settings("renumbered");
        ChannelEvent.Message first, second;
        await using (await FollowAsync(desk, settings))
        {
            await SendAsync("renumbered", 1);
            await SendAsync("renumbered", 2);
            (first, second) = (await desk.MessageAsync("mail 1."), await desk.MessageAsync("mail 2."));
        }

        await servers.StopImapAsync();
        servers.Renumber("renumbered");
        await SendAsync("renumbered", 3);
        await servers.StartImapAsync();
        await using var again = await FollowAsync(desk, settings, known: true);

        var came = new List<ChannelEvent.Message>();
        while (came.Count < 3)
            came.Add(Assert.IsType<ChannelEvent.Message>(await desk.NextAsync()));
        foreach (var before in new[] { first, second })
        {
            var repeated = came.Single(each => each.Interaction.Id == before.Interaction.Id);
            Assert.Equal((before.ConversationId, before.Interaction.Content), (repeated.ConversationId, repeated.Interaction.Content));
        }

        Assert.Contains(came, each => each.Interaction.Content.Contains("mail 3.", StringComparison.Ordinal));
    }

    [RequiresFact("mail-servers")]
    public async Task NewMail_WakesWhoWaits_WithoutBeingAskedFor()
    {
        using var desk = new MailDesk();
        var settings = Settings("idle");
        await using var open = await FollowAsync(desk, settings with { Imap = settings.Imap with { Poll = TimeSpan.FromHours(1) } });

        await SendAsync("idle", 1);
        await desk.MessageAsync("mail 1.");
        await SendAsync("idle", 2);
        await desk.MessageAsync("mail 2.");

        await using var accounts = new ChannelAccounts(new ChannelSettings(null, [settings]), _ => desk.Parts(), NullLogger<ChannelAccounts>.Instance);
        desk.Health.Watch(accounts);
        Assert.Equal("connected", Assert.Single(desk.Health.Look()).Follower!.State);
    }

    [RequiresFact("mail-servers")]
    public async Task ServerWithoutIdle_IsAskedNowAndThen()
    {
        using var desk = new MailDesk();
        var settings = Settings("polled");
        await using var open = await FollowAsync(desk, settings with { Imap = settings.Imap with { Idle = false } });

        await SendAsync("polled", 1);
        await desk.MessageAsync("mail 1.");
    }

    [RequiresFact("mail-servers")]
    public async Task MailboxThatHangs_DelaysNoOther()
    {
        using var desk = new MailDesk();
        await using var silent = new SmtpStandIn { Fault = SmtpFault.SilentFromTheStart };
        var clock = new ManualTimeProvider();
        using var stop = new CancellationTokenSource();
        await using var hanging = (IFollowingAccount)MailDesk.Settings(silent.Port, 1, "hanging").Open(desk.Parts(clock));
        var following = hanging.FollowAsync(desk, stop.Token);
        await silent.Connections.ReadAsync();

        await using var open = await FollowAsync(desk, Settings("beside"));
        await SendAsync("beside", 1);
        await desk.MessageAsync("mail 1.");

        // It is given up after a minute, and tried again.
        clock.Advance(TimeSpan.FromMinutes(1));
        var again = silent.Connections.ReadAsync().AsTask();
        while (!again.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stop.CancelAsync();
        await following;
    }

    [RequiresFact("mail-servers")]
    public async Task MailThatCantBeTaken_IsParked_AndThoseAfterItCome()
    {
        using var desk = new MailDesk
        {
            Door = what => what is ChannelEvent.Message { Interaction.Content: var content } && content.Contains("mail 1.", StringComparison.Ordinal) ? throw new InvalidOperationException("a bug")
                : what is ChannelEvent.Message { Interaction.Content: var refused } && refused.Contains("mail 2.", StringComparison.Ordinal) ? "It is not wanted." : null,
        };
        await using var open = await FollowAsync(desk, Settings("parked"));

        for (var number = 1; number <= 3; number++)
            await SendAsync("parked", number);
        await desk.MessageAsync("mail 3.");

        var parked = desk.Parked.Select(file => (Mail: MimeMessage.Load(file).TextBody, Reason: File.ReadAllText(Path.ChangeExtension(file, ".txt")))).OrderBy(each => each.Mail, StringComparer.Ordinal).ToArray();
        Assert.Equal(2, parked.Length);
        Assert.Contains("a bug", parked[0].Reason, StringComparison.Ordinal);
        Assert.Equal("It is not wanted.\n", parked[1].Reason);
    }

    [RequiresFact("mail-servers")]
    public async Task BusySystem_IsWaitedFor()
    {
        var refusals = 2;
        using var desk = new MailDesk { Door = _ => refusals-- > 0 ? throw new HostBusyException("busy", TimeSpan.FromSeconds(1)) : null };
        await using var open = await FollowAsync(desk, Settings("busy"));

        await SendAsync("busy", 1);
        await desk.MessageAsync("mail 1.");
        Assert.Empty(desk.Parked);
    }

    [RequiresFact("mail-servers")]
    public async Task MailThatComesBack_FailsTheMessageThatItWas()
    {
        using var desk = new MailDesk();
        await using var open = await FollowAsync(desk, Settings("bounced"));

        var sent = Assert.IsType<SendOutcome.Accepted>(await open.Account.SendAsync(
            MailDesk.Answer("email-00000000000000000000000000000001", "Hello?", address: "ada@nowhere.example", account: "bounced"), CancellationToken.None));

        var receipt = await desk.ReceiptAsync();
        Assert.Equal((sent.Parts.Single(), DeliveryStatus.Failed), (receipt.ExternalId, receipt.Status));
        Assert.Contains("there is no such domain", receipt.Reason, StringComparison.Ordinal);
    }

    [RequiresFact("mail-servers")]
    public async Task CopyOfWhatWasSent_ShowsThatItWas()
    {
        using var desk = new MailDesk();
        await CreateFolderAsync("copies", "Sent");
        var settings = Settings("copies") with { SentFolder = "Sent" };
        await using var account = (ISendingAccount)settings.Open(desk.Parts());
        var sent = MailDesk.Answer("email-00000000000000000000000000000002", "Hello", account: "copies");

        await account.SendAsync(sent, CancellationToken.None);
        await account.SendAsync(sent, CancellationToken.None);

        Assert.IsType<SendTrace.Found>(await account.FindAsync(sent, CancellationToken.None));
        Assert.IsType<SendTrace.NoWayToTell>(await account.FindAsync(sent with { Message = sent.Message with { MessageId = "other" } }, CancellationToken.None));
        Assert.Equal(1, await CountAsync("copies", "Sent"));
    }

    private EmailSettings Settings(string user) => MailDesk.Settings(servers.ImapPort, servers.SmtpPort, user);

    private Task SendAsync(string to, int number) =>
        servers.SwaksAsync("ada@customer.example", $"{to}@shop.example", "--h-Message-Id", $"<{to}-{number}@customer.example>", "--body", $"mail {number}.");

    /// <summary>Sends many over one connection; Postfix brings them in an order of its own.</summary>
    private async Task SendManyAsync(string to, int first, int last)
    {
        using var client = new MailKit.Net.Smtp.SmtpClient();
        await client.ConnectAsync("127.0.0.1", servers.SmtpPort, MailKit.Security.SecureSocketOptions.None);
        for (var number = first; number <= last; number++)
        {
            var mail = new MimeMessage { MessageId = $"{to}-{number}@customer.example", Body = new TextPart("plain") { Text = $"mail {number}." } };
            mail.From.Add(new MailboxAddress("", "ada@customer.example"));
            mail.To.Add(new MailboxAddress("", $"{to}@shop.example"));
            await client.SendAsync(mail);
        }

        await client.DisconnectAsync(quit: true);
    }

    /// <summary>Follows a mailbox; returns when its position is known, so that mails from now on come in.</summary>
    private static async Task<Open> FollowAsync(MailDesk desk, EmailSettings settings, bool known = false, TimeProvider? time = null)
    {
        var parts = desk.Parts(time);
        var positions = new WatchedPositions(parts.Mail!.Positions);
        var account = settings.Open(parts with { Mail = parts.Mail with { Positions = positions } });
        var stop = new CancellationTokenSource();
        var open = new Open(account, stop, ((IFollowingAccount)account).FollowAsync(desk, stop.Token));
        if (!known)
            await positions.Written.Task;
        return open;
    }

    private async Task<MimeMessage> ReadAsync(string user, Func<MimeMessage, bool> wanted)
    {
        using var client = await ConnectAsync(user);
        await client.Inbox!.OpenAsync(FolderAccess.ReadOnly);
        while (true)
        {
            for (var at = 0; at < client.Inbox.Count; at++)
            {
                if (await client.Inbox.GetMessageAsync(at) is var mail && wanted(mail))
                    return mail;
            }

            using var more = new CancellationTokenSource();
            void OnMore(object? sender, EventArgs news) => more.Cancel();
            var count = client.Inbox.Count;
            client.Inbox.CountChanged += OnMore;
            await client.NoOpAsync();
            if (client.Inbox.Count == count)
                await client.IdleAsync(more.Token);
            client.Inbox.CountChanged -= OnMore;
        }
    }

    private async Task<int> CountAsync(string user, string folder = "INBOX")
    {
        using var client = await ConnectAsync(user);
        return await (await client.GetFolderAsync(folder)).OpenAsync(FolderAccess.ReadOnly) is FolderAccess.ReadOnly ? (await client.GetFolderAsync(folder)).Count : -1;
    }

    /// <summary>Puts a mail into a mailbox as if it had come then.</summary>
    private async Task AppendAsync(string user, string text, DateTimeOffset came)
    {
        var mail = new MimeMessage { Body = new TextPart("plain") { Text = text } };
        mail.From.Add(new MailboxAddress("", "ada@customer.example"));
        mail.To.Add(new MailboxAddress("", $"{user}@shop.example"));
        using var client = await ConnectAsync(user);
        await client.Inbox!.AppendAsync(mail, MessageFlags.None, came);
    }

    private async Task CreateFolderAsync(string user, string folder)
    {
        using var client = await ConnectAsync(user);
        await (await client.GetFolderAsync(client.PersonalNamespaces[0].Path)).CreateAsync(folder, isMessageFolder: true);
    }

    private async Task<ImapClient> ConnectAsync(string user)
    {
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", servers.ImapPort, MailKit.Security.SecureSocketOptions.None);
        await client.AuthenticateAsync(user, MailServers.Password);
        return client;
    }

    private sealed record Open(IChannelAccount Channel, CancellationTokenSource Stop, Task Following) : IAsyncDisposable
    {
        public ISendingAccount Account => (ISendingAccount)Channel;

        public async ValueTask DisposeAsync()
        {
            await Stop.CancelAsync();
            await Following;
            await Channel.DisposeAsync();
            Stop.Dispose();
        }
    }

    /// <summary>Tells when a position was written.</summary>
    private sealed class WatchedPositions(Channels.Email.Receiving.IMailboxPositions inner) : Channels.Email.Receiving.IMailboxPositions
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Channels.Email.Receiving.MailboxPosition?> ReadAsync(string account, CancellationToken cancellation) => inner.ReadAsync(account, cancellation);

        public async Task WriteAsync(string account, Channels.Email.Receiving.MailboxPosition position, CancellationToken cancellation)
        {
            await inner.WriteAsync(account, position, cancellation);
            Written.TrySetResult();
        }
    }
}
