using System.Collections.Immutable;

namespace CustomerService.Grains.Conversations;

/// <summary>One message from a customer in the one shape that every channel is brought into.</summary>
/// <param name="Id">The message's own key: the channel's message id. A second one with the same id is the same message.</param>
/// <param name="Channel">One of <see cref="ChannelNames.All"/>.</param>
/// <param name="Address">Who writes, as the channel knows them: a visitor's key, a mail address, a telephone number.</param>
/// <param name="Content">The text, as written. It is text and nothing else: no template in it is ever evaluated.</param>
/// <param name="ReceivedAt">When the channel received it.</param>
public sealed record Interaction(string Id, string Channel, string Address, string Content, DateTimeOffset ReceivedAt)
{
    /// <summary>Longest accepted text, in characters.</summary>
    public const int MaxContentLength = 100_000;

    /// <summary>0 is normal; over 5 is high.</summary>
    public int Priority { get; init; }

    /// <summary>The format it came in, such as <c>text/plain</c>.</summary>
    public string Format { get; init; } = "text/plain";

    public ImmutableArray<Attachment> Attachments { get; init; } = [];

    /// <summary>What only this channel has, such as a page's address or a subject line.</summary>
    public ImmutableDictionary<string, string> ChannelMetadata { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>Names in <see cref="Interaction.ChannelMetadata"/> that mean the same on every channel.</summary>
public static class ChannelMetadata
{
    /// <summary>Which of our numbers, mailboxes or pages the message came to. Set by the channel: answers go out through it.</summary>
    public const string Account = "account";

    /// <summary>ISO 639-1: what the customer reads, as far as the channel knows.</summary>
    public const string Language = "language";
}

/// <summary>A file that came with a message; its bytes live where <paramref name="Reference"/> says.</summary>
public sealed record Attachment(string Name, string MediaType, long Bytes, string Reference);

/// <summary>The names of the channels.</summary>
public static class ChannelNames
{
    public const string Chat = "chat";
    public const string Email = "email";
    public const string Voice = "voice";
    public const string Sms = "sms";
    public const string Social = "social";

    public static ImmutableArray<string> All { get; } = [Chat, Email, Voice, Sms, Social];

    /// <summary>Whether answers have to be sent; on the other channels the customer's side follows the conversation.</summary>
    public static bool IsSentTo(string channel) => channel is Email or Sms or Social;
}
