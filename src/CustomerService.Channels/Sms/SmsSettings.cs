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
    /// <summary>What fits into ten messages; files can't be sent yet.</summary>
    public static ChannelRules UsualRules { get; } = new() { MaxCharacters = 10 * SmsParts.Longest, MaxAttachments = 0 };

    public override string Channel => ChannelNames.Sms;

    public override IChannelAccount Open(AccountParts parts) => new SmsAccount(this, parts);
}
