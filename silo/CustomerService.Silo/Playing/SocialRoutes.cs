using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Meta;
using CustomerService.Channels.Meta.Pages;
using CustomerService.Channels.Meta.WhatsApp;
using CustomerService.Channels.Twilio;
using CustomerService.Grains.Conversations;

namespace CustomerService.Silo.Playing;

/// <summary>A customer with WhatsApp; Meta's part is played too.</summary>
internal sealed class WhatsAppRoute(WhatsAppSettings account, ProviderDoor door, string from, TimeProvider time) : IMessageRoute
{
    private readonly string _from = PhoneAddress.Normalise(from);

    public async Task<PlayedMessage> SayAsync(string text, CancellationToken cancellation)
    {
        var id = $"wamid.{Guid.NewGuid():n}";
        var number = _from.TrimStart('+');
        var message = new JsonObject
        {
            ["from"] = number,
            ["id"] = id,
            ["timestamp"] = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = text },
        };
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["phone_number_id"] = account.NumberId },
            ["contacts"] = new JsonArray(new JsonObject { ["wa_id"] = number, ["profile"] = new JsonObject { ["name"] = "A customer" } }),
            ["messages"] = new JsonArray(message),
        };
        var changes = new JsonArray(new JsonObject { ["field"] = "messages", ["value"] = value });
        await MetaCall.PostAsync(door, account.Name, account.App, "whatsapp_business_account", new JsonObject { ["id"] = "0", ["changes"] = changes }, cancellation);
        return new PlayedMessage(ConversationIds.Between(ChannelNames.Social, account.Name, _from), id);
    }
}

/// <summary>A customer who writes to a page at Messenger or Instagram; Meta's part is played too.</summary>
internal sealed class PageRoute(PageSettings account, ProviderDoor door, string from, TimeProvider time) : IMessageRoute
{
    public async Task<PlayedMessage> SayAsync(string text, CancellationToken cancellation)
    {
        var id = $"m_{Guid.NewGuid():n}";
        var messaging = new JsonArray(new JsonObject
        {
            ["sender"] = new JsonObject { ["id"] = from },
            ["recipient"] = new JsonObject { ["id"] = account.Id },
            ["timestamp"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
            ["message"] = new JsonObject { ["mid"] = id, ["text"] = text },
        });
        await MetaCall.PostAsync(door, account.Name, account.App, account.Network.Object, new JsonObject { ["id"] = account.Id, ["messaging"] = messaging }, cancellation);
        return new PlayedMessage(ConversationIds.Between(ChannelNames.Social, account.Name, from), id);
    }
}

/// <summary>Calls a webhook as Meta does.</summary>
internal static class MetaCall
{
    public static Task PostAsync(ProviderDoor door, string account, MetaApp app, string what, JsonObject entry, CancellationToken cancellation)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["object"] = what, ["entry"] = new JsonArray(entry) }.ToJsonString());
        var signature = $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(app.AppSecret), body))}";
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return door.PostAsync(door.AddressOf(account), content, "X-Hub-Signature-256", signature, cancellation);
    }
}
