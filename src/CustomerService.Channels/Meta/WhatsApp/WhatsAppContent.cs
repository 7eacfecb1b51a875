using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Channels.Files;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Social;

namespace CustomerService.Channels.Meta.WhatsApp;

/// <summary>What a customer's message says, whatever kind it is, as a text and files.</summary>
internal static class WhatsAppContent
{
    public static (string Text, ImmutableArray<MediaReference> Media) Of(JsonElement message)
    {
        var type = message.Text("type");
        var content = message.Member(type);
        return type switch
        {
            "text" => (content.Text("body"), []),
            "image" or "audio" or "video" or "document" or "sticker" => File(type, content),
            "location" => (CustomerWords.Place(content.Text("name"), content.Text("address"), content.Text("latitude"), content.Text("longitude")), []),
            "contacts" => (string.Join('\n', message.Items("contacts").Select(Person)), []),
            "button" => (content.Text("text"), []),
            "interactive" => (Chosen(content), []),
            // Taken back again it is empty, and no message.
            "reaction" => (content.Text("emoji"), []),
            "order" => (CustomerWords.Order(content.Text("text"), content.Items("product_items").Select(item => (item.Text("product_retailer_id"), item.Text("quantity")))), []),
            // That they changed their number, and the like.
            "system" => ("", []),
            _ => (CustomerWords.Unsupported("WhatsApp", type), []),
        };
    }

    private static (string Text, ImmutableArray<MediaReference> Media) File(string type, JsonElement content)
    {
        var mediaType = content.Text("mime_type") is { Length: > 0 } said ? said : "application/octet-stream";
        var name = content.Text("filename") is { Length: > 0 } given ? given : FileNames.ForType(type, mediaType);
        return content.Text("id") is { Length: > 0 } id
            ? (content.Text("caption"), [new MediaReference(id, name, mediaType)])
            : (CustomerWords.Unsupported("WhatsApp", type), []);
    }

    private static string Chosen(JsonElement content)
    {
        var reply = content.Member(content.Text("type"));
        return reply.Text("title") is { Length: > 0 } title ? title
            : reply.Text("body") is { Length: > 0 } body ? body
            : CustomerWords.Unsupported("WhatsApp", "interactive");
    }

    private static string Person(JsonElement contact) => CustomerWords.Person(
        contact.Member("name").Text("formatted_name"),
        [.. contact.Items("phones").Select(phone => phone.Text("phone")), .. contact.Items("emails").Select(mail => mail.Text("email"))]);
}
