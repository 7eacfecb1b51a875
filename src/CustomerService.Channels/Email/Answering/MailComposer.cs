using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email.Reading;
using CustomerService.Channels.Email.Threads;
using CustomerService.Channels.Email.Transcripts;
using CustomerService.Channels.Files;
using MimeKit;

namespace CustomerService.Channels.Email.Answering;

/// <summary>Writes our mails. The same message always becomes the same mail, of the same Message-ID.</summary>
internal sealed partial class MailComposer(EmailSettings settings, ThreadToken tokens, IAttachmentStore files, TimeProvider time)
{
    private const int MostReferences = 20;
    private readonly string _domain = settings.Address[(settings.Address.LastIndexOf('@') + 1)..];

    /// <summary>Under which Message-ID a message goes out.</summary>
    public string IdOf(MessageToSend message)
    {
        var token = Token(message) ?? "m" + Digest(message.ConversationId);
        return $"{token}.{Digest($"{message.ConversationId}\n{message.Message.MessageId}")}@{_domain}";
    }

    /// <exception cref="FileNotFoundException">A file that belongs to it is not there any more.</exception>
    public async Task<MimeMessage> ComposeAsync(MessageToSend message, CancellationToken cancellation)
    {
        var inbound = message.Inbound.Metadata;
        var mail = Envelope(message.Inbound.Address, inbound.GetValueOrDefault(MailMetadata.Name) ?? "", ReplyTo(inbound.GetValueOrDefault(MailMetadata.Subject) ?? ""));
        mail.MessageId = IdOf(message);
        if (Sender(message) is var sender && sender != settings.Address)
            mail.ReplyTo.Add(new MailboxAddress(settings.DisplayName, sender));
        // Several mails may have come before the first was answered.
        Refer(mail, MailReader.MessageIdIn(message.Message.InReplyTo) ?? inbound.GetValueOrDefault(MailMetadata.MessageId), inbound.GetValueOrDefault(MailMetadata.References));
        if (message.Message.Author == Grains.Conversations.Author.Assistant)
            mail.Headers[HeaderId.AutoSubmitted] = "auto-replied";

        var body = new BodyBuilder { TextBody = message.Message.Text, HtmlBody = Html(message.Message.Text) };
        foreach (var file in message.Message.Attachments)
        {
            await using var content = await files.OpenAsync(file.Reference, cancellation) ?? throw new FileNotFoundException($"the file {file.Name} is not there any more");
            await body.Attachments.AddAsync(file.Name, content, ContentType.TryParse(file.MediaType, out var type) ? type : new ContentType("application", "octet-stream"), cancellation);
        }

        mail.Body = body.ToMessageBody();
        return mail;
    }

    /// <summary>What was said in a chat, for whoever asked for it.</summary>
    public MimeMessage Transcript(MessageToSend message, Transcript said)
    {
        var text = new TranscriptText(
            TranscriptWords.In(message.Message.Language), settings.DisplayName.Length > 0 ? settings.DisplayName : settings.Address, message.Message.Transcript?.Zone);
        var mail = Envelope(message.Inbound.Address, "", text.Subject);
        mail.MessageId = IdOf(message);
        mail.Headers[HeaderId.AutoSubmitted] = "auto-generated";
        mail.Body = new BodyBuilder { TextBody = text.Plain(said), HtmlBody = text.Html(said) }.ToMessageBody();
        return mail;
    }

    /// <summary>What tells a sender that their mail was too large to be read.</summary>
    public MimeMessage TooLarge(LetterHead letter, long bytes)
    {
        var mail = Envelope(letter.Address, letter.Name, ReplyTo(letter.Subject));
        mail.MessageId = $"m{Digest(letter.Id)}.{Digest($"too large\n{letter.Id}")}@{_domain}";
        Refer(mail, letter.MessageId, string.Join(' ', letter.References));
        mail.Headers[HeaderId.AutoSubmitted] = "auto-replied";
        mail.Body = new TextPart("plain") { Text = TooLargeNotice.Text(bytes, settings.MaxMegabytes) };
        return mail;
    }

    /// <summary>Where answers and bounces to it come: the address with the conversation's token, where the mailbox takes such.</summary>
    public string Sender(MessageToSend message) =>
        settings.PlusAddress && Token(message) is { } token ? settings.Address.Replace("@", $"+{token}@", StringComparison.Ordinal) : settings.Address;

    private string? Token(MessageToSend message) => tokens.Of(message.ConversationId, message.Inbound.Address);

    private MimeMessage Envelope(string address, string name, string subject)
    {
        var mail = new MimeMessage { Date = time.GetUtcNow(), Subject = MailAddresses.Line(subject) };
        mail.From.Add(new MailboxAddress(settings.DisplayName, settings.Address));
        mail.To.Add(new MailboxAddress(name, address));
        // Whoever is away need not tell a help desk so.
        mail.Headers["X-Auto-Response-Suppress"] = "OOF, AutoReply";
        return mail;
    }

    private static string ReplyTo(string subject) => $"Re: {Answered().Replace(MailAddresses.Line(subject), "")}".TrimEnd();

    private static void Refer(MimeMessage mail, string? answered, string? references)
    {
        var all = (references ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Concat(answered is null ? [] : [answered]).Distinct(StringComparer.Ordinal).ToArray();
        if (answered is not null)
            mail.InReplyTo = answered;
        mail.References.AddRange(all.Length <= MostReferences ? all : [all[0], .. all[^(MostReferences - 1)..]]);
    }

    private static string Html(string text) =>
        $"<div>{WebUtility.HtmlEncode(text.ReplaceLineEndings("\n")).Replace("\n", "<br>\n", StringComparison.Ordinal)}</div>";

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    [GeneratedRegex(@"^(\s*(re|aw|antw|sv|rép|回复|返信)(\[\d+\])?\s*[:：])+\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Answered();
}
