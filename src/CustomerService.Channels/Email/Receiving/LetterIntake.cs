using System.Collections.Immutable;
using System.Text;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email.Reading;
using CustomerService.Channels.Email.Threads;
using CustomerService.Channels.Files;
using CustomerService.Channels.Intake;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using Microsoft.Extensions.Logging;

namespace CustomerService.Channels.Email.Receiving;

/// <summary>Takes one mail in: into its conversation, as a receipt, or not at all.</summary>
internal sealed partial class LetterIntake(IChannelAccount account, MailReader reader, Threading threading, IAttachmentStore files, ILogger logger)
{
    /// <returns>Why it can't be taken, and has to be parked; null: it is seen to.</returns>
    public async Task<string?> TakeAsync(byte[] raw, DateTimeOffset receivedAt, IChannelIntake intake, CancellationToken cancellation)
    {
        switch (reader.Read(raw))
        {
            case IncomingMail.Letter letter:
                return await TakeAsync(letter, raw, receivedAt, intake, cancellation);
            case IncomingMail.Report report:
                await ReportAsync(report, intake, cancellation);
                return null;
            case IncomingMail.Ignored ignored:
                LogIgnored(account.Name, ignored.Why);
                return null;
            case IncomingMail.Unusable unusable:
                return unusable.Why;
            case var other:
                throw new InvalidOperationException($"{other.GetType().Name} is no kind of mail.");
        }
    }

    private async Task<string?> TakeAsync(IncomingMail.Letter letter, byte[] raw, DateTimeOffset receivedAt, IChannelIntake intake, CancellationToken cancellation)
    {
        var place = await threading.FindAsync(letter.Head, cancellation);
        var kept = ImmutableArray.CreateBuilder<Attachment>();
        foreach (var file in letter.Body.Files)
            kept.Add(await KeepAsync(file, cancellation));
        if (letter.Body.Original is { } original)
            kept.Add(await KeepAsync(original, cancellation));
        var source = await KeepAsync(new MailFile("mail.eml", "message/rfc822", stream => stream.Write(raw)), cancellation);

        var interaction = new Interaction(letter.Head.Id, account.Channel, letter.Head.Address, Content(letter, place.Begins), receivedAt)
        {
            Attachments = kept.ToImmutable(),
            ChannelMetadata = Metadata(letter.Head, place, source),
        };
        return (await intake.AcceptAsync(account, new ChannelEvent.Message(place.ConversationId, interaction), cancellation)).Refused;
    }

    /// <summary>The page is our own making and harmless, so it may be called a page, as no file from outside may.</summary>
    private async Task<Attachment> KeepAsync(OriginalText original, CancellationToken cancellation)
    {
        var (name, type) = original.IsHtml ? ("original.html", "text/html") : ("original.txt", "text/plain");
        return await KeepAsync(new MailFile(name, type, stream => stream.Write(Encoding.UTF8.GetBytes(original.Text))), cancellation) with { MediaType = type };
    }

    private async Task<Attachment> KeepAsync(MailFile file, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        file.Write(content);
        content.Position = 0;
        try
        {
            return await files.KeepAsync(file.Name, file.MediaType, content, cancellation);
        }
        catch (AttachmentRefusedException fault)
        {
            // It is still told of: its letter must not be lost for it.
            LogNoFile(account.Name, file.Name, fault.Message);
            return new Attachment(file.Name, file.MediaType, content.Length, Reference: "");
        }
    }

    /// <summary>Many say in the subject what it is about, and no more of it in the mail.</summary>
    private static string Content(IncomingMail.Letter letter, bool begins)
    {
        var (subject, text) = (letter.Head.Subject, letter.Body.Text);
        var content = text.Length == 0 ? subject
            : begins && subject.Length > 0 && !text.StartsWith(subject, StringComparison.OrdinalIgnoreCase) ? $"{subject}\n\n{text}"
            : text;
        if (content.Length > Interaction.MaxContentLength)
            content = content[..(char.IsHighSurrogate(content[Interaction.MaxContentLength - 1]) ? Interaction.MaxContentLength - 1 : Interaction.MaxContentLength)];
        return content;
    }

    private static ImmutableDictionary<string, string> Metadata(LetterHead letter, Threading.Place place, Attachment source)
    {
        var metadata = ImmutableDictionary.CreateBuilder<string, string>();
        void Add(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                metadata.Add(key, value);
        }

        Add(MailMetadata.Subject, letter.Subject);
        Add(MailMetadata.Name, letter.Name);
        Add(MailMetadata.MessageId, letter.MessageId);
        Add(MailMetadata.References, string.Join(' ', letter.References));
        Add(MailMetadata.Related, place.Related);
        Add(MailMetadata.Source, source.Reference);
        return metadata.ToImmutable();
    }

    private async Task ReportAsync(IncomingMail.Report report, IChannelIntake intake, CancellationToken cancellation)
    {
        if (ThreadToken.In(report.MailId) is not { } token || ThreadToken.Conversation(token) is not { } conversation)
            return;
        var status = report.Fate switch
        {
            ReportedFate.Read => DeliveryStatus.Read,
            ReportedFate.Failed => DeliveryStatus.Failed,
            _ => DeliveryStatus.Delivered,
        };
        LogReport(account.Name, conversation, status);
        await intake.AcceptAsync(account, new ChannelEvent.Receipt(conversation, new NoteReceipt(null, report.MailId, null, status, report.Reason)), cancellation);
    }

    [LoggerMessage(LogLevel.Information, "{Account}: a mail is left alone: {Why}")]
    private partial void LogIgnored(string account, string why);

    [LoggerMessage(LogLevel.Information, "{Account}: a mail of {Conversation} is reported as {Status}")]
    private partial void LogReport(string account, string conversation, DeliveryStatus status);

    [LoggerMessage(LogLevel.Warning, "{Account}: the file {Name} was not taken ({Reason}); its mail came in without it")]
    private partial void LogNoFile(string account, string name, string reason);
}
