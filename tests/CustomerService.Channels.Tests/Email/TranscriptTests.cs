using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email.Transcripts;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using MimeKit;

namespace CustomerService.Channels.Tests.Email;

/// <summary>What was said in a chat, as it leaves by mail.</summary>
public sealed class TranscriptTests : IAsyncLifetime
{
    private readonly MailDesk _desk = new();
    private readonly SmtpStandIn _server = new();
    private readonly ChatJournal _journal = new();
    private ISendingAccount _account = null!;

    public Task InitializeAsync()
    {
        _desk.Journal = _journal;
        _account = (ISendingAccount)MailDesk.Settings(imapPort: 1, _server.Port).Open(_desk.Parts());
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _account.DisposeAsync();
        await _server.DisposeAsync();
        _desk.Dispose();
    }

    [Fact]
    public async Task WhatBothSidesSaid_IsMailed_AndNothingElse()
    {
        _journal.Said("Where is my order?\nIt is late.", new Attachment("cup.jpg", "image/jpeg", 3, "sha256-x"));
        _journal.Add(new NoteAdded("ada", "PRIVATE: be careful with this one"));
        _journal.Add(new DraftHeld("ada", ["HELD"]));
        _journal.Sent(Author.Assistant, "A person will help you.");
        _journal.Sent(Author.Agent, "It comes tomorrow.");
        _journal.Said("AFTER the wish");

        var mail = await MailAsync("en", "Europe/Berlin", upTo: 3);

        Assert.Equal("Your conversation with Shop Support", mail.Subject);
        Assert.Equal("rosa@example.com", Assert.Single(mail.To.Mailboxes).Address);
        Assert.Equal("support@shop.example", Assert.Single(mail.From.Mailboxes).Address);
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal(
            """
            This is what was said in your conversation with Shop Support.

            Times are those of Europe/Berlin.

            2026-03-02 11:01 You
            Where is my order?
            It is late.
            File: cup.jpg

            2026-03-02 11:04 Assistant
            A person will help you.

            2026-03-02 11:05 Agent
            It comes tomorrow.

            --·
            Somebody asked for this copy in the chat and gave your address. If it was not you, nothing needs to be done.
            """.Replace('·', ' '),
            mail.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        foreach (var body in new[] { mail.TextBody, mail.HtmlBody })
            Assert.DoesNotMatch("PRIVATE|HELD|AFTER", body);
        Assert.Contains("Where is my order?<br>\nIt is late.<br>\n<i>File: cup.jpg</i></p>", mail.HtmlBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "You", "UTC")]
    [InlineData("es", "Usted", "UTC")]
    [InlineData("fr", "Vous", "UTC")]
    [InlineData("de", "Sie", "UTC")]
    [InlineData("ja", "お客様", "UTC")]
    [InlineData("pt", "You", "UTC")]
    public async Task EachLanguage_SaysWhoWroteAndWhoseTimeItIs(string language, string you, string zone)
    {
        _journal.Said("12345");

        var mail = await MailAsync(language, zone: null, upTo: 1);

        Assert.Contains($"2026-03-02 10:01 {you}\n12345", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains(zone, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Shop Support", mail.Subject, StringComparison.Ordinal);
        Assert.Equal(language == "pt", mail.TextBody.Contains("Somebody asked", StringComparison.Ordinal) && language != "en");
    }

    [Fact]
    public async Task WhatWasSaid_IsNeverMarkup()
    {
        var payloads = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "xss-payloads.txt")).Where(line => line.Length > 0).ToList();
        Assert.NotEmpty(payloads);
        foreach (var payload in payloads)
            _journal.Said(payload, new Attachment(payload, "text/plain", 1, "sha256-x"));
        _journal.Said("bell\u0007 and\u001b[31m red\r\nBcc: all@x.example");

        var mail = await MailAsync("fr", "Not/AZone", upTo: payloads.Count + 1);

        Assert.Empty(System.Text.RegularExpressions.Regex.Matches(mail.HtmlBody!, "<(?!/?(p|b|i)>|br>|hr>)"));
        Assert.All(payloads, payload => Assert.Contains(string.Concat(payload.Where(character => !char.IsControl(character))), mail.TextBody, StringComparison.Ordinal));
        Assert.DoesNotContain(mail.TextBody!, character => char.IsControl(character) && character is not ('\n' or '\r' or '\t'));
        Assert.Empty(mail.Bcc);
        Assert.Contains("UTC", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsTooLongForAMail_LosesItsBeginning_AndSaysSo()
    {
        _journal.Said("THE FIRST");
        for (var number = 0; number < 4; number++)
            _journal.Said(new string('x', (TranscriptReader.MostCharacters / 4) - 1));
        _journal.Said("THE LAST");

        var mail = await MailAsync("de", null, upTo: 6);

        Assert.DoesNotContain("THE FIRST", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("THE LAST", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("2 frühere Nachrichten sind weggelassen.", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameWish_IsAlwaysTheSameMail_AndEachWishAnother()
    {
        _journal.Said("Hello");

        var (first, again, other) = (await SendAsync(Wish("en", null, 1)), await SendAsync(Wish("en", null, 1)), await SendAsync(Wish("en", null, 1) with { MessageId = "transcript-2" }));

        var id = Assert.Single(Assert.IsType<SendOutcome.Accepted>(first).Parts);
        Assert.Equal(id, Assert.Single(Assert.IsType<SendOutcome.Accepted>(again).Parts));
        Assert.NotEqual(id, Assert.Single(Assert.IsType<SendOutcome.Accepted>(other).Parts));
    }

    [Fact]
    public async Task JournalThatCantBeRead_IsTriedAgain_AndNothingIsTakenForSent()
    {
        _desk.Journal = null;

        Assert.Contains("There is no journal", Assert.IsType<SendOutcome.Later>(await SendAsync(Wish("en", null, 1))).Reason, StringComparison.Ordinal);
    }

    private static Outbound Wish(string language, string? zone, long upTo) =>
        new(0, "transcript-1", Author.System, "", null) { Transcript = new TranscriptCopy(upTo, zone), Language = language };

    private Task<SendOutcome> SendAsync(Outbound wish) => _account.SendAsync(
        new MessageToSend("c-1", new Inbound("", ChannelNames.Email, "support", "rosa@example.com", DateTimeOffset.UnixEpoch, ImmutableDictionary<string, string>.Empty), wish, 0, OutsideWindow: false),
        CancellationToken.None);

    private async Task<MimeMessage> MailAsync(string language, string? zone, long upTo)
    {
        Assert.IsType<SendOutcome.Accepted>(await SendAsync(Wish(language, zone, upTo)));
        return await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.Latin1.GetBytes(await _server.Mails.ReadAsync())));
    }

    /// <summary>A conversation's journal; each event a minute after the one before it.</summary>
    private sealed class ChatJournal : IJournal
    {
        private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        private readonly List<JournalEntry> _entries = [];
        private int _messages;

        public void Said(string text, params ImmutableArray<Attachment> files) => Add(new MessageReceived(
            ++_messages, new Interaction($"m-{_messages}", ChannelNames.Chat, "visitor", text, Start) { Attachments = files }));

        public void Sent(Author author, string text) => Add(new MessageSent(++_messages, $"m-{_messages}", author, author == Author.Agent ? "ada" : null, text, [], [], null));

        public void Add(JournalEvent what) => _entries.Add(new JournalEntry(_entries.Count + 1, Grain.Conversation("c-1"), _entries.Count + 1, Start.AddMinutes(_entries.Count + 1), what));

        public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) =>
            new(grain == Grain.Conversation("c-1") ? [.. _entries.Where(entry => entry.Sequence > afterSequence).Take(Math.Min(limit, 2))] : []);

        public ValueTask<IReadOnlyList<JournalEntry>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellation = default) => throw new NotSupportedException();

        public IDisposable Subscribe(GrainId? grain, Action<JournalEntry> onEntry) => throw new NotSupportedException();
    }
}
