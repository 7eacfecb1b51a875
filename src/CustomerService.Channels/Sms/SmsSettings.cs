using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Twilio;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Sms;

/// <summary>A telephone number, or a pool of them, for text messages.</summary>
/// <param name="Number">Ours, in E.164; null: the messaging service chooses.</param>
/// <param name="MessagingServiceSid">A pool of numbers at Twilio; null: there is none.</param>
/// <param name="Api">Where Twilio's REST interface is.</param>
/// <param name="Keywords">What STOP, START and HELP mean and are answered with.</param>
public sealed record SmsSettings(string Name, TwilioCredentials Credentials, string? Number, string? MessagingServiceSid, Uri Api, SmsKeywords Keywords) : AccountSettings(Name)
{
    /// <summary>What Twilio takes of one message's files, together.</summary>
    internal const long MostMediaBytes = 5_000_000;

    /// <summary>What fits into ten messages, and no files: not every number can send them.</summary>
    public static ChannelRules UsualRules { get; } = new()
    {
        MaxCharacters = 10 * SmsParts.Longest,
        MaxAttachments = 0,
        WhyNoFiles = "the account sends no files; where its number can send pictures (MMS), the owner writes 'media: true' in channels.yaml",
    };

    /// <summary>The same with pictures, and what else phones show.</summary>
    public static ChannelRules MediaRules { get; } = UsualRules with
    {
        MaxAttachments = 10,
        WhyNoFiles = null,
        MaxAttachmentBytes = MostMediaBytes,
        MediaTypes = ["image/jpeg", "image/png", "image/gif", "audio/mpeg", "audio/ogg", "video/mp4", "text/vcard", "text/calendar", "application/pdf"],
    };

    public override string Channel => ChannelNames.Sms;

    public override IChannelAccount Open(AccountParts parts) => new SmsAccount(this, parts);
}
