using System.Globalization;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using MimeKit;

namespace CustomerService.EndToEnd.Channels;

/// <summary>The whole way of a mail and its answer, through the real program and real mail servers.</summary>
public sealed partial class MailTests(MailServers servers) : IClassFixture<MailServers>
{
    [RequiresFact("mail-servers")]
    public async Task Question_ComesByTheMailboxAndItsAnswerReachesTheCustomersOwn()
    {
        await using var system = await StartAsync("support");

        await using var send = system.Command("send", "--channel", "email", "--from", "ada@customer.example", "--text", "What are your opening hours?", "--wait", "60");

        Assert.True(await send.ExitAsync() == 0, $"{send.Output}\n{system.Program.Output}");
        Assert.Contains("customer-service team is", send.Output, StringComparison.Ordinal);
        var answer = Assert.Single(await AnswersAsync("ada", 1, system));
        Assert.Equal("Re: A question", answer.Subject);
        Assert.Contains("customer-service team is", answer.TextBody, StringComparison.Ordinal);
        Assert.NotNull(answer.InReplyTo);
    }

    /// <summary>The program dies; the mailbox can't be read while mails go on coming, and is numbered anew. Each question has one answer then, all in one conversation.</summary>
    [RequiresFact("mail-servers")]
    public async Task MailsThatComeWhileNobodyReads_AreAnsweredOnceEach_InTheirThread()
    {
        await using var system = await StartAsync("outage");
        await AskAsync("outage", "bot", "q1", "How long does shipping take?");
        var first = Assert.Single(await AnswersAsync("bot", 1, system));

        await system.Program.KillAsync();
        await AskAsync("outage", "bot", "q2", "What are your opening hours?", "--header", $"In-Reply-To: <{first.MessageId}>", "--header", $"References: <q1@customer.example> <{first.MessageId}>");
        await servers.StopImapAsync();
        await system.KillAndRestartAsync();
        await LineAsync(system, CantBeRead());
        await AskAsync("outage", "bot", "q3", "How can I reset my password?", "--header", "References: <q1@customer.example>");
        servers.Renumber("outage");
        await servers.StartImapAsync();

        var answers = await AnswersAsync("bot", 3, system);
        await AskAsync("outage", "bot", "q4", "What payment methods do you take?", "--header", $"In-Reply-To: <{answers[^1].MessageId}>");
        answers = await AnswersAsync("bot", 4, system);

        Assert.Equal(["q1@customer.example", "q2@customer.example", "q3@customer.example", "q4@customer.example"], answers.Select(answer => answer.InReplyTo).Order());
        Assert.Single(answers.Select(answer => answer.MessageId!.Split('.')[0]).Distinct()); // what its conversation is known by
    }

    [RequiresFact("mail-servers")]
    public async Task MailThatCantBeTaken_IsShownTriedAgainAndDroppedFromTheCommandLine()
    {
        await using var system = await StartAsync("parked");
        await servers.SwaksAsync("babbage@customer.example", "parked@shop.example", "--data", "From: undisclosed-senders:;\nSubject: by nobody\n\nHello\n");
        await LineAsync(system, IsParked());
        // One that an earlier version could not take, and this one can.
        var folder = Path.Combine(system.Data, "parked-mails", "shop-mail");
        await File.WriteAllTextAsync(Path.Combine(folder, "20260302T083015-00000000.eml"), "From: babbage@customer.example\nTo: parked@shop.example\nSubject: Hours\nMessage-Id: <p1@c>\n\nWhat are your opening hours?\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "20260302T083015-00000000.txt"), "an old bug\n");

        var listed = await PrintedAsync(system, 0, "mails", "list", "--account", "shop-mail");
        Assert.Contains("shop-mail/20260302T083015-00000000  2026-03-02 08:30:15", listed, StringComparison.Ordinal);
        Assert.Contains("2 parked.", listed, StringComparison.Ordinal);
        var nobodys = listed.Split('\n').Select(line => line.Split(' ')[0]).Single(name => name.StartsWith("shop-mail/", StringComparison.Ordinal) && !name.EndsWith("-00000000", StringComparison.Ordinal));
        Assert.Contains("Subject: by nobody", await PrintedAsync(system, 0, "mails", "show", nobodys), StringComparison.Ordinal);

        Assert.Contains("taken in", await PrintedAsync(system, 0, "mails", "retry", "shop-mail/20260302T083015-00000000"), StringComparison.Ordinal);
        Assert.Equal("p1@c", Assert.Single(await AnswersAsync("babbage", 1, system)).InReplyTo);
        Assert.Contains("it does not say who sent it", await PrintedAsync(system, 1, "mails", "retry", nobodys), StringComparison.Ordinal);
        Assert.Contains("dropped", await PrintedAsync(system, 0, "mails", "drop", nobodys), StringComparison.Ordinal);
        Assert.Contains("No mail is parked.", await PrintedAsync(system, 0, "mails", "list"), StringComparison.Ordinal);
        Assert.Contains("No mail is parked as", await PrintedAsync(system, 1, "mails", "show", nobodys), StringComparison.Ordinal);
    }

    private Task<ChannelSystem> StartAsync(string mailbox) => ChannelSystem.StartAsync(
        $$"""
        shop-mail:
          kind: email
          address: {{mailbox}}@shop.example
          imap: { host: 127.0.0.1, port: {{servers.ImapPort.ToString(CultureInfo.InvariantCulture)}}, user: {{mailbox}}@shop.example, password_env: MAIL_PASSWORD, tls: none, read_back: 600s }
          smtp: { host: 127.0.0.1, port: {{servers.SmtpPort.ToString(CultureInfo.InvariantCulture)}}, tls: none }
        """,
        KeyValuePair.Create("MAIL_PASSWORD", MailServers.Password));

    private Task AskAsync(string mailbox, string customer, string id, string text, params string[] options) => servers.SwaksAsync(
        $"{customer}@customer.example", $"{mailbox}@shop.example", ["--h-Subject", "A question", "--h-Message-Id", $"<{id}@customer.example>", "--body", text, .. options]);

    /// <summary>What is in a customer's mailbox, once there are so many.</summary>
    private async Task<List<MimeMessage>> AnswersAsync(string customer, int count, ChannelSystem system)
    {
        using var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", servers.ImapPort, SecureSocketOptions.None);
        await client.AuthenticateAsync($"{customer}@customer.example", MailServers.Password);
        await client.Inbox.OpenAsync(FolderAccess.ReadOnly);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (client.Inbox.Count < count)
        {
            Assert.False(patience.IsCancellationRequested, $"There are {client.Inbox.Count} of {count} answers. The program printed:\n{system.Program.Output}");
            await client.NoOpAsync();
        }

        var answers = new List<MimeMessage>();
        for (var at = 0; at < client.Inbox.Count; at++)
            answers.Add(await client.Inbox.GetMessageAsync(at));
        return answers;
    }

    private static async Task<string> PrintedAsync(ChannelSystem system, int exitCode, params string[] command)
    {
        await using var program = SiloProgram.Start([.. command, "--data", system.Data]);
        Assert.True(await program.ExitAsync() == exitCode, $"{string.Join(' ', command)}:\n{program.Output}\n{system.Program.Output}");
        return program.Output;
    }

    /// <summary>It may have printed it already.</summary>
    private static async Task LineAsync(ChannelSystem system, Regex line)
    {
        if (!line.IsMatch(system.Program.Output))
            await system.Program.WaitForLineAsync(line);
    }

    [GeneratedRegex("shop-mail: the mail server 127.0.0.1 can't be read")]
    private static partial Regex CantBeRead();

    [GeneratedRegex("shop-mail: a mail can't be taken and is parked as")]
    private static partial Regex IsParked();
}
