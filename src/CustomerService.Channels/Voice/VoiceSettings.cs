using CustomerService.Channels.Accounts;
using CustomerService.Channels.Twilio;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Voice;

/// <summary>A telephone number at Twilio that customers call.</summary>
/// <param name="Number">Ours, in E.164.</param>
public sealed record VoiceSettings(string Name, TwilioCredentials Credentials, string Number, Uri Api, CallPlan Plan) : AccountSettings(Name)
{
    public override string Channel => ChannelNames.Voice;

    public override IChannelAccount Open(AccountParts parts) => new VoiceAccount(this, parts);
}
