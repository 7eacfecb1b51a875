using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Social;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Meta.Pages;

/// <summary>What a genuine call about a page means: messages of customers, and what became of ours, mixed as they come.</summary>
internal sealed class PageEvents(PageSettings settings)
{
    public IEnumerable<ChannelEvent> Read(JsonElement json, DateTimeOffset receivedAt)
    {
        // One app hears of all its pages. What is under "standby" belongs to another app that has the conversation.
        foreach (var item in json.Items("entry").Where(entry => entry.Text("id") == settings.Id).SelectMany(entry => entry.Items("messaging")))
        {
            var from = item.Member("sender").Text("id");
            // What we, or our people in Meta's own inbox, have sent comes back as an echo.
            if (from == settings.Id || from.Length is 0 or > 64 || !from.All(char.IsAsciiDigit) || item.Member("message").IsTrue("is_echo"))
                continue;
            if (Message(item, from, receivedAt) is { } message)
                yield return message;
            foreach (var receipt in Receipts(item, receivedAt))
                yield return new ChannelEvent.Receipt(ConversationOf(from), receipt);
        }
    }

    private ChannelEvent.Message? Message(JsonElement item, string from, DateTimeOffset receivedAt)
    {
        var timestamp = item.Whole("timestamp");
        if (Said(item, timestamp) is not { } said || (said.Text.Length == 0 && said.Media.IsEmpty))
            return null;
        var interaction = new Interaction(said.Id, ChannelNames.Social, from, said.Text, ProviderTime.Of(timestamp, receivedAt));
        return new ChannelEvent.Message(ConversationOf(from), interaction) { Media = said.Media };
    }

    private (string Id, string Text, ImmutableArray<MediaReference> Media)? Said(JsonElement item, long? timestamp)
    {
        if (item.Member("message") is { ValueKind: JsonValueKind.Object } message)
        {
            if (message.Text("mid") is not { Length: > 0 } id || message.IsTrue("is_deleted"))
                return null;
            var (text, media) = PageContent.Of(message, settings.Network.Title);
            return (id, text, media);
        }

        if (item.Member("postback") is { ValueKind: JsonValueKind.Object } pressed)
            return (IdOf(pressed, "postback", timestamp), pressed.Text("title") is { Length: > 0 } title ? title : pressed.Text("payload"), []);
        if (item.Member("reaction") is { ValueKind: JsonValueKind.Object } reaction && reaction.Text("action") == "react")
            return ($"{reaction.Text("mid")}-reaction-{Digits(timestamp)}", reaction.Text("emoji"), []);
        if (item.Member("message_edit") is { ValueKind: JsonValueKind.Object } edit && edit.Text("text") is { Length: > 0 } corrected)
            return ($"{edit.Text("mid")}-edit-{edit.Text("num_edit")}", CustomerWords.Edited(corrected), []);
        return null;
    }

    private static IEnumerable<NoteReceipt> Receipts(JsonElement item, DateTimeOffset receivedAt)
    {
        if (item.Member("delivery") is { ValueKind: JsonValueKind.Object } delivery)
        {
            var named = false;
            foreach (var id in delivery.Texts("mids").Take(100))
            {
                named = true;
                yield return new NoteReceipt(null, id, null, DeliveryStatus.Delivered, null);
            }

            if (!named && delivery.Has("watermark"))
                yield return new NoteReceipt(null, null, ProviderTime.Of(delivery.Whole("watermark"), receivedAt), DeliveryStatus.Delivered, null);
        }

        if (item.Member("read") is { ValueKind: JsonValueKind.Object } read)
        {
            if (read.Text("mid") is { Length: > 0 } id)
                yield return new NoteReceipt(null, id, null, DeliveryStatus.Read, null);
            // The watermark is Meta's time of the last message read, and ours is when the sending was over: the moment of reading is later than both.
            else if (read.Whole("watermark") is { } watermark)
                yield return new NoteReceipt(null, null, ProviderTime.Of(Math.Max(watermark, item.Whole("timestamp") ?? 0), receivedAt), DeliveryStatus.Read, null);
        }
    }

    private string ConversationOf(string from) => ConversationIds.Between(ChannelNames.Social, settings.Name, from);

    private static string IdOf(JsonElement what, string kind, long? timestamp) => what.Text("mid") is { Length: > 0 } id ? id : $"{kind}-{Digits(timestamp)}";

    private static string Digits(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
