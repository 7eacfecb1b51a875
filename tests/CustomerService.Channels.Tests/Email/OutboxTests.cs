using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email;
using CustomerService.Channels.Email.Reading;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Grains.Conversations;
using MimeKit;

namespace CustomerService.Channels.Tests.Email;

public sealed class OutboxTests
{
    private const string Conversation = "email-0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("None", "Accepted")]
    [InlineData("Busy", "Later")]
    [InlineData("WrongPassword", "Later")]
    [InlineData("RecipientLater", "Later")]
    [InlineData("RecipientUnknown", "Failed")]
    [InlineData("MailLater", "Later")]
    [InlineData("MailRefused", "Failed")]
    [InlineData("HangsUpBeforeMail", "Later")]
    [InlineData("HangsUpAfterMail", "Unknown")]
    public async Task Fault_IsToldAsWhatItMeans(string fault, string expected)
    {
        using var desk = new MailDesk();
        await using var server = new SmtpStandIn { Fault = Enum.Parse<SmtpFault>(fault) };
        await using var account = Open(desk, server.Port);

        var outcome = await account.SendAsync(MailDesk.Answer(Conversation, "Hello"), CancellationToken.None);

        Assert.Equal(expected, outcome.GetType().Name);
    }

    [Fact]
    public async Task ServerThatIsGone_IsTriedLater()
    {
        using var desk = new MailDesk();
        var server = new SmtpStandIn();
        var port = server.Port;
        await server.DisposeAsync();
        await using var account = Open(desk, port);

        Assert.IsType<SendOutcome.Later>(await account.SendAsync(MailDesk.Answer(Conversation, "Hello"), CancellationToken.None));
    }

    [Theory]
    [InlineData("SilentFromTheStart", "Later")]
    [InlineData("SilentAfterMail", "Unknown")]
    public async Task SilentServer_IsGivenUpAfterAMinute(string fault, string expected)
    {
        using var desk = new MailDesk();
        var clock = new ManualTimeProvider();
        await using var server = new SmtpStandIn { Fault = Enum.Parse<SmtpFault>(fault) };
        await using var account = Open(desk, server.Port, clock);

        var sending = account.SendAsync(MailDesk.Answer(Conversation, "Hello"), CancellationToken.None);
        await server.Connections.ReadAsync();
        if (server.Fault == SmtpFault.SilentAfterMail)
            await server.Mails.ReadAsync();
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(expected, (await sending).GetType().Name);
    }

    [Fact]
    public async Task SameMessage_IsAlwaysTheSameMail()
    {
        using var desk = new MailDesk();
        await using var server = new SmtpStandIn();
        await using var account = Open(desk, server.Port);
        var answer = MailDesk.Answer(Conversation, "Grüße\n<b>not bold</b>", metadata: [(MailMetadata.Subject, "AW: Re: Wo ist\r\nBcc: all@x?"), (MailMetadata.MessageId, "q2@c"), (MailMetadata.References, "q1@c")]);

        var first = Assert.IsType<SendOutcome.Accepted>(await account.SendAsync(answer, CancellationToken.None));
        var second = Assert.IsType<SendOutcome.Accepted>(await account.SendAsync(answer, CancellationToken.None));
        var mail = await MailAsync(server);

        Assert.Equal(first.Parts.AsEnumerable(), second.Parts);
        Assert.Equal(first.Parts.Single(), mail.MessageId);
        Assert.Equal("Re: Wo ist Bcc: all@x?", mail.Subject);
        Assert.Equal("q2@c", mail.InReplyTo);
        Assert.Equal(["q1@c", "q2@c"], mail.References);
        Assert.Equal("auto-replied", mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal("Grüße\n<b>not bold</b>", mail.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        Assert.Contains("Gr&#252;&#223;e<br>", mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Empty(mail.Bcc);
    }

    [Fact]
    public async Task AnswerToAMailBeforeTheLast_NamesThatOne()
    {
        using var desk = new MailDesk();
        await using var server = new SmtpStandIn();
        await using var account = Open(desk, server.Port);
        var letter = Assert.IsType<IncomingMail.Letter>(new MailReader("support@shop.example", []).Read("From: ada@c\nMessage-Id: <a/b@c>\n\nHello"u8.ToArray()));
        var answer = MailDesk.Answer(Conversation, "Hello", metadata: [(MailMetadata.MessageId, "q3@c"), (MailMetadata.References, "q1@c")]);

        await account.SendAsync(answer with { Message = answer.Message with { InReplyTo = letter.Head.Id } }, CancellationToken.None);
        var mail = await MailAsync(server);

        Assert.Equal("a/b@c", mail.InReplyTo);
        Assert.Equal(["q1@c", "a/b@c"], mail.References);
    }

    [Fact]
    public async Task AgentsAnswer_IsNotCalledAutomatic_AndCarriesItsFiles()
    {
        using var desk = new MailDesk();
        await using var server = new SmtpStandIn();
        await using var account = Open(desk, server.Port);
        var file = await desk.Parts().Files.KeepAsync("manual.pdf", "application/pdf", new MemoryStream("%PDF-1"u8.ToArray()), CancellationToken.None);
        var answer = MailDesk.Answer(Conversation, "See the file", Author.Agent);

        await account.SendAsync(answer with { Message = answer.Message with { Attachments = [file] } }, CancellationToken.None);
        var mail = await MailAsync(server);

        Assert.Null(mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal("manual.pdf", Assert.IsType<MimePart>(Assert.Single(mail.Attachments)).FileName);
    }

    [Fact]
    public async Task FileThatIsGone_FailsTheMessageThatNamesIt()
    {
        using var desk = new MailDesk();
        await using var server = new SmtpStandIn();
        await using var account = Open(desk, server.Port);
        var answer = MailDesk.Answer(Conversation, "See the file");

        var outcome = await account.SendAsync(answer with { Message = answer.Message with { Attachments = [new Attachment("a.pdf", "application/pdf", 1, "sha256-none")] } }, CancellationToken.None);

        Assert.Contains("a.pdf", Assert.IsType<SendOutcome.Failed>(outcome).Reason, StringComparison.Ordinal);
    }

    private static ISendingAccount Open(MailDesk desk, int port, TimeProvider? clock = null)
    {
        var settings = MailDesk.Settings(imapPort: 1, port);
        return (ISendingAccount)(settings with { Smtp = settings.Smtp with { User = "support", Password = "x" } }).Open(desk.Parts(clock));
    }

    private static async Task<MimeMessage> MailAsync(SmtpStandIn server) =>
        await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.Latin1.GetBytes(await server.Mails.ReadAsync())));
}
