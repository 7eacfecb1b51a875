using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Channels.Email.Threads;
using MimeKit;
using MimeKit.Utils;

namespace CustomerService.Channels.Email.Reading;

/// <summary>Reads one mail. It does nothing and asks nobody, and whatever the bytes are, it returns what they are to us.</summary>
/// <param name="address">Ours.</param>
/// <param name="ourLists">Mailing lists that only bring customers' mails.</param>
internal sealed class MailReader(string address, IReadOnlyCollection<string> ourLists)
{
    private const int LongestMessageId = 200;
    private const int MostReferences = 20;
    private static readonly ParserOptions Options;

    // MimeKit looks once which charsets there are, as soon as anything of it is used.
    static MailReader()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Options = new ParserOptions { MaxMimeDepth = 64 };
    }

    public IncomingMail Read(byte[] raw)
    {
        if (HeaderBounds.Fault(raw) is { } tooLong)
            return new IncomingMail.Unusable(tooLong);
        MimeMessage message;
        try
        {
            message = MimeMessage.Load(Options, new MemoryStream(raw, writable: false));
        }
        catch (FormatException fault)
        {
            return new IncomingMail.Unusable($"it is no mail: {fault.Message}");
        }

        HeaderBounds.LeaveOutLongLists(message.Headers);
        if (DeliveryReports.Find(message) is { } report)
            return report;
        if (AutomaticMail.Sign(message, address, ourLists) is { } sign)
            return new IncomingMail.Ignored(sign);
        if (Sender(message) is not { } sender)
            return new IncomingMail.Unusable("it does not say who sent it, so nobody can be answered");
        var body = BodyReader.Read(message);
        var head = Head(message, sender, raw);
        return head.Subject.Length == 0 && body.Text.Length == 0 && body.Files.IsEmpty
            ? new IncomingMail.Ignored("it is empty")
            : new IncomingMail.Letter(head, body);
    }

    /// <summary>What stands over a mail of which nothing else was read; null where it should not be answered.</summary>
    /// <param name="start">Of the mail, no more than <see cref="HeaderBounds.Longest"/>.</param>
    public async Task<LetterHead?> ReadHeadAsync(Stream start, CancellationToken cancellation)
    {
        HeaderList headers;
        try
        {
            headers = await HeaderList.LoadAsync(Options, start, cancellation);
        }
        catch (FormatException)
        {
            return null;
        }

        HeaderBounds.LeaveOutLongLists(headers);
        var message = new MimeMessage(headers.ToArray<object>());
        using var raw = new MemoryStream();
        await headers.WriteToAsync(raw, cancellation);
        return DeliveryReports.Find(message) is null && AutomaticMail.Sign(message, address, ourLists) is null && Sender(message) is { } sender
            ? Head(message, sender, raw.ToArray())
            : null;
    }

    private (string Address, string Name)? Sender(MimeMessage message) =>
        MailAddresses.First(message.ReplyTo) is { } replies && MailAddresses.WithoutPlus(replies.Address) != address
            ? replies
            : MailAddresses.First(message.From) ?? (MailAddresses.Normalise(message.Sender?.Address) is { } sender ? (sender, "") : null);

    private static LetterHead Head(MimeMessage message, (string Address, string Name) sender, byte[] raw)
    {
        var messageId = MessageIds(message.Headers[HeaderId.MessageId]).FirstOrDefault();
        var answers = MessageIds(message.Headers[HeaderId.InReplyTo]);
        var references = MessageIds(message.Headers[HeaderId.References]);
        return new LetterHead(
            Identity(message, messageId, raw),
            messageId,
            sender.Address,
            sender.Name,
            MailAddresses.Line(message.Subject),
            [.. answers.Concat(references.Reverse()).Distinct(StringComparer.Ordinal).Take(MostReferences)],
            [.. references.Length > 0 ? references : answers],
            [.. Recipients(message).Select(ThreadToken.In).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Take(MostReferences)]);
    }

    /// <summary>There are programs that give all their mails one Message-ID; the date tells them apart then.</summary>
    private static string Identity(MimeMessage message, string? messageId, byte[] raw)
    {
        if (messageId is null)
            return $"raw-{Convert.ToHexStringLower(SHA256.HashData(raw))}";
        var moment = SHA256.HashData(Encoding.UTF8.GetBytes($"{message.Headers[HeaderId.Date]}\n{message.Subject}"));
        return $"{messageId}/{Convert.ToHexStringLower(moment.AsSpan(0, 4))}";
    }

    /// <summary>The Message-ID in the identity of a mail; null: it has none, or it is no mail's.</summary>
    public static string? MessageIdIn(string? identity) =>
        identity?.LastIndexOf('/') is { } slash and > 0 && identity.Length == slash + 9 && identity.AsSpan(0, slash).Contains('@') ? identity[..slash] : null;

    private static ImmutableArray<string> MessageIds(string? header)
    {
        if (header is null)
            return [];
        var ids = MimeUtils.EnumerateReferences(header).Where(id => id.Length is > 0 and <= LongestMessageId && !id.Any(char.IsControl) && !id.Any(char.IsWhiteSpace)).ToArray();
        return [.. ids.Length <= MostReferences ? ids : [ids[0], .. ids[^(MostReferences - 1)..]]];
    }

    private static IEnumerable<string> Recipients(MimeMessage message) =>
        message.To.Mailboxes.Concat(message.Cc.Mailboxes).Select(mailbox => mailbox.Address)
            .Concat(message.Headers.Where(header => header.Field.ToUpperInvariant() is "DELIVERED-TO" or "X-ORIGINAL-TO" or "ENVELOPE-TO").Select(header => header.Value))
            .OfType<string>();
}
