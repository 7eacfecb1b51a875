using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Telegram;
using CustomerService.Grains.Conversations;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Playing;

/// <summary>A customer who writes to a bot at Telegram; Telegram's part is played too.</summary>
internal sealed class TelegramRoute(TelegramSettings account, ProviderDoor door, string from, TimeProvider time) : IMessageRoute
{
    private readonly long _from = long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
        ? id
        : throw new CommandFailedException($"--from {from}: Telegram knows people by a number, such as 1000000001.", SiloCommandLine.WrongUse);

    public async Task<PlayedMessage> SayAsync(string text, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var number = now.ToUnixTimeMilliseconds();
        var message = new JsonObject
        {
            ["message_id"] = number,
            ["from"] = new JsonObject { ["id"] = _from, ["is_bot"] = false, ["first_name"] = "A customer" },
            ["chat"] = new JsonObject { ["id"] = _from, ["type"] = "private" },
            ["date"] = now.ToUnixTimeSeconds(),
            ["text"] = text,
        };
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["update_id"] = number, ["message"] = message }.ToJsonString());
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        await door.PostAsync(door.AddressOf(account.Name), content, "X-Telegram-Bot-Api-Secret-Token", account.Bot.Secret, cancellation);
        var person = _from.ToString(CultureInfo.InvariantCulture);
        return new PlayedMessage(ConversationIds.Between(ChannelNames.Social, account.Name, person), string.Create(CultureInfo.InvariantCulture, $"{person}-{number}"));
    }
}
