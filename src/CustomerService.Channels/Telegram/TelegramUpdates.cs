using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Social;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Telegram;

/// <summary>What a genuine update means. A bot hears one person in a private chat; groups are left alone.</summary>
internal sealed class TelegramUpdates(TelegramSettings settings)
{
    public WebhookReading Read(JsonElement update, DateTimeOffset receivedAt)
    {
        if (update.Member("message") is { ValueKind: JsonValueKind.Object } message)
            return Said(message, edited: false, receivedAt);
        if (update.Member("edited_message") is { ValueKind: JsonValueKind.Object } edited)
            return Said(edited, edited: true, receivedAt);
        return Membership(update.Member("my_chat_member"));
    }

    private WebhookReading.Genuine Said(JsonElement message, bool edited, DateTimeOffset receivedAt)
    {
        if (PersonOf(message) is not { } person || message.Whole("message_id") is not { } number || message.Member("from").IsTrue("is_bot"))
            return new WebhookReading.Genuine([]);
        var conversation = ConversationOf(person);
        if (!edited && settings.StartText is { } greeting && message.Text("text") is var command && (command == "/start" || command.StartsWith("/start ", StringComparison.Ordinal)))
            return new WebhookReading.Genuine([], Answer(person, greeting));

        var (text, media) = TelegramContent.Of(message);
        if (text.Length == 0 && media.IsEmpty)
            return new WebhookReading.Genuine([]);
        var time = message.Whole(edited ? "edit_date" : "date");
        var id = string.Create(CultureInfo.InvariantCulture, $"{person}-{number}") + (edited ? string.Create(CultureInfo.InvariantCulture, $"-{time}") : "");
        var interaction = new Interaction(id, ChannelNames.Social, person, edited && text.Length > 0 ? CustomerWords.Edited(text) : text, ProviderTime.Of(Milliseconds(time), receivedAt))
        {
            ChannelMetadata = Metadata(message.Member("from")),
        };
        return new WebhookReading.Genuine([new ChannelEvent.Message(conversation, interaction) { Media = media }]);
    }

    /// <summary>Who blocks the bot can't be written to; who starts it again can.</summary>
    private WebhookReading.Genuine Membership(JsonElement change)
    {
        var status = change.Member("new_chat_member").Text("status");
        if (PersonOf(change) is not { } person || status is not ("kicked" or "member"))
            return new WebhookReading.Genuine([]);
        var optOut = status == "kicked" ? new SetOptOut(true, "blocked the bot") : new SetOptOut(false, "unblocked the bot");
        return new WebhookReading.Genuine([new ChannelEvent.OptOut(ConversationOf(person), optOut)]);
    }

    /// <summary>An update may be answered with a call of the Bot API.</summary>
    private static WebhookAnswer Answer(string person, string text) => new(
        "application/json", new JsonObject { ["method"] = "sendMessage", ["chat_id"] = person, ["text"] = text }.ToJsonString());

    private static ImmutableDictionary<string, string> Metadata(JsonElement from)
    {
        var language = from.Text("language_code").Split('-')[0];
        return language.Length == 2 && language.All(char.IsAsciiLetterLower)
            ? ImmutableDictionary<string, string>.Empty.Add(ChannelMetadata.Language, language)
            : ImmutableDictionary<string, string>.Empty;
    }

    private string ConversationOf(string person) => ConversationIds.Between(ChannelNames.Social, settings.Name, person);

    private static string? PersonOf(JsonElement what) =>
        what.Member("chat").Text("type") == "private" && what.Member("chat").Whole("id") is { } id and > 0 ? id.ToString(CultureInfo.InvariantCulture) : null;

    private static long? Milliseconds(long? seconds) => seconds is > 0 and < 100_000_000_000 ? seconds * 1000 : null;
}
