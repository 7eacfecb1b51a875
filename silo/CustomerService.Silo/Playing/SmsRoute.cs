using System.Xml.Linq;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sms;
using CustomerService.Channels.Twilio;
using CustomerService.Grains.Conversations;

namespace CustomerService.Silo.Playing;

/// <summary>A customer with a telephone who writes text messages; Twilio's part is played too.</summary>
/// <param name="show">Shows what the system answers at once, such as to HELP.</param>
internal sealed class SmsRoute(SmsSettings account, ProviderDoor door, string from, Action<string> show) : IMessageRoute
{
    private readonly string _from = PhoneAddress.Normalise(from);

    public async Task<PlayedMessage> SayAsync(string text, CancellationToken cancellation)
    {
        var id = $"SM{Guid.NewGuid():n}";
        var form = new Dictionary<string, string>
        {
            ["MessageSid"] = id,
            ["SmsMessageSid"] = id,
            ["AccountSid"] = account.Credentials.AccountSid,
            ["From"] = _from,
            ["To"] = account.Number ?? "",
            ["Body"] = text,
            ["NumMedia"] = "0",
            ["NumSegments"] = "1",
            ["SmsStatus"] = "received",
            ["ApiVersion"] = "2010-04-01",
        };
        var address = door.AddressOf(account.Name);
        var answer = await door.PostAsync(
            address, new FormUrlEncodedContent(form), TwilioSignature.Header, TwilioSignature.Of(address, form, account.Credentials.AuthToken), cancellation);
        foreach (var message in answer.Length == 0 ? [] : XDocument.Parse(answer).Descendants("Message"))
            show($"system: {message.Value}");
        return new PlayedMessage(ConversationIds.Between(ChannelNames.Sms, account.Name, _from), id);
    }
}
