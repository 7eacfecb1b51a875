using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Neutral;
using CustomerService.Channels.Twilio;
using CustomerService.Grains.Conversations;

namespace CustomerService.Silo.Playing;

/// <summary>A customer whom a program of the owner's brings in by our own webhook; the program is played too.</summary>
internal sealed class NeutralRoute(NeutralSettings account, ProviderDoor door, string from, TimeProvider time) : IMessageRoute
{
    private readonly string _from = account.Channel switch
    {
        ChannelNames.Sms or ChannelNames.Voice => PhoneAddress.Normalise(from),
        ChannelNames.Email => from.Trim().ToLowerInvariant(),
        _ => from.Trim(),
    };

    public async Task<PlayedMessage> SayAsync(string text, CancellationToken cancellation)
    {
        var id = Guid.NewGuid().ToString("n");
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["type"] = "message", ["id"] = id, ["from"] = _from, ["text"] = text }.ToJsonString());
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        await door.PostAsync(door.AddressOf(account.Name), content, NeutralSignature.Header, NeutralSignature.Of(body, account.Secret, time.GetUtcNow()), cancellation);
        return new PlayedMessage(ConversationIds.Between(account.Channel, account.Name, _from), id);
    }
}
