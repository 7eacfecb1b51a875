using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;

namespace CustomerService.Reporting.Conversations;

/// <summary>What lies outside a conversation's own record, told by its events: its files, and the mails by which it is found.</summary>
public static class ConversationRemains
{
    /// <summary>References of the files that came or went with a message, the mail as it came among them.</summary>
    public static IEnumerable<string> FilesIn(JournalEvent what) => (what switch
    {
        MessageReceived { Interaction: var message } => [.. ReferencesOf(message.Attachments), message.ChannelMetadata?.GetValueOrDefault(SourceKey)],
        MessageSent message => ReferencesOf(message.Attachments),
        _ => [],
    }).OfType<string>().Where(reference => reference.Length > 0);

    /// <summary>The id under which a mail is remembered with its writer's address; null: the event is about none.</summary>
    public static string? MailIn(JournalEvent what) => what is MessageReceived { Interaction: { Channel: ChannelNames.Email } mail }
        ? mail.ChannelMetadata?.GetValueOrDefault(MessageIdKey) ?? mail.Id
        : null;

    private static IEnumerable<string?> ReferencesOf(IEnumerable<Attachment> files) => files.Select(file => file.Reference);

    // What the mail channel writes with a message (MailMetadata).
    private const string SourceKey = "source";
    private const string MessageIdKey = "message_id";
}
