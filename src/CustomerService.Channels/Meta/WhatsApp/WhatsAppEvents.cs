using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Social;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Meta.WhatsApp;

/// <summary>What a genuine call of WhatsApp's means: messages of customers, and what became of ours, mixed as they come.</summary>
internal sealed class WhatsAppEvents(string account, string numberId)
{
    /// <summary>In the metadata: what the customer calls themselves.</summary>
    public const string ProfileName = "profile_name";

    public IEnumerable<ChannelEvent> Read(JsonElement json, DateTimeOffset receivedAt)
    {
        foreach (var value in json.Items("entry").SelectMany(entry => entry.Items("changes")).Where(change => change.Text("field") == "messages").Select(change => change.Member("value")))
        {
            // One app hears of all its numbers.
            if (value.Member("metadata").Text("phone_number_id") != numberId)
                continue;
            foreach (var message in value.Items("messages"))
            {
                if (Message(message, NameOf(message.Text("from"), value), receivedAt) is { } received)
                    yield return received;
            }

            foreach (var status in value.Items("statuses"))
            {
                if (Receipt(status) is { } receipt)
                    yield return receipt;
            }
        }
    }

    private ChannelEvent.Message? Message(JsonElement message, string name, DateTimeOffset receivedAt)
    {
        var (id, from) = (message.Text("id"), message.Text("from"));
        if (id.Length == 0 || AddressOf(from) is not { } address)
            return null;
        var (text, media) = WhatsAppContent.Of(message);
        if (text.Length == 0 && media.IsEmpty)
            return null;
        var metadata = ImmutableDictionary<string, string>.Empty;
        if (name.Length > 0)
            metadata = metadata.Add(ProfileName, name);
        var at = ProviderTime.Of(message.Whole("timestamp") is { } seconds and > 0 and < 100_000_000_000 ? seconds * 1000 : null, receivedAt);
        var interaction = new Interaction(id, ChannelNames.Social, address, text, at) { ChannelMetadata = metadata };
        return new ChannelEvent.Message(ConversationOf(address), interaction) { Media = media };
    }

    private ChannelEvent.Receipt? Receipt(JsonElement report)
    {
        DeliveryStatus? said = report.Text("status") switch
        {
            "sent" => DeliveryStatus.Sent,
            "delivered" => DeliveryStatus.Delivered,
            "read" or "played" => DeliveryStatus.Read,
            "failed" => DeliveryStatus.Failed,
            // What is yet to be invented.
            _ => null,
        };
        var id = report.Text("id");
        if (said is not { } status || id.Length == 0)
            return null;
        var reason = status == DeliveryStatus.Failed ? ReasonOf(report) : null;
        if (WhatsAppReceiptKey.Parse(report.Text("biz_opaque_callback_data")) is { } key)
        {
            // A message has failed with any of its parts, and has arrived with its last one.
            return key.IsLast || status == DeliveryStatus.Failed
                ? new ChannelEvent.Receipt(key.ConversationId, new NoteReceipt(key.MessageId, id, null, status, reason))
                : null;
        }

        return AddressOf(report.Text("recipient_id")) is { } address
            ? new ChannelEvent.Receipt(ConversationOf(address), new NoteReceipt(null, id, null, status, reason))
            : null;
    }

    private static string ReasonOf(JsonElement report)
    {
        var error = report.Items("errors").FirstOrDefault();
        return GraphErrors.Explain(error.Whole("code"), GraphErrors.Detail(error) is { Length: > 0 } detail ? detail : "WhatsApp reports that it could not be brought");
    }

    private string ConversationOf(string address) => ConversationIds.Between(ChannelNames.Social, account, address);

    private static string NameOf(string from, JsonElement value)
    {
        var name = value.Items("contacts").FirstOrDefault(contact => contact.Text("wa_id") == from).Member("profile").Text("name").Trim();
        return name.Length <= 200 ? name : name[..200];
    }

    /// <summary>WhatsApp's id of a person is their number without a plus.</summary>
    private static string? AddressOf(string id) => id.Length is > 4 and <= 20 && id.All(char.IsAsciiDigit) ? $"+{id}" : null;
}
