using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace CustomerService.Channels.Email.Reading;

/// <summary>
/// Recognises what tells of a mail of ours: delivery reports (RFC 3464), receipts of reading (RFC 8098), bounces of mail systems that know neither, and automatic
/// replies, which show at least that it arrived. Our Message-IDs can't be guessed, so who names one has seen that mail.
/// </summary>
internal static partial class DeliveryReports
{
    private const int MostText = 64_000;
    private const int LongestReason = 300;

    /// <summary>What it tells; null: it is a mail like others.</summary>
    public static IncomingMail? Find(MimeMessage message)
    {
        if (IsReport(message, "disposition-notification"))
            return Told(message, ReadReceipt(message), null);
        if (IsReport(message, "delivery-status"))
            return Status(message);
        if (IsBounce(message))
            return Bounce(message);
        return IsAutoReply(message) && OurMail().Match($"{message.Headers[HeaderId.InReplyTo]} {message.Headers[HeaderId.References]}") is { Success: true } ours
            ? new IncomingMail.Report(ours.Value, ReportedFate.Delivered, $"answered automatically: {MailAddresses.Line(message.Subject, 200)}")
            : null;
    }

    private static bool IsReport(MimeMessage message, string type) =>
        message.Body is Multipart { ContentType: var content } && content.IsMimeType("multipart", "report")
        && (string.Equals(content.Parameters["report-type"], type, StringComparison.OrdinalIgnoreCase)
            || (message.Body is Multipart parts && parts.Any(part => part.ContentType.IsMimeType("message", type))));

    private static IncomingMail Status(MimeMessage message)
    {
        var groups = Parts(message).OfType<MessageDeliveryStatus>().SelectMany(Groups).Where(group => group.Contains("Action")).ToArray();
        var failed = groups.FirstOrDefault(group => Action(group) == "failed");
        if (failed is not null)
            return Told(message, ReportedFate.Failed, Reason(failed));
        if (groups.Any(group => Action(group) == "delayed"))
            return new IncomingMail.Ignored("a mail of ours is delayed");
        if (groups.Any(group => Action(group) is "delivered" or "relayed" or "expanded"))
            return Told(message, ReportedFate.Delivered, null);
        return Bounce(message);
    }

    private static IEnumerable<HeaderList> Groups(MessageDeliveryStatus part) => Readable<IEnumerable<HeaderList>>(() => part.StatusGroups) ?? [];

    /// <summary>What is read of a part when it is asked for, which may show that it can't be: null then.</summary>
    private static T? Readable<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is FormatException or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Action(HeaderList group) => (group["Action"] ?? "").Trim().ToLowerInvariant();

    private static string Reason(HeaderList group)
    {
        var diagnostic = group["Diagnostic-Code"] is { } code ? code[(code.IndexOf(';', StringComparison.Ordinal) + 1)..] : null;
        return MailAddresses.Line(string.IsNullOrWhiteSpace(diagnostic) ? $"the mail came back: {group["Status"]}" : diagnostic, LongestReason);
    }

    private static ReportedFate? ReadReceipt(MimeMessage message) =>
        Parts(message).OfType<MessageDispositionNotification>().Select(part => Readable(() => part.Fields)?["Disposition"] ?? "").FirstOrDefault() is { } disposition
        && disposition.Contains("displayed", StringComparison.OrdinalIgnoreCase)
            ? ReportedFate.Read
            : ReportedFate.Delivered;

    /// <summary>What mail systems write in words of their own.</summary>
    private static bool IsBounce(MimeMessage message)
    {
        var local = (MailAddresses.First(message.From)?.Address ?? "").Split('@')[0];
        return local is "mailer-daemon" or "postmaster" or "mail-daemon"
            || message.Headers["X-Failed-Recipients"] is not null
            || (message.Headers["Return-Path"]?.Trim() == "<>" && !IsAutoReply(message));
    }

    private static bool IsAutoReply(MimeMessage message) =>
        message.Headers["Auto-Submitted"]?.Trim().StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase) == true || AutomaticMail.Sign(message, "", [])?.StartsWith("it is automatic", StringComparison.Ordinal) == true;

    private static IncomingMail Bounce(MimeMessage message)
    {
        var text = Text(message);
        var code = Permanent().Match(text);
        return code.Success || !Temporary().IsMatch(text)
            ? Told(message, ReportedFate.Failed, MailAddresses.Line(code.Success ? code.Value : text, LongestReason))
            : new IncomingMail.Ignored("a mail of ours is delayed");
    }

    private static IncomingMail Told(MimeMessage message, ReportedFate? fate, string? reason)
    {
        var ours = Parts(message).OfType<MessagePart>().Select(part => OurMail().Match(part.Message?.Headers[HeaderId.MessageId] ?? "")).FirstOrDefault(match => match.Success)
            ?? OurMail().Match(Text(message));
        return ours.Success && fate is { } known
            ? new IncomingMail.Report(ours.Value, known, reason)
            : new IncomingMail.Ignored("it reports about a mail that is none of ours");
    }

    private static IEnumerable<MimeEntity> Parts(MimeMessage message) => message.Body is null ? [] : message.BodyParts;

    /// <summary>All that can be read in it, headers of what it returns included.</summary>
    private static string Text(MimeMessage message)
    {
        var text = new StringBuilder();
        foreach (var part in Parts(message))
        {
            if (text.Length > MostText)
                break;
            var written = part switch
            {
                MessagePart { Message: { } returned } => returned.Headers[HeaderId.MessageId],
                TextPart words => words.Text,
                MimePart { Content: not null } other when other.ContentType.IsMimeType("message", "*") || other.ContentType.IsMimeType("text", "*") => Decoded(other),
                _ => null,
            };
            text.Append(written?[..Math.Min(written.Length, MostText)]).Append('\n');
        }

        return text.Append(message.Headers[HeaderId.InReplyTo]).Append('\n').Append(message.Headers[HeaderId.References]).ToString();
    }

    private static string Decoded(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content!.DecodeTo(bytes);
        return Encoding.Latin1.GetString(bytes.GetBuffer(), 0, (int)Math.Min(bytes.Length, MostText));
    }

    /// <summary>As <see cref="Answering.MailComposer"/> makes them.</summary>
    [GeneratedRegex(@"(?<![a-z0-9])[a-z2-7]{39}\.[0-9a-f]{16}@[a-z0-9.-]{1,255}", RegexOptions.CultureInvariant)]
    private static partial Regex OurMail();

    [GeneratedRegex(@"\b5\d\d[ -][^\n]{3,200}|\b5\.\d{1,3}\.\d{1,3}\b[^\n]{0,200}", RegexOptions.CultureInvariant)]
    private static partial Regex Permanent();

    [GeneratedRegex(@"\b4\.\d{1,3}\.\d{1,3}\b|\b4\d\d \d|will (keep|retry|be retried)|delayed|not yet been delivered", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Temporary();
}
