using System.Collections.Immutable;
using System.Security.Cryptography;
using CustomerService.Gateway.Attachments;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Chat;

/// <summary>The one way in for a chat message, by request or by socket: checked here, then given to its conversation.</summary>
internal sealed class MessageIntake(IGrainClient grains, AttachmentDesk desk, TimeProvider time)
{
    private const int MaxMetadata = 32;
    private const int MaxMetadataText = 1_000;

    /// <summary>Returns when the message is durable.</summary>
    /// <param name="visitor">Who writes.</param>
    /// <param name="message">What.</param>
    /// <param name="language">ISO 639-1: in which they read, as far as it is known; kept with the message as its metadata's <c>language</c>.</param>
    /// <param name="cancellation">Ends the wait; the message may be accepted all the same.</param>
    /// <exception cref="ProblemException">Something about it is wrong, or the conversation isn't this visitor's.</exception>
    public async ValueTask<AcceptedMessage> AcceptAsync(string visitor, SendMessage message, string? language, CancellationToken cancellation)
    {
        var conversationId = Ids.Checked("conversationId", message.ConversationId) ?? Ids.New("c");
        var messageId = Ids.Checked("messageId", message.MessageId) ?? Ids.New("m");
        var files = await desk.TakeAsync(visitor, message.Attachments, cancellation);
        var interaction = new Interaction(messageId, ChannelNames.Chat, visitor, AttachmentDesk.TextWith(files, message.Text), time.GetUtcNow())
        {
            Attachments = files,
            ChannelMetadata = language is null || message.Metadata?.ContainsKey("language") == true
                ? Checked(message.Metadata)
                : Checked(message.Metadata).SetItem("language", language),
        };
        var accepted = await grains.AskForAsync<MessageAccepted>(
            Grain.Conversation(conversationId), new ReceiveMessage(interaction) { Id = messageId }, cancellation);
        return new AcceptedMessage(conversationId, messageId, accepted.Sequence, accepted.Duplicate, Token: null);
    }

    /// <summary>The text, if it can be a message.</summary>
    /// <exception cref="ProblemException">There is none, or it is too long, or it can't be stored everywhere.</exception>
    public static string CheckedText(string? text) => text switch
    {
        null => throw Problems.InvalidField("text", "The field 'text' is missing: it is the message."),
        { Length: > Interaction.MaxContentLength } => throw Problems.MessageTooLong(text.Length, Interaction.MaxContentLength),
        _ when string.IsNullOrWhiteSpace(text) => throw Problems.InvalidField("text", "The text is empty; write something."),
        _ when text.Contains('\0') => throw Problems.InvalidField("text", "The text has a null character (U+0000), which text can't have; leave it out."),
        _ => text,
    };

    private static ImmutableDictionary<string, string> Checked(ImmutableDictionary<string, string>? metadata)
    {
        if (metadata is null)
            return ImmutableDictionary<string, string>.Empty;
        if (metadata.Count > MaxMetadata)
            throw Problems.InvalidField("metadata", $"There are {metadata.Count} entries in metadata; at most {MaxMetadata} are accepted.");
        foreach (var (key, value) in metadata)
        {
            if (key.Length is 0 or > 100 || key.Contains('\0') || value is null || value.Length > MaxMetadataText || value.Contains('\0'))
                throw Problems.InvalidField($"metadata.{key}", $"An entry of metadata has a name of up to 100 and a text of up to {MaxMetadataText} characters, without null characters.");
        }

        return metadata;
    }
}

/// <summary>Ids of conversations and messages, which a client may choose.</summary>
internal static class Ids
{
    public const int MaxLength = 128;

    /// <summary>A new one that nobody can guess.</summary>
    public static string New(string kind) => $"{kind}-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    /// <summary>The id as it came; null when it was left out.</summary>
    /// <exception cref="ProblemException">It has a character or length that an id can't have.</exception>
    public static string? Checked(string field, string? id) => id is null || IsId(id) ? id : throw Problems.InvalidField(
        field, $"The {field} must have 1 to {MaxLength} characters, each a letter (a-z), a digit or one of . _ : -");

    private static bool IsId(string id) =>
        id.Length is > 0 and <= MaxLength && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or ':' or '-');
}
